using System.Globalization;
using System.Text.Json;
using Moderato.Hosting;

namespace Moderato.Ingest;

/// <summary>Times as platforms write them: ISO 8601 with an offset (also <c>+0000</c>), Unix seconds or Unix milliseconds.</summary>
public static class PlatformTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>Before the first of these platforms nobody commented; a later time than tomorrow is a clock gone wrong.</summary>
    private static readonly DateTimeOffset Earliest = new(1995, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>False if the value is no time at all.</summary>
    public static bool TryRead(JsonElement value, out DateTimeOffset time)
    {
        time = default;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => TryUnix(number, out time),
            JsonValueKind.String => TryText(value.GetString()!, out time),
            _ => false,
        };
    }

    /// <summary>The time, or null if it cannot be true: an impossible time would outrank every later edit.</summary>
    public static DateTimeOffset? IfPlausible(DateTimeOffset time, DateTimeOffset now) =>
        time >= Earliest && time <= now.AddDays(1) ? time.ToUniversalTime() : null;

    /// <summary>A field that is a time that can be true; null otherwise.</summary>
    internal static DateTimeOffset? Time(this JsonElement from, string field, DateTimeOffset now) =>
        from.Field(field) is { ValueKind: not JsonValueKind.Undefined } value && TryRead(value, out var time) ? IfPlausible(time, now) : null;

    private static bool TryUnix(long number, out DateTimeOffset time)
    {
        var milliseconds = number is > -100_000_000_000 and < 100_000_000_000 ? number * 1000 : number; // seconds reach that far in the year 5138
        var inRange = milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999; // the years 1 to 9999
        time = inRange ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return inRange;
    }

    internal static bool TryText(string text, out DateTimeOffset time)
    {
        if (text.Length > 5 && text[^5] is '+' or '-' && text.AsSpan(text.Length - 4).IndexOfAnyExceptInRange('0', '9') < 0)
            text = text.Insert(text.Length - 2, ":");
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time)
            && (text[^1] == 'Z' || text[^6] is '+' or '-');
    }
}
