using System.Diagnostics;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.EndToEnd;

/// <summary>What <c>./infra/local/up</c> says when it is asked for help or for something it cannot do.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("moderato-up-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task WithoutTheToolsItSaysWhichAreMissing()
    {
        var tools = Directory.CreateTempSubdirectory("moderato-tools-").FullName;
        foreach (var tool in new[] { "bash", "dirname", "env" })
            File.CreateSymbolicLink(Path.Combine(tools, tool), $"/usr/bin/{tool}");
        var (exitCode, output) = await RunScriptAsync(start => start.Environment["PATH"] = tools);
        Directory.Delete(tools, recursive: true);
        Assert.Equal(2, exitCode);
        Assert.Contains("The .NET SDK 10 is missing", output, StringComparison.Ordinal);
        Assert.Contains("Node 20 or newer is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongSettingsAreListedAndEverythingIsEndedAgain()
    {
        await using (var first = await UpProcess.StartAsync(_data))
            Assert.Equal(0, await first.StopAsync());
        var file = Path.Combine(_data, "local.settings.json");
        var settings = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, settings.Replace("Europe/Rome", "Mars/Olympus", StringComparison.Ordinal).Replace("\"7\"", "\"25\"", StringComparison.Ordinal));

        var (exitCode, output) = await UpProcess.FailAsync(_data);
        Assert.Equal(2, exitCode);
        Assert.Contains("Moderato__Communities__0__TimeZone", output, StringComparison.Ordinal);
        Assert.Contains("Moderato__Communities__0__DigestHour", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoAtOnceDoNotShareAFolder()
    {
        await using var first = await UpProcess.StartAsync(_data);
        var (exitCode, output) = await UpProcess.FailAsync(_data);
        Assert.Equal(2, exitCode);
        Assert.Contains("Another run uses", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunScriptAsync(Action<ProcessStartInfo> prepare)
    {
        var start = new ProcessStartInfo("/usr/bin/bash", [Path.Combine(Repository.Root, "infra", "local", "up")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        prepare(start);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
