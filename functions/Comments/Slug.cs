using System.Diagnostics.CodeAnalysis;

namespace Moderato.Comments;

internal static class Slug
{
    public static bool IsValid([NotNullWhen(true)] string? text, int longest) =>
        text is { Length: > 0 } && text.Length <= longest && text[0] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
