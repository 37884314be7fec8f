using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Moderato.Local;
using Moderato.Local.Hosting;
using Xunit;

namespace Moderato.Tests.LocalHosting;

[Collection(LocalHostTests.Name)]
public sealed class HttpTests : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly TestApp _app = new TestApp()
        .WithHttp("Receive", "webhooks/{platform}/{source}", "post", "GET")
        .WithHttp("Pages", "pages/{*path}");

    public void Dispose()
    {
        _http.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task ARequestArrivesAsItWasSentAndItsAnswerComesBackAsItWas()
    {
        await using var host = await LocalHost.StartAsync(_app.Options);
        var bytes = Enumerable.Range(0, 70_000).Select(i => (byte)i).ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "api/webhooks/facebook/a%20b?q=%C3%A8&status=418"))
        {
            Content = new ByteArrayContent(bytes) { Headers = { { "Content-Type", "application/x-odd" } } },
            Headers = { { "X-Hub-Signature-256", "sha256=00" }, { "User-Agent", "platform/1" } },
        };

        using var answer = await _http.SendAsync(request);

        var arrived = _app.Recorded.Single(r => r.At == "request");
        Assert.Equal("POST", arrived.Name);
        Assert.Equal("/api/webhooks/facebook/a%20b?q=%C3%A8&status=418", arrived.Url);
        Assert.Equal(bytes, Convert.FromBase64String(arrived.Body!));
        Assert.Equal("application/x-odd", arrived.Header("content-type"));
        Assert.Equal("sha256=00", arrived.Header("x-hub-signature-256"));
        Assert.Equal("platform/1", arrived.Header("user-agent"));
        Assert.Equal(host.Address.Authority, arrived.Header("host"));
        Assert.True(Guid.TryParse(arrived.Header("x-azure-functions-invocationid"), out _));
        Assert.NotEmpty(arrived.Header("x-azure-functions-hostversion"));
        Assert.Equal(418, (int)answer.StatusCode);
        Assert.Equal("as it was", Assert.Single(answer.Headers.GetValues("X-Answer")));
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("GET", "api/webhooks/facebook/page", HttpStatusCode.OK)]
    [InlineData("DELETE", "api/pages/a/b/c", HttpStatusCode.OK)]
    [InlineData("PUT", "api/webhooks/facebook/page", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "api/webhooks/facebook", HttpStatusCode.NotFound)]
    [InlineData("GET", "webhooks/facebook/page", HttpStatusCode.NotFound)]
    [InlineData("GET", "", HttpStatusCode.NotFound)]
    [InlineData("POST", "Receive", HttpStatusCode.NotFound)]
    public async Task OnlyWhatAFunctionDeclaresIsForwarded(string method, string path, HttpStatusCode status)
    {
        await using var host = await LocalHost.StartAsync(_app.Options);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Address, path));

        using var answer = await _http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status is HttpStatusCode.OK ? 1 : 0, _app.Count("request"));
    }

    [Fact]
    public async Task WhileTheHandlerIsDownCallersAreAskedToComeBackInASecond()
    {
        await using var host = await LocalHost.StartAsync(_app.Options);
        var address = new Uri(host.Address, "api/webhooks/facebook/page");
        await File.WriteAllTextAsync(_app.Hold, "");
        using (var handler = Process.GetProcessById(host.HandlerProcessId!.Value))
            handler.Kill();
        await _app.UntilAsync(() => host.HandlerProcessId is null);

        using (var answer = await _http.GetAsync(address))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        }

        File.Delete(_app.Hold);
        await _app.UntilAsync(async () =>
        {
            using var again = await _http.GetAsync(address);
            return again.IsSuccessStatusCode;
        });
    }

    [Theory]
    [InlineData(100 * 1024 * 1024 + 1, "HTTP/1.1 413")]
    [InlineData(2, "HTTP/1.1 200")]
    public async Task ABodyOfMoreThan100MegabytesIsRefused(int length, string answer)
    {
        await using var host = await LocalHost.StartAsync(_app.Options);
        using var caller = new TcpClient();
        await caller.ConnectAsync(host.Address.Host, host.Address.Port);

        var head = $"POST /api/webhooks/facebook/page HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\nab";
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));

        using var reader = new StreamReader(caller.GetStream(), Encoding.ASCII);
        Assert.StartsWith(answer, await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APortThatIsTakenStartsNothing()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await Assert.ThrowsAsync<PortException>(
            () => LocalHost.StartAsync(_app.Options with { Port = ((IPEndPoint)other.LocalEndpoint).Port }));

        Assert.Empty(_app.Recorded);
    }
}
