using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moderato.Local.Demo;

namespace Moderato.Local.Up;

/// <summary>Starts the storage emulator, the mail server and the app, says how to use them, and ends them in order.</summary>
internal static class UpRun
{
    /// <summary>The sample settings' first source: the demo plays its platform.</summary>
    private const string SecretSetting = "Moderato__Sources__0__Secrets__0";
    private const string SourceSetting = "Moderato__Sources__0__Id";

    /// <returns>0 when ended by a signal; the demo's code with --once; 1 if the app does not start; 2 for what the caller can mend.</returns>
    public static Task<int> RunAsync(UpOptions options, TextWriter output, TextWriter errors, TimeProvider time) =>
        // With --once, being told to end before the demo is over is no success.
        UntilEnded.RunAsync(ending => ServeAsync(options, output, time, ending), errors, options.Once ? UntilEnded.Failed : 0);

    private static async Task<int> ServeAsync(UpOptions options, TextWriter output, TimeProvider time, CancellationToken ending)
    {
        RequirePort(options.Port);
        using var folder = DataFolder.Open(options.Data, options.Reset);
        var (apiKey, settings) = LocalSettings.Prepare(Path.Combine(options.Repository, "local.settings.sample.json"), folder);

        await output.WriteLineAsync("Starting the storage emulator...");
        await using var azurite = await AzuriteProcess.StartAsync(
            Path.Combine(options.Repository, "infra", "local", "azurite.js"), folder.Path, time);
        await using var mailbox = await MailboxProcess.StartAsync(Path.Combine(options.Repository, "infra", "local", "mailbox.js"), folder.Mailbox, time);
        await output.WriteLineAsync("Starting the app...");
        await using var host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                AppFolder = options.App,
                DataFolder = folder.Path,
                Port = options.Port,
                SettingsFile = folder.SettingsFile,
                // They differ from run to run, so they are not in the settings file.
                Settings = new Dictionary<string, string>(mailbox.Settings)
                {
                    ["AzureWebJobsStorage"] = azurite.ConnectionString,
                    ["Moderato__Address"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}"),
                },
                Output = output,
                Time = time,
            },
            ending);
        await output.WriteLineAsync(Welcome.Text(host.Address, apiKey, mailbox.Page, folder));
        if (options.Demo)
        {
            host.IsQuiet = true; // the demo speaks for itself
            await output.WriteLineAsync(await DemoPolicy.PutAsync(host.Address, apiKey, ending));
            var result = await DemoRun.RunAsync(
                host.Address, apiKey, settings.GetValueOrDefault(SecretSetting, ""), settings.GetValueOrDefault(SourceSetting, ""), mailbox.Page, output, time, ending);
            host.IsQuiet = false;
            if (options.Once)
                return result;
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.WriteLineAsync("Ending: finishing what runs...");
        return 0;
    }

    /// <summary>Asked before anything is touched; the host itself takes the port a little later.</summary>
    private static void RequirePort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException)
        {
            throw new UpException(
                string.Create(CultureInfo.InvariantCulture, $"Port {port} is in use: end what listens there, or choose another with --port."));
        }
    }
}
