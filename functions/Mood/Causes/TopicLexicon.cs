using System.Collections.Frozen;
using Moderato.Scoring;

namespace Moderato.Mood;

/// <summary>
/// The words that topics are made of, as <c>topics.txt</c> has them: concepts with their patterns in Italian and English, words that are one in
/// both languages, words that say nothing about the matter, and rude words. Read once, never changed.
/// </summary>
internal sealed class TopicLexicon
{
    /// <summary>How many words may stand between two parts of a pattern: "nessuno mi ha mai risposto".</summary>
    private const int WidestGap = 3;

    /// <summary>A shorter stem would stand for anything.</summary>
    private const int ShortestStem = 3;

    private readonly FrozenDictionary<string, Pattern[]>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly FrozenDictionary<string, Pattern[]>.AlternateLookup<ReadOnlySpan<char>> _stems;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _silentWords;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _silentStems;
    private readonly Dictionary<string, Label> _labels = [];

    private TopicLexicon(TextReader lines, RudeWords rude)
    {
        Rude = rude;
        var patterns = new List<Pattern>();
        var silent = new List<string>();
        Read(lines, patterns, silent);
        _words = ByFirst(patterns.Where(p => !p.Parts[0].IsStem));
        _stems = ByFirst(patterns.Where(p => p.Parts[0].IsStem));
        _silentWords = silent.Where(s => !s.EndsWith('*')).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _silentStems = silent.Where(s => s.EndsWith('*')).Select(s => s[..^1]).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Concepts = _labels.Values.Select(l => l.Concept).ToFrozenDictionary(c => c.Id);
    }

    public static TopicLexicon BuiltIn { get; } = Load();

    /// <summary>By their ids.</summary>
    public FrozenDictionary<uint, Term> Concepts { get; }

    public RudeWords Rude { get; }

    /// <exception cref="ArgumentException">There is no such concept, or no such language.</exception>
    public string LabelOf(string concept, string language)
    {
        if (!_labels.TryGetValue(concept, out var label))
            throw new ArgumentException($"There is no concept '{concept}'.", nameof(concept));
        return language switch
        {
            "it" => label.Italian,
            "en" => label.English,
            _ => throw new ArgumentException($"Concepts have names in it and en, not in '{language}'.", nameof(language)),
        };
    }

    /// <summary>Whether a word says nothing about what a text is about.</summary>
    public bool IsSilent(ReadOnlySpan<char> word)
    {
        if (_silentWords.Contains(word))
            return true;
        for (var length = ShortestStem; length <= word.Length; length++)
        {
            if (_silentStems.Contains(word[..length]))
                return true;
        }
        return false;
    }

    /// <summary>Adds what begins with a word.</summary>
    /// <param name="words">The text's words.</param>
    /// <param name="at">Which one.</param>
    /// <param name="found">Receives terms and the words that they are made of.</param>
    public void Match(WordsOfText words, int at, List<Found> found)
    {
        var word = words[at];
        if (_words.TryGetValue(word, out var whole))
            Match(whole, words, at, found);
        for (var length = ShortestStem; length <= word.Length; length++)
        {
            if (_stems.TryGetValue(word[..length], out var begun))
                Match(begun, words, at, found);
        }
    }

    private static void Match(Pattern[] patterns, WordsOfText words, int at, List<Found> found)
    {
        foreach (var pattern in patterns)
        {
            var last = at;
            for (var part = 1; part < pattern.Parts.Length && last >= 0; part++)
                last = Next(words, last, pattern.Parts[part]);
            if (last >= 0)
                found.Add(new Found(pattern.Term, at, last));
        }
    }

    private static int Next(WordsOfText words, int after, Part part)
    {
        for (var at = after + 1; at <= after + 1 + WidestGap && at < words.Count; at++)
        {
            if (part.IsStem ? words[at].StartsWith(part.Text, StringComparison.Ordinal) : words[at].SequenceEqual(part.Text))
                return at;
        }
        return -1;
    }

    private void Read(TextReader lines, List<Pattern> patterns, List<string> silent)
    {
        Term? term = null;
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith("concept ", StringComparison.Ordinal))
            {
                var parts = line["concept ".Length..].Split('|', StringSplitOptions.TrimEntries);
                var concept = Topics.ConceptOf(parts[0]);
                _labels.Add(concept.Name, new Label(concept, parts[1], parts[2]));
                term = concept;
            }
            else if (words is ["word", var name])
                term = Topics.WordOf(name);
            else if (words is ["stop"] or ["mood"])
                term = null;
            else if (term is { } known)
                patterns.AddRange(words.Select(w => new Pattern(known, [.. w.Split('_').Select(p => new Part(p.TrimEnd('*'), p.EndsWith('*')))])));
            else
                silent.AddRange(words);
        }
    }

    private static FrozenDictionary<string, Pattern[]>.AlternateLookup<ReadOnlySpan<char>> ByFirst(IEnumerable<Pattern> patterns) =>
        patterns.GroupBy(p => p.Parts[0].Text, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static TopicLexicon Load()
    {
        using var topics = Open("Moderato.Mood.topics.txt");
        using var rude = Open("Moderato.Mood.rude-words.txt");
        return new TopicLexicon(topics, new RudeWords(rude.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l[0] != '#')));
    }

    private static StreamReader Open(string name) =>
        new(typeof(TopicLexicon).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly was built without {name}."));

    private readonly record struct Part(string Text, bool IsStem);

    private sealed record Pattern(Term Term, Part[] Parts);

    private sealed record Label(Term Concept, string Italian, string English);
}

/// <summary>A term and the words of a text that it was found in.</summary>
/// <param name="Term">The term.</param>
/// <param name="First">The first word.</param>
/// <param name="Last">The last one.</param>
internal readonly record struct Found(Term Term, int First, int Last);
