namespace Moderato.Mood;

/// <summary>One thing that a text is about.</summary>
/// <param name="Id">A hash of its name.</param>
/// <param name="Name">A concept's name in the lexicon, else a word in its basic form.</param>
/// <param name="IsConcept">Whether it is a concept.</param>
public readonly record struct Term(uint Id, string Name, bool IsConcept);

/// <summary>What a text is about: concepts of a small lexicon in Italian and English, and words in their basic form.</summary>
public static class Topics
{
    /// <summary>More terms say nothing more about one comment.</summary>
    public const int MostTerms = 12;

    /// <summary>The terms of a text, each once, concepts first.</summary>
    public static IReadOnlyList<Term> Of(string text) => throw new NotSupportedException(text);

    /// <summary>
    /// A cause's terms as words again, found in the texts of people who spoke of it: concepts, and words that at least two of the texts have,
    /// in the form in which they are written most often.
    /// </summary>
    public static (IReadOnlyList<string> Concepts, IReadOnlyList<string> Words) Describe(IReadOnlyList<uint> terms, IReadOnlyList<string> texts) =>
        throw new NotSupportedException($"{terms.Count} {texts.Count}");

    /// <summary>A concept's name as people read it: <c>delivery</c> is "consegne e spedizioni".</summary>
    /// <param name="concept">Its name in the lexicon.</param>
    /// <param name="language"><c>it</c> or <c>en</c>.</param>
    public static string LabelOf(string concept, string language) => throw new NotSupportedException($"{concept} {language}");
}
