using System.Diagnostics;

namespace Moderato.Tests.Support;

/// <summary>The app as it is published: the folder that Azure takes. ./tests/run makes it before the tests.</summary>
public static class PublishedApp
{
    public static string Folder
    {
        get
        {
            var folder = Path.Combine(Repository.Root, "functions", "bin", "app");
            return File.Exists(Path.Combine(folder, "host.json"))
                ? folder
                : throw new InvalidOperationException("The app is not published: run ./tests/run, or dotnet publish functions -c Release -o functions/bin/app.");
        }
    }
}

/// <summary>The published executable, started as the Functions host starts a custom handler.</summary>
public sealed class Handler : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];

    private Handler(Process process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    /// <summary>What it wrote to its console so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<Handler> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var port = FreePort.Take();
        var handler = new Handler(Start(settings, port), port);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (handler._process.HasExited)
                throw new InvalidOperationException($"The handler ended:\n{handler.Output}");
            try
            {
                using var answer = await handler.Client.GetAsync(new Uri("/", UriKind.Relative));
                return handler;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
        throw new InvalidOperationException($"The handler did not answer within 30 s:\n{handler.Output}");
    }

    /// <summary>Starts it where it cannot run: its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> FailAsync(IReadOnlyDictionary<string, string?> settings, int? port)
    {
        using var process = Start(settings, port);
        var output = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        return (process.ExitCode, output);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(IReadOnlyDictionary<string, string?> settings, int? port)
    {
        var start = new ProcessStartInfo(Path.Combine(PublishedApp.Folder, "Moderato"))
        {
            UseShellExecute = false,
            WorkingDirectory = PublishedApp.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = PublishedApp.Folder;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = "worker";
        if (port is not null)
            start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Process.Start(start) ?? throw new InvalidOperationException("The handler did not start.");
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
    }
}
