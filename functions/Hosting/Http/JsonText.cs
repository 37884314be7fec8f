using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Moderato.Hosting;

/// <summary>
/// Parses what others sent although it may hold bytes that are no UTF-8, or half a surrogate pair, as cut-off emoji leave behind: no
/// Unicode text, but the rest is still worth judging. Each becomes U+FFFD, in names and values alike, so that whoever reads the
/// document never meets one.
/// </summary>
internal static class JsonText
{
    private const int EscapeLength = 6;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(MendPairs(Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span))));

    private static ReadOnlyMemory<byte> MendPairs(ReadOnlyMemory<byte> json)
    {
        byte[]? mended = null;
        var from = json.Span;
        for (var i = 0; i + 1 < from.Length;)
        {
            var next = from[i..].IndexOf((byte)'\\');
            if (next < 0)
                break;
            i += next;
            if (UnitAt(from, i) is not { } unit || !char.IsSurrogate(unit))
            {
                i += 2; // this backslash and what it escapes, which may be a backslash itself
            }
            else if (char.IsHighSurrogate(unit) && UnitAt(from, i + EscapeLength) is { } second && char.IsLowSurrogate(second))
            {
                i += 2 * EscapeLength;
            }
            else
            {
                mended ??= json.ToArray();
                "\\ufffd"u8.CopyTo(mended.AsSpan(i));
                i += EscapeLength;
            }
        }
        return mended ?? json;
    }

    /// <summary>The UTF-16 code unit that <c>\u</c> and four hexadecimal digits stand for; null if something else is there.</summary>
    private static char? UnitAt(ReadOnlySpan<byte> json, int start) =>
        start + EscapeLength <= json.Length && json[start] == '\\' && json[start + 1] == 'u'
        && ushort.TryParse(json.Slice(start + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
