using System.Runtime.InteropServices;

namespace Moderato.Scoring;

/// <param name="Italian">Valence in Italian, -5 to 5.</param>
/// <param name="English">Valence in English.</param>
/// <param name="Negated">Whether it stands in the reach of a negation.</param>
/// <param name="Intensified">Whether an intensifier stands before it.</param>
/// <param name="IsEmoji">Whether it is an emoji, which has no language.</param>
/// <param name="Start">Its place in the normalised text.</param>
/// <param name="End">Where that ends.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MoodWord(sbyte Italian, sbyte English, bool Negated, bool Intensified, bool IsEmoji, int Start, int End);

/// <summary>
/// Adds up the moods of a text's words once its language is known: "male" is bad in Italian and a man in English. A negated word
/// has part of the opposite mood ("non male" is not "bene"), an intensified one more of its own.
/// </summary>
/// <param name="words">Room for <see cref="Most"/> of them; a text with more has said enough.</param>
internal ref struct Moods(Span<MoodWord> words)
{
    public const int Most = 96;

    private const float Negation = -0.6f;
    private const float Intensity = 1.4f;
    private const float FullSum = 8;
    private const float FullLead = 5;

    private readonly Span<MoodWord> _words = words;
    private int _count;
    private int _afterContrast;

    public void Add(in MoodWord word)
    {
        if (_count < Most) _words[_count++] = word;
    }

    /// <summary>A "but": what was said so far matters less.</summary>
    public void Contrast() => _afterContrast = _count;

    /// <param name="languageVote">Italian words less English words.</param>
    /// <param name="seed">Of the features that stand for a word's valence.</param>
    /// <param name="sink">Takes them.</param>
    public readonly void Finish<TSink>(int languageVote, uint seed, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var (good, bad, goodAfter, badAfter, last) = (0f, 0f, 0f, 0f, 0f);
        var (goodEmoji, badEmoji) = (false, false);
        for (var i = 0; i < _count; i++)
        {
            ref readonly var word = ref _words[i];
            var valence = ValenceOf(word, languageVote);
            if (valence == 0) continue;

            var kind = (uint)(valence + 8) | (word.Negated ? 32u : 0) | (word.Intensified ? 64u : 0) | (word.IsEmoji ? 128u : 0);
            sink.Add(FeatureGroup.Words, Fnv1a.Join(seed, kind), word.Start, word.End);
            var felt = valence * (word.Negated ? Negation : 1) * (word.Intensified ? Intensity : 1);
            sink.Contribute(felt > 0 ? Signal.GoodMood : Signal.BadMood, word.Start, word.End);
            if (felt > 0) good += felt;
            else bad -= felt;
            if (_afterContrast > 0 && i >= _afterContrast)
            {
                if (felt > 0) goodAfter += felt;
                else badAfter -= felt;
            }

            last = felt;
            if (word.IsEmoji && felt > 0) goodEmoji = true;
            if (word.IsEmoji && felt < 0) badEmoji = true;
        }

        Set(Signal.NoMood, good == 0 && bad == 0 ? 1 : 0, ref sink);
        Set(Signal.GoodMood, good / FullSum, ref sink);
        Set(Signal.BadMood, bad / FullSum, ref sink);
        Set(Signal.OnlyGood, good > 0 && bad == 0 ? 1 : 0, ref sink);
        Set(Signal.OnlyBad, bad > 0 && good == 0 ? 1 : 0, ref sink);
        Set(Signal.GoodAndBad, good > 0 && bad > 0 ? 1 : 0, ref sink);
        Set(Signal.GoodPrevails, (good - bad) / FullLead, ref sink);
        Set(Signal.BadPrevails, (bad - good) / FullLead, ref sink);
        Set(Signal.EndsWell, last > 0 ? 1 : 0, ref sink);
        Set(Signal.EndsBadly, last < 0 ? 1 : 0, ref sink);
        Set(Signal.GoodAfterContrast, goodAfter / FullLead, ref sink);
        Set(Signal.BadAfterContrast, badAfter / FullLead, ref sink);
        Set(Signal.GoodEmoji, goodEmoji ? 1 : 0, ref sink);
        Set(Signal.BadEmoji, badEmoji ? 1 : 0, ref sink);
    }

    private static int ValenceOf(in MoodWord word, int languageVote)
    {
        if (languageVote > 0) return word.Italian;
        if (languageVote < 0) return word.English;
        // Nothing tells the language: a valence that only one of them has counts, and of two the weaker if they agree.
        if (word.Italian == 0) return word.English;
        if (word.English == 0) return word.Italian;
        if (Math.Sign(word.Italian) != Math.Sign(word.English)) return 0;
        return Math.Abs(word.Italian) < Math.Abs(word.English) ? word.Italian : word.English;
    }

    private static void Set<TSink>(Signal signal, float value, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (value > 0) sink.Add(signal, Math.Min(1, value));
    }
}
