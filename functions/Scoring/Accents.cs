using System.Globalization;
using System.Text;

namespace Moderato.Scoring;

/// <summary>Accents as people type them, and words without them.</summary>
public static class Accents
{
    /// <summary>
    /// Makes "perché", "perchè", "perche'" and "perche" one word: in place, a final accented vowel loses its accent. In a word of one
    /// or two letters the accent is the meaning (è and e, sì and si), so there it stays, grave, and an apostrophe becomes one.
    /// </summary>
    /// <param name="word">Lower case.</param>
    /// <param name="apostrophe">Whether an apostrophe stands after the word for an accent.</param>
    public static void FoldLast(Span<char> word, bool apostrophe)
    {
        if (word.IsEmpty) return;
        ref var last = ref word[^1];
        if (last < '\u0080' && !apostrophe) return;
        var plain = last switch
        {
            'à' or 'á' => 'a',
            'è' or 'é' => 'e',
            'ì' or 'í' => 'i',
            'ò' or 'ó' => 'o',
            'ù' or 'ú' => 'u',
            _ => last,
        };
        if (word.Length > 2) last = plain;
        else if (apostrophe || plain != last) last = Grave(plain);
    }

    /// <summary>The letter without its accent.</summary>
    public static char Strip(char c)
    {
        if (c < '\u00c0' || char.IsSurrogate(c)) return c;
        ReadOnlySpan<char> one = [c];
        Span<char> parts = stackalloc char[8];
        return one.TryNormalize(parts, out var written, NormalizationForm.FormD) && written > 1
            && CharUnicodeInfo.GetUnicodeCategory(parts[1]) == UnicodeCategory.NonSpacingMark ? parts[0] : c;
    }

    private static char Grave(char vowel) => vowel switch
    {
        'a' => 'à',
        'e' => 'è',
        'i' => 'ì',
        'o' => 'ò',
        'u' => 'ù',
        _ => vowel,
    };
}
