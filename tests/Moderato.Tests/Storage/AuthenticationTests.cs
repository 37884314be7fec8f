using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task TheServiceAcceptsTheSignatureOfTheRightKeyAndNoOther()
    {
        var azurite = await Azurite.SharedAsync();
        var name = Azurite.UniqueName();
        var right = new TableServiceClient(azurite.TableEndpoint, new TableSharedKeyCredential(Azurite.Account, Azurite.Key)).GetTableClient(name);
        var wrong = new TableServiceClient(azurite.TableEndpoint, new TableSharedKeyCredential(Azurite.Account, "d3Jvbmc=")).GetTableClient(name);

        await right.CreateAsync();
        var e = await Assert.ThrowsAsync<RequestFailedException>(() => wrong.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(403, e.Status);
        Assert.Equal("AuthorizationFailure", e.ErrorCode);
        Assert.False((await right.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public void AKeyThatIsNotBase64IsRefused()
    {
        Assert.Throws<FormatException>(() => new TableSharedKeyCredential("account", "not base64!"));
    }

    [Fact]
    public async Task ATokenForStorageIsSentOverHttps()
    {
        var authorizations = new List<string?>();
        await using var service = await TableStandIn.StartAsync(
            context =>
            {
                authorizations.Add(context.Request.Headers.Authorization);
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            },
            https: true);
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = service.Trust } };
        var identity = new Identity();
        var table = new TableServiceClient(service.Endpoint, identity, new TableClientOptions { Transport = new HttpClientTransport(handler) })
            .GetTableClient("words");

        await table.AddEntityAsync(new TableEntity("p", "r"));
        await table.AddEntityAsync(new TableEntity("p", "s"));

        Assert.Equal(["Bearer token-1", "Bearer token-1"], authorizations);
        Assert.Equal(["https://storage.azure.com/.default"], identity.Scopes);
    }

    [Fact]
    public async Task ATokenIsNotSentInTheClear()
    {
        var requests = 0;
        await using var service = await TableStandIn.StartAsync(_ =>
        {
            requests++;
            return Task.CompletedTask;
        });
        var table = new TableServiceClient(service.Endpoint, new Identity()).GetTableClient("words");

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(0, requests);
    }

    private sealed class Identity : TokenCredential
    {
        private int _tokens;

        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken($"token-{++_tokens}", TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
