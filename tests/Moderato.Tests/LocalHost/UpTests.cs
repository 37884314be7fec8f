using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Moderato.Local.Up;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.LocalHosting;

public sealed class UpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("up-").FullName;

    private static string Sample => Path.Combine(Repository.Root, "local.settings.sample.json");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task HelpIsThereAtOnce()
    {
        var (code, output, errors) = await RunScriptAsync("--help");

        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.All(["--port", "--data", "--reset", "--demo", "--once"], argument => Assert.Contains(argument, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryBadArgumentIsNamedAtOnce()
    {
        var (code, output, errors) = await RunScriptAsync("--port", "70000", "--fast", "--once", "--data");

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Equal(
            [
                "--port must be a number from 1 to 65535, not 70000.",
                "There is no argument --fast.",
                "--data needs a value.",
                "--once ends after the demo, so it needs --demo.",
            ],
            errors.Split('\n')[..4]);
    }

    [Fact]
    public async Task APortThatIsTakenIsSaidBeforeAnythingIsTouched()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var options = new UpOptions(Repository.Root, "nowhere", Data, port, Reset: true, Demo: false, Once: false);
        var code = await UpRun.RunAsync(options, output, errors, TimeProvider.System);

        Assert.Equal(2, code);
        Assert.Equal($"Port {port} is in use: end what listens there, or choose another with --port.\n", errors.ToString());
        Assert.Empty(output.ToString());
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task AnAppThatNeverComesUpIsSaidWithItsLastLines()
    {
        using var app = new TestApp().WithHttp("Hello", "hello");
        await File.WriteAllTextAsync(
            Path.Combine(app.App, "local.settings.json"), $$$"""{"Values": {"START": "die", "RECORD": "{{{app.In("record")}}}"}}""");
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var options = new UpOptions(Repository.Root, app.App, Data, FreePort.Take(), Reset: false, Demo: false, Once: false);
        var code = await UpRun.RunAsync(options, output, errors, TimeProvider.System);

        Assert.Contains("The handler was started 3 times and never answered.", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Contains("  cannot live like this", errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "azurite.pid")));
    }

    [Fact]
    public async Task EmulatorsStartedAtOnceDoNotTakeEachOthersPorts()
    {
        var script = Path.Combine(Repository.Root, "infra", "local", "azurite.js");
        var folders = Enumerable.Range(0, 3).Select(run => Directory.CreateDirectory(Path.Combine(_folder, $"run-{run}")).FullName);

        var emulators = await Task.WhenAll(folders.Select(folder => AzuriteProcess.StartAsync(script, folder, TimeProvider.System)));

        Assert.Distinct(emulators.Select(emulator => emulator.ConnectionString));
        foreach (var emulator in emulators)
            await emulator.DisposeAsync();
    }

    [Fact]
    public void TheFirstRunMakesSettingsWithSecretsOfItsOwnAndLaterOnesKeepThem()
    {
        using var folder = DataFolder.Open(Data, reset: false);

        var (apiKey, values) = LocalSettings.Prepare(Sample, folder);

        Assert.Matches("^mod_[A-Za-z0-9_-]{43}$", apiKey);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey))), values["Moderato__ApiKeys__0__Sha256"]);
        Assert.Matches("^[0-9a-f]{64}$", values["Moderato__Sources__0__Secrets__0"]);
        Assert.Matches("^[0-9a-f]{64}$", values["Moderato__Sources__0__VerifyToken"]);
        Assert.NotEqual(values["Moderato__Sources__0__Secrets__0"], values["Moderato__Sources__0__VerifyToken"]);
        Assert.DoesNotContain(values.Values, value => value.Contains('<', StringComparison.Ordinal));

        var again = LocalSettings.Prepare(Sample, folder);
        Assert.Equal(apiKey, again.ApiKey);
        Assert.Equal(values, again.Values);
    }

    [Fact]
    public void OnlyTheOwnerReadsTheKeyAndTheSettings()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = DataFolder.Open(Data, reset: false);

        LocalSettings.Prepare(Sample, folder);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.ApiKeyFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.SettingsFile));
    }

    [Fact]
    public void ResetStartsAfresh()
    {
        string first;
        using (var folder = DataFolder.Open(Data, reset: false))
            first = LocalSettings.Prepare(Sample, folder).ApiKey;
        Directory.CreateDirectory(Path.Combine(Data, "mailbox"));
        File.WriteAllText(Path.Combine(Data, "mailbox", "old.eml"), "");

        using var again = DataFolder.Open(Data, reset: true);

        Assert.False(Directory.Exists(again.Mailbox));
        Assert.NotEqual(first, LocalSettings.Prepare(Sample, again).ApiKey);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFolderWithOtherThingsIsNeverTouched(bool reset)
    {
        var file = Path.Combine(_folder, "thesis.txt");
        File.WriteAllText(file, "mine");

        Assert.Throws<UpException>(() => DataFolder.Open(_folder, reset));

        Assert.Equal(file, Assert.Single(Directory.EnumerateFileSystemEntries(_folder)));
    }

    [Fact]
    public void OneRunAtATimeUsesAFolder()
    {
        using (DataFolder.Open(Data, reset: false))
            Assert.Throws<UpException>(() => DataFolder.Open(Data, reset: true));

        DataFolder.Open(Data, reset: false).Dispose();
    }

    private static async Task<(int Code, string Output, string Errors)> RunScriptAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "infra", "local", "up"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
