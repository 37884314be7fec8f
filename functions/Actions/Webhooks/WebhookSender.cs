using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Moderato.Hosting;

namespace Moderato.Actions.Webhooks;

/// <summary>
/// Sends one event to one endpoint, signed after Standard Webhooks: <c>webhook-id</c>, <c>webhook-timestamp</c> (of this try) and
/// <c>webhook-signature</c>, <c>v1,</c> and the base64 HMAC-SHA256 of the two and the body, joined by dots.
/// </summary>
public sealed class WebhookSender(TimeProvider time) : IDisposable
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _public = Client(allowPrivate: false);
    private readonly HttpClient _anywhere = Client(allowPrivate: true);

    /// <summary>What became of it: null for success.</summary>
    public async Task<PlatformException?> SendAsync(Endpoint endpoint, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var span = Spans.Outgoing(HttpMethod.Post.Method, endpoint.Address);
        var failure = await TryAsync(endpoint, delivery, cancellationToken);
        if (failure is not null)
        {
            span.Fail(Meters.Word(failure.Kind));
            Meters.Refused(endpoint.Address.Host, failure.Kind);
        }
        return failure;
    }

    public void Dispose()
    {
        _public.Dispose();
        _anywhere.Dispose();
    }

    internal static string Sign(byte[] key, string id, string sent, string body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{sent}.{body}")))}";

    private async Task<PlatformException?> TryAsync(Endpoint endpoint, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var sent = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Address) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", sent);
        request.Headers.Add("webhook-signature", Sign(endpoint.Key, delivery.Id, sent, delivery.Body));
        request.Headers.UserAgent.ParseAdd("Moderato/1.0");
        try
        {
            using var response = await (endpoint.AllowPrivate ? _anywhere : _public).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
                return null;
            var reason = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
            return response.StatusCode == HttpStatusCode.Gone
                ? new PlatformException(FailureKind.Gone, reason)
                : new PlatformException(FailureKind.Later, reason, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PlatformException(FailureKind.Later, "no answer in time");
        }
        catch (HttpRequestException failure) when (failure.InnerException is PrivateAddressException forbidden)
        {
            return new PlatformException(FailureKind.Refused, forbidden.Message);
        }
        catch (HttpRequestException failure)
        {
            return new PlatformException(FailureKind.Later, $"no connection ({failure.HttpRequestError})");
        }
    }

    private static HttpClient Client(bool allowPrivate) => new(GuardedHttp.Handler(allowPrivate)) { Timeout = Patience };
}
