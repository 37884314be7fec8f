using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moderato.Ingest;

/// <summary>
/// Reads a JSON string that may hold half a surrogate pair, as cut-off emoji leave behind: no Unicode text, but the rest of the
/// comment is still worth judging. The half becomes U+FFFD.
/// </summary>
internal static partial class JsonText
{
    public static string Read(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return JsonSerializer.Deserialize<string>(HalfPair().Replace(value.GetRawText(), "\\uFFFD"))!;
        }
    }

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HalfPair();
}
