namespace Moderato.Scoring;

/// <summary>An @name. The @ of a mail address does not start one.</summary>
public static class Mention
{
    /// <returns>Length of the mention that starts at <paramref name="at"/> including its @, or 0.</returns>
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        if (text[at] != '@' || (at > 0 && (IsName(text[at - 1]) || text[at - 1] is '.' or '-' or '@'))) return 0;
        var end = at + 1;
        while (end < text.Length && (IsName(text[end]) || IsInnerDot(text, end))) end++;
        return end > at + 1 ? end - at : 0;
    }

    private static bool IsInnerDot(ReadOnlySpan<char> text, int at) =>
        text[at] is '.' or '-' && IsName(text[at - 1]) && at + 1 < text.Length && IsName(text[at + 1]);

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';
}
