using System.Globalization;

namespace Moderato.Hosting;

/// <summary>A time in an address or a body.</summary>
public static class QueryTime
{
    public const string Rule = "must be an ISO 8601 time such as 2026-03-01T09:30:00Z, or a date";

    // Only these forms: guessing would take "2026-03-01 09:30" for a date with an offset, and "12:30" for today.
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>In an address an unescaped + is a space; a time never has one, so it can only be the offset's sign. Without an offset: UTC.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
        && time.Year is >= 1970 and < 9999;
}
