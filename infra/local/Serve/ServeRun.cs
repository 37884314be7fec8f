using System.Collections;
using Moderato.Local.Up;

namespace Moderato.Local.Serve;

/// <summary>Runs a published app on a server, as long as nobody ends it.</summary>
internal static class ServeRun
{
    /// <returns>0 when ended by a signal; 1 if the app does not start; 2 for what the caller can mend.</returns>
    public static Task<int> RunAsync(ServeOptions options, TextWriter output, TextWriter errors, TimeProvider time) =>
        UntilEnded.RunAsync(ending => ServeAsync(options, output, time, ending), errors, whenEndedEarly: 0);

    private static async Task<int> ServeAsync(ServeOptions options, TextWriter output, TimeProvider time, CancellationToken ending)
    {
        using var folder = DataFolder.Open(options.Data, reset: false);
        await using var host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                AppFolder = options.App,
                DataFolder = folder.Path,
                Address = options.Address,
                Port = options.Port,
                Triggers = options.Triggers,
                // What reaches this port may come through a proxy from anywhere.
                Admin = false,
                RunsForgottenTimers = true,
                WholeLogLines = true,
                Settings = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string)v.Value!),
                Output = output,
                Time = time,
            },
            ending);
        await output.WriteLineAsync($"Moderato is up: {host.Address} ({options.Triggers.ToString().ToLowerInvariant()})");
        await Task.Delay(Timeout.InfiniteTimeSpan, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.WriteLineAsync("Ending: finishing what runs...");
        return 0;
    }
}
