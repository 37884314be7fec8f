namespace Moderato.Policy;

/// <summary>A word in its other forms. No dictionary: endings tell, and nobody says which language an entry is in.</summary>
internal static class Inflection
{
    /// <returns>The word first, each form once, folded.</returns>
    public static IReadOnlyCollection<string> FormsOf(EntryWord word)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal) { word.Form };
        if (word.EndsInAccent || word.Kind != PieceKind.Word || !word.Form.All(char.IsAsciiLetterLower)) return forms;
        ItalianForms.Add(word.Form, forms);
        EnglishForms.Add(word.Form, forms);
        return forms;
    }
}
