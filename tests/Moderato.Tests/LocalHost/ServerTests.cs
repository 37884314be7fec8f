using System.Net;
using Moderato.Local;
using Moderato.Local.Hosting;
using Xunit;

namespace Moderato.Tests.LocalHosting;

/// <summary>What a host on a server does otherwise than one on a person's own machine.</summary>
[Collection(LocalHostTests.Name)]
public sealed class ServerTests(StorageFixture storage) : IDisposable
{
    private const string NewYear = "0 0 0 1 1 *";

    private readonly HttpClient _http = new();
    private readonly TestApp _app = new();

    public void Dispose()
    {
        _http.Dispose();
        _app.Dispose();
    }

    [Theory]
    [InlineData(Triggers.Http, "Hello", "Live")]
    [InlineData(Triggers.Queues, "Live", "Work")]
    [InlineData(Triggers.Timers, "Live", "Tick")]
    [InlineData(Triggers.Queues | Triggers.Timers, "Live", "Tick", "Work")]
    [InlineData(Triggers.All, "Hello", "Live", "Tick", "Work")]
    public void OnlyTheChosenTriggersRunButHowTheAppIsCanAlwaysBeAsked(Triggers triggers, params string[] functions)
    {
        _app.WithHttp("Hello", "hello").WithHttp("Live", "health/live").WithTimer("Tick", NewYear).WithQueue("Work", "work", "UseDevelopmentStorage=true");

        var app = App.Read(_app.App, settingsFile: null, _app.Options.Settings).With(triggers);

        Assert.Equal(functions, app.Functions.Select(f => f.Name));
    }

    [Fact]
    public async Task AHostForQueuesTakesMessagesAnswersProbesAndNothingElse()
    {
        var queue = await storage.CreateQueueAsync();
        _app.WithHttp("Hello", "hello").WithHttp("Live", "health/live").WithTimer("Tick", "* * * * * *").WithQueue("Work", queue.Name, storage.ConnectionString);
        await queue.SendMessageAsync("hello");

        await using var host = await LocalHost.StartAsync(_app.Options with { Triggers = Triggers.Queues });
        await _app.UntilAsync(() => _app.Count("end") == 1);

        Assert.Equal("Work", _app.Recorded.Single(r => r.At == "begin").Name);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, "api/health/live"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, HttpMethod.Get, "api/hello"));
        Assert.Equal(1, _app.Count("request"));
    }

    [Theory]
    [InlineData("127.0.0.1", true, HttpStatusCode.Accepted)]
    [InlineData("127.0.0.1", false, HttpStatusCode.NotFound)]
    [InlineData("0.0.0.0", true, HttpStatusCode.NotFound)]
    [InlineData("::", true, HttpStatusCode.NotFound)]
    public async Task TheAdminAddressIsNotForThoseFromElsewhere(string address, bool admin, HttpStatusCode status)
    {
        _app.WithTimer("Yearly", NewYear);

        await using var host = await LocalHost.StartAsync(_app.Options with { Address = IPAddress.Parse(address), Admin = admin });

        Assert.Equal(status, await StatusAsync(host, HttpMethod.Post, "admin/functions/Yearly"));
        Assert.Equal(status is HttpStatusCode.Accepted ? 1 : 0, _app.Count("end"));
    }

    [Fact]
    public async Task AnAddressThatIsNotThisMachinesIsSaidAndNothingStarts()
    {
        _app.WithHttp("Hello", "hello");

        // An address for documentation (RFC 5737): nobody has it.
        var wrong = await Assert.ThrowsAsync<PortException>(
            () => LocalHost.StartAsync(_app.Options with { Address = IPAddress.Parse("192.0.2.1"), Port = 8080 }));

        Assert.StartsWith("Nothing can listen on 192.0.2.1:8080: ", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(_app.Recorded);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task ATimerOfWhichNothingIsRememberedRunsAtOnceWhereTheHostForgets(bool forgets, int runs)
    {
        _app.WithTimer("Yearly", NewYear).WithTimer("Unwatched", NewYear, useMonitor: false).WithTimer("Tick", "* * * * * *");

        await using (await LocalHost.StartAsync(_app.Options with { RunsForgottenTimers = forgets }))
            await _app.UntilAsync(() => _app.Recorded.Count(r => r is { At: "end", Name: "Tick" }) >= 2);

        Assert.Equal(runs, _app.Recorded.Count(r => r is { At: "begin", Name: "Yearly" }));
        Assert.DoesNotContain(_app.Recorded, r => r.Name == "Unwatched");
        if (runs == 0)
            return;

        // Now it is remembered.
        var before = _app.Recorded.Count(r => r is { At: "end", Name: "Tick" });
        await using (await LocalHost.StartAsync(_app.Options with { RunsForgottenTimers = forgets }))
            await _app.UntilAsync(() => _app.Recorded.Count(r => r is { At: "end", Name: "Tick" }) >= before + 2);
        Assert.Equal(runs, _app.Recorded.Count(r => r is { At: "begin", Name: "Yearly" }));
    }

    [Fact]
    public void AnIdentityNeedsNoKey()
    {
        _app.WithQueue("Work", "work", "");
        Assert.Equal("https://acme.queue.core.windows.net/work", AddressWith(("AzureWebJobsStorage__accountName", "acme"), ("AzureWebJobsStorage__clientId", "1")));
        Assert.Equal("https://queues.example/work", AddressWith(("AzureWebJobsStorage__queueServiceUri", "https://queues.example/"), ("AzureWebJobsStorage__accountName", "acme")));
    }

    [Fact]
    public void AConnectionStringThatIsNoneIsSaidWithoutItsText()
    {
        _app.WithQueue("Work", "work", "AccountName=acme;AccountKey=sesame");

        var wrong = Assert.Throws<AppException>(() => App.Read(_app.App, settingsFile: null, _app.Options.Settings));

        Assert.Equal(
            "Work/function.json: bindings[0].connection names the setting AzureWebJobsStorage, which is no storage connection string.",
            Assert.Single(wrong.Problems));
    }

    private string AddressWith(params (string Name, string Value)[] settings)
    {
        var app = App.Read(_app.App, settingsFile: null, settings.ToDictionary(s => s.Name, s => s.Value));
        return Assert.IsType<QueueFunction>(Assert.Single(app.Functions)).Queue.Uri.ToString();
    }

    private async Task<HttpStatusCode> StatusAsync(LocalHost host, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{host.Address.Port}/{path}");
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
