using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Moderato.Hosting;

/// <summary>What a platform answered with success.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The answer's headers.</param>
/// <param name="Body">The answer's JSON; undefined where there is none.</param>
public sealed record PlatformAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, JsonElement Body);

/// <summary>
/// Asks platforms' interfaces. Waits at most <see cref="Patience"/> and reads at most <see cref="LongestAnswer"/>; whatever is no success is
/// a <see cref="PlatformException"/> that says whether asking again makes sense.
/// </summary>
public sealed class PlatformHttp(HttpClient http, TimeProvider time)
{
    public const string ClientName = "platforms";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>In bytes.</summary>
    public const int LongestAnswer = 8 * 1024 * 1024;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <param name="request">What to ask; its headers hold the credential.</param>
    /// <param name="judge">A platform's own reading of an answer that HTTP calls a failure, or even a success; null leaves it to HTTP.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PlatformException">It did not work.</exception>
    public async Task<PlatformAnswer> SendAsync(
        HttpRequestMessage request, Func<HttpResponseMessage, JsonElement, PlatformException?>? judge, CancellationToken cancellationToken)
    {
        using var span = Spans.Outgoing(request.Method.Method, request.RequestUri);
        try
        {
            request.Headers.UserAgent.ParseAdd("Moderato/1.0 (+comment moderation)");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            span?.SetTag("http.response.status_code", (int)response.StatusCode);
            var body = await ReadAsync(response, cancellationToken);
            if (judge?.Invoke(response, body) is { } failure)
                throw failure;
            if (!response.IsSuccessStatusCode)
                throw OfStatus(response);
            return new PlatformAnswer(response.StatusCode, response.Headers, body);
        }
        catch (PlatformException refused)
        {
            Note(span, request, refused.Kind);
            throw;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            Note(span, request, FailureKind.Later);
            throw new PlatformException(FailureKind.Later, "no answer in time", cause: late) { MayHaveArrived = true };
        }
        catch (HttpRequestException broken)
        {
            Note(span, request, FailureKind.Later);
            var neverSent = broken.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            throw new PlatformException(FailureKind.Later, $"no connection ({broken.HttpRequestError})", cause: broken) { MayHaveArrived = !neverSent };
        }
    }

    private static void Note(Activity? span, HttpRequestMessage request, FailureKind kind)
    {
        if (kind == FailureKind.AlreadyDone)
            return; // as it was wanted
        span.Fail(Meters.Word(kind));
        Meters.Refused(request.RequestUri?.Host, kind);
    }

    public Task<PlatformAnswer> GetAsync(Uri address, Action<HttpRequestHeaders>? headers, CancellationToken cancellationToken, Func<HttpResponseMessage, JsonElement, PlatformException?>? judge = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        headers?.Invoke(request.Headers);
        return SendAsync(request, judge, cancellationToken);
    }

    /// <summary>What HTTP itself says of an answer that is no success.</summary>
    public PlatformException OfStatus(HttpResponseMessage response)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => new PlatformException(FailureKind.Later, reason, WaitOf(response)),
            >= HttpStatusCode.InternalServerError => new PlatformException(FailureKind.Later, reason, WaitOf(response))
            {
                MayHaveArrived = response.StatusCode != HttpStatusCode.ServiceUnavailable,
            },
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new PlatformException(FailureKind.Gone, reason),
            HttpStatusCode.Unauthorized => new PlatformException(FailureKind.Credential, reason),
            _ => new PlatformException(FailureKind.Refused, reason),
        };
    }

    /// <summary><c>Retry-After</c>, in seconds or as a date (RFC 9110, section 10.2.3).</summary>
    public TimeSpan? WaitOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } wait ? null
        : wait.Delta ?? (wait.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (bytes.Length == 0)
            return default;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default; // an error page; its status says enough
        }
    }
}
