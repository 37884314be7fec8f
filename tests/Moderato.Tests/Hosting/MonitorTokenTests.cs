using Azure.Core;
using Moderato.Hosting;
using Xunit;

namespace Moderato.Tests.Hosting;

/// <summary>Who is shown our identity, and who is not.</summary>
public sealed class MonitorTokenTests
{
    [Theory]
    [InlineData("https://moderato-ab12.italynorth-1.ingest.monitor.azure.com/datacollectionRules/dcr-1/streams/Microsoft-OTLP-Traces/otlp/v1/traces", "Bearer token-for-https://monitor.azure.com/.default")]
    [InlineData("http://moderato-ab12.italynorth-1.ingest.monitor.azure.com/v1/traces", null)]
    [InlineData("https://ingest.monitor.azure.com.evil.example/v1/traces", null)]
    [InlineData("https://collector.example.org/v1/traces", null)]
    [InlineData("http://127.0.0.1:4318/v1/traces", null)]
    public async Task OnlyAzureMonitorIsShownAToken(string address, string? expected)
    {
        var seen = new List<string?>();
        using var client = new HttpMessageInvoker(new MonitorToken(new SomeCredential()) { InnerHandler = new Seeing(seen) });
        using var first = new HttpRequestMessage(HttpMethod.Post, address);
        (await client.SendAsync(first, CancellationToken.None)).Dispose();
        using var second = new HttpRequestMessage(HttpMethod.Post, address);
        client.Send(second, CancellationToken.None).Dispose();
        Assert.Equal([expected, expected], seen);
    }

    private sealed class SomeCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token-for-{requestContext.Scopes.Single()}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class Seeing(List<string?> seen) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add(request.Headers.Authorization?.ToString());
            return new HttpResponseMessage();
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
    }
}
