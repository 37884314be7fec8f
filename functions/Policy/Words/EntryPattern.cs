using Moderato.Scoring;

namespace Moderato.Policy;

/// <param name="Kind">What it is.</param>
/// <param name="Form">As texts are compared with it.</param>
/// <param name="EndsInAccent">Italian words that never change: città, virtù.</param>
/// <param name="IsStem">Whether any ending may follow.</param>
internal readonly record struct EntryWord(PieceKind Kind, string Form, bool EndsInAccent = false, bool IsStem = false);

/// <summary>An entry as it is looked for.</summary>
/// <param name="Words">One after the other.</param>
/// <param name="Joined">Hyphened words as they are also written: ecommerce for e-commerce.</param>
internal sealed record EntryPattern(IReadOnlyList<EntryWord> Words, string? Joined)
{
    /// <summary>Hyphens and apostrophes make more parts than people count words.</summary>
    public const int MostParts = 16;

    public static EntryPattern Of(string entry)
    {
        using var normalized = NormalizedText.Of(entry);
        var text = normalized.Chars.Trim();
        var words = new List<EntryWord>();
        var pieces = new Pieces(text);
        while (pieces.Next(out var piece))
        {
            var form = Folding.FormOf(piece.Kind, text[piece.Start..piece.End]);
            if (piece.Kind == PieceKind.Word) words.Add(WordOf(form, text[piece.Start..piece.End], text[piece.End..]));
            else words.Add(new EntryWord(piece.Kind, form));
        }

        var isHyphened = words.Count > 1 && text.Count('-') == words.Count - 1 && text.Length == words.Count - 1 + words.Sum(word => word.Form.Length);
        return new EntryPattern(words, isHyphened ? string.Concat(words.Select(word => word.Form)) : null);
    }

    private static EntryWord WordOf(string form, ReadOnlySpan<char> written, ReadOnlySpan<char> rest)
    {
        var isAccented = form[^1] is 'a' or 'e' or 'i' or 'o' or 'u' && (written[^1] > '\u007f' || rest is "'");
        return new EntryWord(PieceKind.Word, form, isAccented, IsStem: rest is "*");
    }
}
