using System.Net;
using System.Net.Sockets;
using Moderato.Local.Demo;
using Moderato.Local.Host;

namespace Moderato.Local.Up;

/// <summary>What <c>./infra/local/up</c> was asked for. The script has checked it.</summary>
/// <param name="Repository">The project's folder.</param>
/// <param name="App">The published app's folder.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Port">Where to listen on 127.0.0.1.</param>
/// <param name="Reset">Whether to begin with an empty data folder.</param>
/// <param name="Demo">Whether to send the sample comments.</param>
/// <param name="Once">Whether to end after the demo.</param>
internal sealed record UpCommand(string Repository, string App, string Data, int Port, bool Reset, bool Demo, bool Once)
{
    /// <summary>The sample settings' first source: the demo plays its platform.</summary>
    private const string SecretSetting = "Moderato__Sources__0__Secrets__0";
    private const string SourceSetting = "Moderato__Sources__0__Id";

    /// <summary>Starts storage and host, says what to do next, and serves until it is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(TextWriter output, TimeProvider time, CancellationToken stopping)
    {
        if (!IsFree(Port))
            throw new LocalHostException($"Port {Port} is in use. Choose another with --port.");

        using var data = DataFolder.Open(Data, Reset);
        var key = data.ApiKey();
        var settings = data.Settings(Path.Combine(Repository, "local.settings.sample.json"));
        await using var storage = await AzuriteProcess.StartAsync(Path.Combine(Repository, "infra", "local"), data.Azurite, time, stopping);
        settings["AzureWebJobsStorage"] = storage.ConnectionString;
        await using var host = await LocalHost.StartAsync(
            new LocalHostOptions { AppFolder = App, DataFolder = data.Path, Port = Port, Settings = settings, Output = output, Time = time }, stopping);

        Welcome.Print(output, host.Address, key, data);
        if (Demo)
        {
            host.IsQuiet = true; // the demo speaks for itself
            var result = await DemoRun.RunAsync(
                host.Address, key, settings.GetValueOrDefault(SecretSetting, ""), settings.GetValueOrDefault(SourceSetting, ""), data.Path, output, time, stopping);
            host.IsQuiet = false;
            if (Once)
                return result;
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        output.WriteLine("Stopping…");
        return 0;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
