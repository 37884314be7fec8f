using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Moderato.Local.Host;

/// <summary>
/// The custom handler: started with the variables that the Functions host sets, waited for until it answers anything over HTTP, and
/// started again when it ends. One handler runs at a time; one that an earlier, killed host left behind is ended first.
/// </summary>
internal sealed class HandlerProcess(FunctionsApp app, LocalHostOptions options, HostConsole console, HttpClient http) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LivedWell = TimeSpan.FromSeconds(30);
    private const int LinesRemembered = 20;
    private const int TriesToStart = 3;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<string> _lastLines = new();
    private volatile TaskCompletionSource<Uri> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private Task _supervision = Task.CompletedTask;

    /// <summary>Its address, or null while it is down.</summary>
    public Uri? Address => _up.Task.IsCompletedSuccessfully ? _up.Task.Result : null;

    public int? ProcessId => _process?.Id;

    private string PidFile => Path.Combine(options.DataFolder, "handler.pid");

    public Task<Uri> WaitUntilUpAsync(CancellationToken cancellationToken) => _up.Task.WaitAsync(cancellationToken);

    /// <summary>Starts it and waits for its first answer.</summary>
    /// <exception cref="LocalHostException">It ended before it ever answered, several times or because of its settings.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        EndLeftover();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _supervision = SuperviseAsync(first);
        await first.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervision;
        _stopping.Dispose();
    }

    private async Task SuperviseAsync(TaskCompletionSource first)
    {
        var pause = FirstPause;
        for (var failures = 0; !_stopping.IsCancellationRequested;)
        {
            var started = options.Time.GetTimestamp();
            _process?.Dispose();
            var process = _process = Launch(out var address);
            var answered = await WaitForAnswerAsync(process, address);
            if (answered)
            {
                _up.TrySetResult(address);
                console.Say("app", first.TrySetResult() ? "is up" : "is up again");
                await WaitForEndAsync(process);
                _up = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            if (_stopping.IsCancellationRequested)
                break;

            await EndAsync(process);
            failures = answered ? 0 : failures + 1;
            if (!first.Task.IsCompleted && (failures == TriesToStart || process.ExitCode == 2)) // 2: its settings are wrong, and stay so
            {
                first.TrySetException(new LocalHostException(
                    $"The app ended with code {process.ExitCode} before it was up. It said:{Environment.NewLine}{string.Join(Environment.NewLine, LastLines())}"));
                break;
            }
            pause = options.Time.GetElapsedTime(started) >= LivedWell ? FirstPause : Min(pause * 2, LongestPause);
            console.Say("app", $"ended with code {process.ExitCode}; starting it again in {pause.TotalSeconds:0.#} s");
            await Task.Delay(pause, options.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (_process is { } last)
            await StopAsync(last);
        _process?.Dispose();
        File.Delete(PidFile);
    }

    private Process Launch(out Uri address)
    {
        var port = FreePort();
        address = new Uri($"http://127.0.0.1:{port}/");
        // Ctrl-C reaches every process of a terminal at once; the handler must not hear it, since it is to finish what runs and is
        // then asked to end. An ignored signal stays ignored through exec, and the process keeps its id.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT; exec \"$0\" \"$@\"", app.Executable])
        {
            UseShellExecute = false,
            WorkingDirectory = app.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in app.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in options.Settings)
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = Guid.NewGuid().ToString();
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = app.Folder;

        var process = Process.Start(start) ?? throw new LocalHostException($"{app.Executable} did not start.");
        process.OutputDataReceived += (_, e) => Pass(e.Data);
        process.ErrorDataReceived += (_, e) => Pass(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        File.WriteAllText(PidFile, process.Id.ToString(CultureInfo.InvariantCulture));
        return process;
    }

    /// <summary>As the Functions host: any status counts, for 30 s at most.</summary>
    private async Task<bool> WaitForAnswerAsync(Process process, Uri address)
    {
        var started = options.Time.GetTimestamp();
        while (!process.HasExited && !_stopping.IsCancellationRequested && options.Time.GetElapsedTime(started) < StartPatience)
        {
            try
            {
                using var answer = await http.GetAsync(address, _stopping.Token);
                return true;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), options.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        return false;
    }

    private async Task WaitForEndAsync(Process process) =>
        await process.WaitForExitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end as Azure does, and ends it when it takes too long.</summary>
    private async Task StopAsync(Process process)
    {
        if (!process.HasExited)
        {
            using var asking = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await asking.WaitForExitAsync();
            using var patience = new CancellationTokenSource(StopPatience, options.Time);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await EndAsync(process);
    }

    /// <summary>A host that was killed could not end its handler. Only a process that runs this very executable is one.</summary>
    private void EndLeftover()
    {
        if (!File.Exists(PidFile) || !int.TryParse(File.ReadAllText(PidFile), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return;
        try
        {
            using var leftover = Process.GetProcessById(id);
            if (leftover.MainModule?.FileName == Path.GetFullPath(app.Executable))
            {
                leftover.Kill();
                leftover.WaitForExit();
                console.Say("app", "one left over from an earlier run is ended");
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It is gone, or it is somebody else's process by now.
        }
    }

    private void Pass(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesRemembered)
                _lastLines.Dequeue();
        }
        console.Pass(line);
    }

    private string[] LastLines()
    {
        lock (_lastLines)
            return [.. _lastLines];
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
