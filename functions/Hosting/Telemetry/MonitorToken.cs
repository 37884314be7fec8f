using System.Net.Http.Headers;
using Azure.Core;

namespace Moderato.Hosting;

/// <summary>
/// Azure Monitor takes OTLP from whoever shows an Entra token with the role Monitoring Metrics Publisher on its data collection rule
/// (Microsoft's "Ingest OTLP data into Azure Monitor"). Other receivers are shown none: they get <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
/// </summary>
internal sealed class MonitorToken(TokenCredential credential) : DelegatingHandler
{
    public const string HostSuffix = ".ingest.monitor.azure.com";

    private static readonly TokenRequestContext Scope = new(["https://monitor.azure.com/.default"]);

    /// <summary>What the exporter calls: it runs on a thread of its own.</summary>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsForMonitor(request))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential.GetToken(Scope, cancellationToken).Token);
        return base.Send(request, cancellationToken);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsForMonitor(request))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await credential.GetTokenAsync(Scope, cancellationToken)).Token);
        return await base.SendAsync(request, cancellationToken);
    }

    private static bool IsForMonitor(HttpRequestMessage request) =>
        request.RequestUri is { } address && address.Scheme == Uri.UriSchemeHttps && address.Host.EndsWith(HostSuffix, StringComparison.OrdinalIgnoreCase);
}
