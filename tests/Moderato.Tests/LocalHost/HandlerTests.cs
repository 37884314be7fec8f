using System.Diagnostics;
using System.Globalization;
using Moderato.Local;
using Moderato.Local.Hosting;
using Xunit;

namespace Moderato.Tests.LocalHosting;

[Collection(LocalHostTests.Name)]
public sealed class HandlerTests : IDisposable
{
    private readonly TestApp _app = new TestApp().WithHttp("Hello", "hello", "get");

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task TheHandlerGetsTheVariablesOfTheContractAndTheSettings()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_app.App, "local.settings.json"), """{"Values": {"FROM_FILE": "file", "FROM_BOTH": "file", "FROM_ALL": "file"}}""");
        await File.WriteAllTextAsync(_app.In("more.json"), """{"Values": {"FROM_BOTH": "more", "FROM_ALL": "more"}}""");
        _app.Set("FROM_ALL", "options");

        await using var host = await LocalHost.StartAsync(_app.Options with { SettingsFile = _app.In("more.json") });

        var environment = _app.Recorded.Single(r => r.At == "start");
        Assert.InRange(int.Parse(environment.Header("FUNCTIONS_CUSTOMHANDLER_PORT"), CultureInfo.InvariantCulture), 1, 65535);
        Assert.NotEmpty(environment.Header("FUNCTIONS_CUSTOMHANDLER_WORKER_ID"));
        Assert.Equal(_app.App, environment.Header("FUNCTIONS_APP_ROOT_PATH"));
        Assert.Equal(["file", "more", "options"], new[] { "FROM_FILE", "FROM_BOTH", "FROM_ALL" }.Select(environment.Header));
    }

    [Fact]
    public async Task AHandlerThatIsKilledIsStartedAgain()
    {
        await using var host = await LocalHost.StartAsync(_app.Options);
        var first = host.HandlerProcessId!.Value;

        Kill(first);
        await _app.UntilAsync(() => host.HandlerProcessId is { } second && second != first);

        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(host.Address, "api/hello"));
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Contains("starts again in 0.5 s", _app.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHandlerThatNeverAnswersIsGivenUpAfterThreeStarts()
    {
        _app.Set("START", "die");

        var failure = await Assert.ThrowsAsync<HandlerException>(() => LocalHost.StartAsync(_app.Options));

        Assert.Equal(3, _app.Count("start"));
        Assert.Contains("cannot live like this", failure.LastLines);
    }

    [Fact]
    public async Task TheHandlerIsAskedToEndWithTheHost()
    {
        var host = await LocalHost.StartAsync(_app.Options);
        var handler = host.HandlerProcessId!.Value;

        await host.DisposeAsync();

        Assert.Equal(1, _app.Count("sigterm"));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(handler));
        Assert.False(File.Exists(Path.Combine(_app.Data, "handler.pid")));
    }

    [Fact]
    public async Task AHandlerThatAKilledHostLeftBehindIsEnded()
    {
        using var leftOver = Start(_app.Executable, []);
        await _app.UntilAsync(() => _app.Count("start") == 1);
        await WritePidAsync(leftOver);

        await using var host = await LocalHost.StartAsync(_app.Options);

        await _app.UntilAsync(() => leftOver.HasExited);
        Assert.NotEqual(leftOver.Id, host.HandlerProcessId);
    }

    /// <summary>Numbers of processes come round again.</summary>
    [Fact]
    public async Task AnotherProgramThatGotTheHandlersNumberIsLeftAlone()
    {
        using var other = Start("sleep", ["60"]);
        await WritePidAsync(other);

        await using var host = await LocalHost.StartAsync(_app.Options);

        Assert.False(other.HasExited);
        other.Kill();
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RECORD"] = _app.In("record");
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = "0";
        return Process.Start(start)!;
    }

    private async Task WritePidAsync(Process process)
    {
        Directory.CreateDirectory(_app.Data);
        await File.WriteAllTextAsync(Path.Combine(_app.Data, "handler.pid"), process.Id.ToString(CultureInfo.InvariantCulture));
    }
}
