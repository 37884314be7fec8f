using System.Globalization;
using System.Net.Http.Headers;

namespace Moderato.Local.Demo;

/// <summary>Has the day's digest compiled now.</summary>
internal static class DigestRequest
{
    /// <summary>The demo's shop is in Italy, and so is its day.</summary>
    public static string DateOf(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <exception cref="HttpRequestException">The app compiles no digest.</exception>
    public static async Task<Completeness> CompileAsync(
        DemoTarget target, string date, Redelivery redelivery, CancellationToken cancellationToken)
    {
        var answer = await redelivery.SendAsync("digest", () => Request(target, date), cancellationToken);
        return answer.Read<DemoDigest>("digest").Completeness;
    }

    private static HttpRequestMessage Request(DemoTarget target, string date)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target.Digest(date));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", target.ApiKey);
        return request;
    }
}

internal sealed record DemoDigest(Completeness Completeness);

/// <summary>The digest's completeness line: the whole day, not only this run.</summary>
internal sealed record Completeness(int Received, int Decided, int Duplicates, int Waiting, int Parked, int Lost);
