using System.Buffers;
using System.Runtime.InteropServices;

namespace Moderato.Scoring;

/// <summary>What was counted on the way.</summary>
/// <param name="Words">Words and numbers.</param>
/// <param name="Letters">Letters of its words.</param>
/// <param name="Mentions">@names.</param>
/// <param name="Emoji">Emoji, without emoticons made of signs.</param>
/// <param name="Capitals">Share of capitals among the letters, 0 below <see cref="FeatureExtractor.FewestLettersForCapitals"/> letters.</param>
/// <param name="RudeWords">Words of the rude list, disguised ones included.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Counts(int Words, int Letters, int Mentions, int Emoji, double Capitals, int RudeWords);

/// <summary>
/// Normalised text to features, for all heads at once and the same in training and in scoring: words, pairs of them,
/// character n-grams inside words, words of the lexicon by their mood, and amounts. A word that is repeated counts once: who writes it
/// a thousand times says it once. Any change here is a new <see cref="ModelFile.FormatVersion"/>.
/// </summary>
public static class FeatureExtractor
{
    /// <summary>With fewer letters, capitals say nothing: "OK" is no shouting.</summary>
    public const int FewestLettersForCapitals = 8;

    private const uint WordSeed = 0x2b1c_0001;
    private const uint PairSeed = 0x2b1c_0002;
    private const uint CharacterSeed = 0x2b1c_0003;
    private const uint LexiconSeed = 0x2b1c_0004;
    private const uint NegatedSeed = 0x2b1c_0005;
    private const uint HostSeed = 0x2b1c_0007;

    /// <summary>How many words after a negation are in its reach, unless a clause ends or a "but" comes first.</summary>
    private const int NegationReach = 4;

    private const int FewestDigitsOfLongNumber = 7;

    public static Counts Extract<TSink>(ReadOnlySpan<char> text, Vocabulary vocabulary, FeatureParameters parameters, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        Span<char> scratch = stackalloc char[Tokenizer.LongestWord + 2];
        var tokens = new Tokenizer(text, scratch[1..], vocabulary.Rude);
        Span<MoodWord> moods = stackalloc MoodWord[Moods.Most];
        var state = new Moods(moods);
        var seen = new SeenWords(text.Length);
        var amounts = new Amounts();
        var (previous, previousStart) = (0u, 0);
        var (reach, intensified, emoji, mentions, words) = (0, false, 0, 0, 0);
        while (tokens.Next(out var token))
        {
            if (token.Kind == TokenKind.Pause)
            {
                (reach, previous) = (0, 0);
                continue;
            }

            uint hash;
            var negated = false;
            if (token.Kind is TokenKind.Word or TokenKind.Emoji)
            {
                hash = Lexicon.HashOf(token.Form);
                ref readonly var entry = ref vocabulary.Lexicon.Find(hash);
                var classes = entry.Classes;
                if (classes.Have(WordClasses.Contrast))
                {
                    reach = 0;
                    state.Contrast();
                }

                var starts = classes.Have(WordClasses.Negation) || token.Form.EndsWith("n't");
                // Grammar does not reach an emoji: "nessuno risponde 😡" is angry.
                negated = reach > 0 && !starts && token.Kind == TokenKind.Word;
                if (entry.Hash != 0)
                {
                    if (entry.Italian != 0 || entry.English != 0)
                        state.Add(new MoodWord(entry.Italian, entry.English, negated, intensified, token.Kind == TokenKind.Emoji, token.Start, token.End));
                    amounts.Count(classes, words, token.Start, token.End, ref sink);
                }

                intensified = classes.Have(WordClasses.Intensifier);
                if (starts)
                {
                    reach = NegationReach + 1;
                    amounts.Negations++;
                }

                if (token.Obscured) amounts.Note(Signal.Obscured, token.Start, token.End, ref sink);
                if (token.Elongated) amounts.Note(Signal.Elongated, token.Start, token.End, ref sink);
                if (token.Kind == TokenKind.Word) words++;
                else if (text[token.End - 1] > '\u007f') emoji++;
            }
            else
            {
                hash = Placeholder(token, ref amounts, ref sink);
                if (token.Kind == TokenKind.Mention) mentions++;
                if (token.Kind == TokenKind.Number) words++;
                if (token.Kind == TokenKind.Mark) reach = 0;
                intensified = false;
            }

            reach--;
            if (seen.Add(hash))
            {
                sink.Add(FeatureGroup.Words, Fnv1a.Join(WordSeed, hash), token.Start, token.End);
                if (token.Kind == TokenKind.Word) AddCharacters(scratch, token, parameters, ref sink);
            }

            if (negated && seen.Add(Fnv1a.Join(NegatedSeed, hash))) sink.Add(FeatureGroup.Words, Fnv1a.Join(NegatedSeed, hash), token.Start, token.End);
            if (previous != 0)
            {
                var pair = Fnv1a.Join(Fnv1a.Join(PairSeed, previous), hash);
                if (seen.Add(pair)) sink.Add(FeatureGroup.Words, pair, previousStart, token.End);
            }

            (previous, previousStart) = token.Kind == TokenKind.Mark ? (0u, 0) : (hash, token.Start);
        }

        seen.Dispose();
        state.Finish(amounts.LanguageVote, LexiconSeed, ref sink);
        var capitals = tokens.Letters < FewestLettersForCapitals ? 0 : (double)tokens.Capitals / tokens.Letters;
        amounts.Finish(words, mentions, capitals, tokens, ref sink);
        return new Counts(words, tokens.Letters, mentions, emoji, capitals, amounts.Rude);
    }

