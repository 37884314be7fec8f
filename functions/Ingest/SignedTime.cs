using System.Globalization;

namespace Moderato.Ingest;

/// <summary>The time that a sender signed, in Unix seconds: what was recorded once must not be played again later.</summary>
internal static class SignedTime
{
    public static bool IsWithin(string? seconds, DateTimeOffset now, TimeSpan tolerance) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
        && Math.Abs((decimal)now.ToUnixTimeSeconds() - sent) <= (decimal)tolerance.TotalSeconds;
}
