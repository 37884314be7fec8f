using System.Runtime.InteropServices;
using Moderato.Scoring;

namespace Moderato.Mood;

/// <summary>One thing that a text is about.</summary>
/// <param name="Id">A hash of its name.</param>
/// <param name="Name">A concept's name in the lexicon, else a word in its basic form.</param>
/// <param name="IsConcept">Whether it is a concept.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Term(uint Id, string Name, bool IsConcept);

/// <summary>What a text is about: concepts of a small lexicon in Italian and English, and words in their basic form.</summary>
public static class Topics
{
    /// <summary>More terms say nothing more about one comment.</summary>
    public const int MostTerms = 12;

    /// <summary>A cause is told in no more concepts, and no more words.</summary>
    private const int MostTold = 3;

    private const int ShortestWord = 3;

    /// <summary>The terms of a text, each once, concepts first.</summary>
    public static IReadOnlyList<Term> Of(string text)
    {
        var lexicon = TopicLexicon.BuiltIn;
        var found = Find(WordsOfText.Of(text, lexicon.Rude), lexicon);
        // The longer a word the rarer, and the more it tells.
        return
        [
            .. found.Select(f => f.Term).DistinctBy(t => t.Id)
                .OrderByDescending(t => t.IsConcept).ThenByDescending(t => t.IsConcept ? 0 : t.Name.Length).ThenBy(t => t.Name, StringComparer.Ordinal)
                .Take(MostTerms),
        ];
    }

    /// <summary>
    /// A cause's terms as words again, found in the texts of people who spoke of it: concepts, and words that at least two of the texts have,
    /// in the form in which they are written most often. Best first, at most three of each.
    /// </summary>
    public static (IReadOnlyList<string> Concepts, IReadOnlyList<string> Words) Describe(IReadOnlyList<uint> terms, IReadOnlyList<string> texts)
    {
        var lexicon = TopicLexicon.BuiltIn;
        var written = new Dictionary<uint, List<(int Text, string Form)>>();
        for (var text = 0; text < texts.Count; text++)
        {
            var words = WordsOfText.Of(texts[text], lexicon.Rude, asWritten: true);
            foreach (var found in Find(words, lexicon).Where(f => !f.Term.IsConcept && terms.Contains(f.Term.Id)))
            {
                if (!written.TryGetValue(found.Term.Id, out var forms))
                    written.Add(found.Term.Id, forms = []);
                forms.Add((text, words.Written(found.First)));
            }
        }

        var told = written.Values.Select(forms => (Texts: forms.Select(f => f.Text).Distinct().Count(), Form: MostFrequent(forms.Select(f => f.Form))))
            .Where(w => w.Texts >= 2)
            .OrderByDescending(w => w.Texts).ThenByDescending(w => w.Form.Length).ThenBy(w => w.Form, StringComparer.Ordinal);
        return (
            [.. terms.Where(lexicon.Concepts.ContainsKey).Distinct().Take(MostTold).Select(t => lexicon.Concepts[t].Name)],
            [.. told.Select(w => w.Form).Distinct(StringComparer.Ordinal).Take(MostTold)]);
    }

    /// <summary>A concept's name as people read it: <c>delivery</c> is "consegne e spedizioni".</summary>
    /// <param name="concept">Its name in the lexicon.</param>
    /// <param name="language"><c>it</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">There is no such concept, or no such language.</exception>
    public static string LabelOf(string concept, string language) => TopicLexicon.BuiltIn.LabelOf(concept, language);

    /// <summary>No word has a number sign, so a concept is never taken for a word.</summary>
    internal static Term ConceptOf(string name) => new(Fnv1a.Add(Fnv1a.Add(Fnv1a.OffsetBasis, '#'), name), name, IsConcept: true);

    internal static Term WordOf(string stem) => new(Fnv1a.Add(Fnv1a.OffsetBasis, stem), stem, IsConcept: false);

    internal static bool IsConcept(uint id) => TopicLexicon.BuiltIn.Concepts.ContainsKey(id);

    private static List<Found> Find(WordsOfText words, TopicLexicon lexicon)
    {
        var found = new List<Found>();
        for (var at = 0; at < words.Count; at++)
            lexicon.Match(words, at, found);

        // What a concept was made of is no word beside it.
        Span<bool> taken = stackalloc bool[words.Count];
        foreach (var f in found)
            (taken[f.First], taken[f.Last]) = (true, true);
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (!taken[at] && word.Length >= ShortestWord && !word.ContainsAnyExceptInRange('a', '\uffff') && !lexicon.IsSilent(word))
                found.Add(new Found(WordOf(Stem.Of(word).ToString()), at, at));
        }
        return found;
    }

    private static string MostFrequent(IEnumerable<string> forms) =>
        forms.GroupBy(f => f, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
}