    private static uint Placeholder<TSink>(in Token token, ref Amounts amounts, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        switch (token.Kind)
        {
            case TokenKind.Link:
                amounts.Links++;
                sink.Contribute(Signal.Links, token.Start, token.End);
                sink.Link(token.Form);
                Span<char> host = stackalloc char[Tokenizer.LongestWord];
                host = host[..Math.Min(host.Length, token.Form.Length)];
                token.Form[..host.Length].ToLowerInvariant(host);
                sink.Add(FeatureGroup.Words, Fnv1a.Join(HostSeed, Fnv1a.Add(Fnv1a.OffsetBasis, host)), token.Start, token.End);
                return LinkHash;
            case TokenKind.Number:
                amounts.Numbers++;
                if (token.End - token.Start >= FewestDigitsOfLongNumber) amounts.LongNumbers++;
                return NumberHash;
            case TokenKind.Mark:
                amounts.Mark(token.Form);
                break;
            case TokenKind.Sign:
                amounts.Sign(token.Form[0]);
                break;
        }

        return Lexicon.HashOf(token.Form);
    }

    private static readonly uint LinkHash = Lexicon.HashOf("<link>");
    private static readonly uint NumberHash = Lexicon.HashOf("<number>");

    private static void AddCharacters<TSink>(Span<char> scratch, in Token token, FeatureParameters parameters, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        // The form lies in the scratch from its second place on, so its ends can be marked without copying it.
        var length = token.Form.Length;
        scratch[0] = '<';
        scratch[length + 1] = '>';
        var bounded = scratch[..(length + 2)];
        for (var from = 0; from < bounded.Length; from++)
        {
            var hash = CharacterSeed;
            var most = Math.Min(bounded.Length, from + parameters.LongestNgram);
            for (var to = from; to < most; to++)
            {
                hash = Fnv1a.Add(hash, bounded[to]);
                if (to - from + 1 >= parameters.ShortestNgram) sink.Add(FeatureGroup.Characters, hash, token.Start, token.End);
            }
        }
    }

    /// <summary>Hashes that were there before, in a pooled table that never fills.</summary>
    private ref struct SeenWords
    {
        private readonly uint[] _pooled;
        private readonly Span<uint> _slots;
        private readonly int _bits;

        public SeenWords(int textLength)
        {
            // A token has at least one character and brings at most four hashes; most have five and bring three.
            _bits = 8;
            while (1 << _bits < textLength * 4) _bits++;
            _pooled = ArrayPool<uint>.Shared.Rent(1 << _bits);
            _slots = _pooled.AsSpan(0, 1 << _bits);
            _slots.Clear();
        }

        public readonly bool Add(uint hash)
        {
            hash = Math.Max(1, hash);
            var slot = Fnv1a.Fold(hash, _bits);
            while (_slots[slot] != 0)
            {
                if (_slots[slot] == hash) return false;
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = hash;
            return true;
        }

        public readonly void Dispose() => ArrayPool<uint>.Shared.Return(_pooled);
    }
}
