using System.Globalization;
using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>Letters as word lists compare them: small, without accents, each character in its place.</summary>
internal static class Folding
{
    /// <summary>Latin, Greek and Cyrillic, worked out once: asking for every accent takes longer than all the rest.</summary>
    private static readonly char[] Table = [.. Enumerable.Range(0, 0x530).Select(c => char.ToLowerInvariant(Accents.Strip((char)c)))];

    public static char Of(char c) => c < Table.Length ? Table[c]
        : c is >= '\u1e00' and < '\u2000' ? char.ToLowerInvariant(Accents.Strip(c))
        : char.ToLowerInvariant(c);

    public static void Of(ReadOnlySpan<char> text, Span<char> folded)
    {
        for (var i = 0; i < text.Length; i++) folded[i] = Of(text[i]);
    }

    /// <summary>A piece of an entry as texts are compared with it.</summary>
    public static string FormOf(PieceKind kind, ReadOnlySpan<char> written)
    {
        Span<char> form = new char[written.Length];
        if (kind == PieceKind.Emoji) return new string(form[..OfEmoji(written, form)]);
        Of(written, form);
        return new string(form);
    }

    /// <summary>The emoji in any skin tone and presentation.</summary>
    /// <param name="written">The whole sequence.</param>
    /// <param name="form">As long as <paramref name="written"/>, or shorter: then the sequence is cut.</param>
    /// <returns>Length of the form.</returns>
    public static int OfEmoji(ReadOnlySpan<char> written, Span<char> form)
    {
        var length = 0;
        for (var i = 0; i < written.Length && length < form.Length; i++)
        {
            var isTone = written[i] == '\ud83c' && i + 1 < written.Length && written[i + 1] is >= '\udffb' and <= '\udfff';
            if (isTone && length > 0) i++;
            else if (written[i] != '\ufe0f') form[length++] = written[i];
        }

        return length;
    }

    /// <summary>Letters, digits and marks on letters.</summary>
    public static bool IsWordPart(char c) =>
        c < '\u0080' ? char.IsAsciiLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || (c is not (>= '\ufe00' and <= '\ufe0f') and not '\u20e3'
            && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    /// <summary>Scripts that put no spaces between words (Thai to Khmer, kana, Han): there a word is found wherever it stands.</summary>
    public static bool IsUnspaced(char c) =>
        c is >= '\u0e00' and <= '\u0eff' or >= '\u1000' and <= '\u109f' or >= '\u1780' and <= '\u17ff' or >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff';
}
