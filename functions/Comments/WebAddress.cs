namespace Moderato.Comments;

/// <summary>What may become a link: an absolute http or https address without white space or control characters.</summary>
internal static class WebAddress
{
    public static bool IsValid(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
