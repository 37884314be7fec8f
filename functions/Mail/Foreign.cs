using System.Globalization;
using System.Text;

namespace Moderato.Mail;

/// <summary>Text from outside within a letter's own words.</summary>
public static class Foreign
{
    /// <summary>Unicode's marks around text whose direction is its own: what is Hebrew or Arabic does not turn the words beside it around.</summary>
    internal const char Begin = '\u2068';

    /// <inheritdoc cref="Begin"/>
    internal const char End = '\u2069';

    /// <param name="text">The text.</param>
    /// <param name="longest">The most UTF-16 code units of it that are shown.</param>
    public static string Of(string text, int longest = 60) => $"{Begin}{Cut(OneLine(text), longest)}{End}";

    /// <summary>Nobody's words may look like a line of the letter's own, or turn its direction: line ends, control characters and marks of direction become spaces.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var blank = char.IsControl(c) || char.IsWhiteSpace(c) || c is '\u200e' or '\u200f' or '\u061c' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
            if (!blank)
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>The beginning of a text, at a word's end where one is near, never within a character.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next < longest)
            end = next;
        var space = text.LastIndexOf(' ', Math.Max(0, end - 1));
        return $"{text[..(space > longest * 2 / 3 ? space : end)].TrimEnd()}…";
    }

    /// <summary>The same as plain text: the marks stay only around what needs them, since some mail programs show them as boxes.</summary>
    internal static string AsPlain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var (part, isForeign) in Parts(text))
        {
            var turns = isForeign && part.Any(IsRightToLeft);
            plain.Append(turns ? $"{Begin}{part}{End}" : part);
        }
        return plain.ToString();
    }

    /// <summary>The letter's own words and the others', in their order.</summary>
    internal static IEnumerable<(string Text, bool IsForeign)> Parts(string text)
    {
        var at = 0;
        while (text.IndexOf(Begin, at) is >= 0 and var begin)
        {
            if (begin > at)
                yield return (text[at..begin], false);
            var end = text.IndexOf(End, begin);
            yield return (text[(begin + 1)..end], true);
            at = end + 1;
        }
        if (at < text.Length)
            yield return (text[at..], false);
    }

    private static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08ff') or (>= '\ufb1d' and <= '\ufdff') or (>= '\ufe70' and <= '\ufefc');
}
