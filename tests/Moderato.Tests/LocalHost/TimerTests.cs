using System.Net;
using System.Text;
using System.Text.Json;
using Moderato.Local;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.LocalHosting;

[Collection(LocalHostTests.Name)]
public sealed class TimerTests : IDisposable
{
    private const string EverySecond = "* * * * * *";
    private const string NewYear = "0 0 0 1 1 *";

    private readonly HttpClient _http = new();
    private readonly TestApp _app = new();

    public void Dispose()
    {
        _http.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task ATimerRunsOnScheduleAndItsStatusIsKept()
    {
        _app.WithTimer("Tick", EverySecond);
        var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Count("end") >= 2);
        await host.DisposeAsync();

        var data = _app.Recorded.Last(r => r.At == "begin").Json.GetProperty("Data").GetProperty("timer");
        Assert.False(data.GetProperty("IsPastDue").GetBoolean());
        Assert.True(data.GetProperty("Schedule").GetProperty("AdjustForDST").GetBoolean());
        var told = Status(data.GetProperty("ScheduleStatus"));
        Assert.Equal(told.Last.AddSeconds(1), told.Next);
        var kept = Status(JsonDocument.Parse(await File.ReadAllTextAsync(StatusFile("Tick"))).RootElement);
        Assert.True(kept.Last >= told.Next);
        Assert.True(kept.Next > kept.Last);
        var system = _app.Recorded.First(r => r.At == "begin").Json.GetProperty("Metadata").GetProperty("sys");
        Assert.Equal("Tick", system.GetProperty("MethodName").GetString());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task ARunMissedWhileTheHostWasOffIsMadeUpForUnlessNobodyWatches(bool useMonitor, bool isPastDue)
    {
        _app.WithTimer("Yearly", NewYear, useMonitor, runOnStartup: true);
        await WriteStatusAsync("Yearly", next: "2026-01-01T00:00:00+00:00");

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Count("end") == 1);

        var data = _app.Recorded.Single(r => r.At == "begin").Json.GetProperty("Data").GetProperty("timer");
        Assert.Equal(isPastDue, data.GetProperty("IsPastDue").GetBoolean());
        Assert.Equal(useMonitor ? JsonValueKind.Object : JsonValueKind.Null, data.GetProperty("ScheduleStatus").ValueKind);
    }

    [Fact]
    public async Task AMissedRunIsMadeUpForOnce()
    {
        _app.WithTimer("Yearly", NewYear);
        var time = new FakeTime(new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero));
        await WriteStatusAsync("Yearly", next: "2024-01-01T00:00:00+00:00");

        for (var starts = 0; starts < 2; starts++)
        {
            await using var host = await LocalHost.StartAsync(_app.Options with { Time = time });
            await _app.UntilAsync(() => NextOf("Yearly") == new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        }

        Assert.Equal(1, _app.Count("begin"));
    }

    [Fact]
    public async Task TheStatusFollowsTheTimeZoneAndASettingMayHoldTheSchedule()
    {
        _app.Set("WEBSITE_TIME_ZONE", "Europe/Rome").Set("DigestSchedule", "0 0 7 * * *").WithTimer("Digest", "%DigestSchedule%");
        var time = new FakeTime(new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero));

        await using var host = await LocalHost.StartAsync(_app.Options with { Time = time });
        await _app.UntilAsync(() => File.Exists(StatusFile("Digest")));

        Assert.Equal("2026-03-29T07:00:00+02:00", StatusText("Digest"));
    }

    [Fact]
    public async Task ATimerThatFailsIsReportedAndRunsAgainOnSchedule()
    {
        _app.WithTimer("Tick", EverySecond).Set("ANSWER", "500");

        await using var host = await LocalHost.StartAsync(_app.Options);
        await _app.UntilAsync(() => _app.Count("end") >= 2);

        Assert.Contains("Tick  FAILED (status 500)", _app.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yearly", "200", HttpStatusCode.Accepted)]
    [InlineData("Yearly", "500", HttpStatusCode.InternalServerError)]
    [InlineData("Nobody", "200", HttpStatusCode.NotFound)]
    [InlineData("Hello", "200", HttpStatusCode.BadRequest)]
    public async Task ATimerRunsWhenAsked(string function, string answer, HttpStatusCode status)
    {
        _app.WithTimer("Yearly", NewYear).WithHttp("Hello", "hello").Set("ANSWER", answer);
        await using var host = await LocalHost.StartAsync(_app.Options);

        using var response = await RunNowAsync(host, function);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(function == "Yearly" ? 1 : 0, _app.Count("end"));
    }

    [Fact]
    public async Task ATimerNeverRunsTwiceAtTheSameTime()
    {
        _app.WithTimer("Yearly", NewYear).Set("GATE", _app.In("gate"));
        await using var host = await LocalHost.StartAsync(_app.Options);

        var both = Task.WhenAll(RunNowAsync(host, "Yearly"), RunNowAsync(host, "Yearly"));
        await _app.UntilAsync(() => _app.Running == 1);
        await File.WriteAllTextAsync(_app.In("gate"), "");
        foreach (var response in await both)
            response.Dispose();

        Assert.Equal(["begin", "end", "begin", "end"], _app.Recorded.Where(r => r.At is "begin" or "end").Select(r => r.At));
    }

    private async Task<HttpResponseMessage> RunNowAsync(LocalHost host, string function)
    {
        using var content = new StringContent("""{"input":""}""", Encoding.UTF8, "application/json");
        return await _http.PostAsync(new Uri(host.Address, $"admin/functions/{function}"), content);
    }

    private async Task WriteStatusAsync(string function, string next)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatusFile(function))!);
        await File.WriteAllTextAsync(
            StatusFile(function), $$"""{"Last": "2023-01-01T00:00:00+00:00", "Next": "{{next}}", "LastUpdated": "2023-01-01T00:00:00+00:00"}""");
    }

    private string StatusFile(string function) => Path.Combine(_app.Data, "timers", $"{function}.json");

    private string StatusText(string function) =>
        JsonDocument.Parse(File.ReadAllText(StatusFile(function))).RootElement.GetProperty("Next").GetString()!;

    private DateTimeOffset NextOf(string function) => Status(JsonDocument.Parse(File.ReadAllText(StatusFile(function))).RootElement).Next;

    private static (DateTimeOffset Last, DateTimeOffset Next) Status(JsonElement status) =>
        (status.GetProperty("Last").GetDateTimeOffset(), status.GetProperty("Next").GetDateTimeOffset());
}
