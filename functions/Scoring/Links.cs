using System.Buffers;
using System.Collections.Frozen;

namespace Moderato.Scoring;

/// <summary>
/// Finds links and their hosts. With <c>http://</c>, <c>https://</c> or <c>www.</c> every host counts. A bare domain counts
/// only with a well-known ending, because a full stop without a space after it ("bene.Ma") looks just like one.
/// </summary>
public static class Links
{
    // "example" is nobody's (RFC 2606): it stands for the real ones in samples and documentation.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Endings = Set(
        "app", "biz", "ch", "click", "club", "com", "de", "dev", "es", "eu", "example", "fr", "gl", "info", "it", "ly", "net", "online",
        "org", "ru", "shop", "site", "store", "tv", "uk", "xyz");

    /// <summary>Endings that are also words people write after a forgotten space ("grazie.io volevo"): only with a path.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> EndingsWithPath = Set(
        "be", "cc", "co", "gg", "io", "link", "live", "me", "to", "top", "us");

    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?# \t\r\n");

    /// <summary>Reads the link that starts at <paramref name="at"/>, if one does.</summary>
    /// <param name="text">Any text, in the letters its author used: case tells a domain from a new sentence.</param>
    /// <param name="at">Where to look.</param>
    /// <param name="length">Length of the link up to white space.</param>
    /// <param name="host">The host's place in the text, without <c>www.</c>, user, port or closing full stop.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int at, out int length, out Range host)
    {
        (length, host) = (0, default);
        if (!char.IsLetterOrDigit(text[at]) || (at > 0 && Continues(text[at - 1]))) return false;

        var rest = text[at..];
        var scheme = SchemeLength(rest);
        var start = scheme;
        if (scheme > 0) start += UserLength(rest[scheme..]);
        var www = rest[start..].StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        if (www) start += "www.".Length;

        var hostLength = HostLength(rest[start..]);
        var end = start + hostLength;
        if (!rest[start..end].Contains('.')) return false;
        if (scheme == 0 && !www && !IsBareDomain(rest[..end], hasPath: end < rest.Length && rest[end] == '/')) return false;

        host = (at + start)..(at + end);
        length = end;
        if (end < rest.Length && rest[end] is '/' or ':' or '?' or '#')
            while (length < rest.Length && !char.IsWhiteSpace(rest[length])) length++;
        return true;
    }

    private static bool Continues(char before) => char.IsLetterOrDigit(before) || before is '@' or '.' or '-' or '_' or '/';

    private static int SchemeLength(ReadOnlySpan<char> text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://".Length
        : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://".Length
        : 0;

    private static int UserLength(ReadOnlySpan<char> authority)
    {
        var end = authority.IndexOfAny(AuthorityEnds);
        return authority[..(end < 0 ? authority.Length : end)].LastIndexOf('@') + 1;
    }

    private static int HostLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length)
        {
            var c = text[length];
            var inner = c is '.' or '-' && length > 0 && length + 1 < text.Length
                && char.IsLetterOrDigit(text[length + 1]) && char.IsLetterOrDigit(text[length - 1]);
            if (!inner && !char.IsLetterOrDigit(c) && !(c == '-' && length > 0)) break;
            length++;
        }

        while (length > 0 && text[length - 1] == '-') length--;
        return length;
    }

    private static bool IsBareDomain(ReadOnlySpan<char> host, bool hasPath)
    {
        var ending = host[(host.LastIndexOf('.') + 1)..];
        // "Bravi.It" is a new sentence, "ESEMPIO.IT" is shouted, "esempio.it" is a domain.
        if (ContainsUpper(ending) && ContainsLower(host)) return false;
        Span<char> lower = stackalloc char[8];
        if (ending.Length > lower.Length) return false;
        var known = lower[..ending.ToLowerInvariant(lower)];
        return Endings.Contains(known) || (hasPath && EndingsWithPath.Contains(known));
    }

    private static bool ContainsUpper(ReadOnlySpan<char> text)
    {
        foreach (var c in text) if (char.IsUpper(c)) return true;
        return false;
    }

    private static bool ContainsLower(ReadOnlySpan<char> text)
    {
        foreach (var c in text) if (char.IsLower(c)) return true;
        return false;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] words) =>
        words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
