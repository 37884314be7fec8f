using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Moderato.Local.Hosting;

/// <summary>
/// The custom handler's process: started with the variables of the contract, asked until it answers, started again when it ends,
/// ended together with the host.
/// </summary>
internal sealed class Handler : IAsyncDisposable
{
    private const int SilentStarts = 3;

    /// <summary>The exit code of a program that was given something it cannot use.</summary>
    private const int WrongSettings = 2;
    private const int LinesKept = 20;
    private static readonly TimeSpan AnswerPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProvenAfter = TimeSpan.FromSeconds(30);

    private readonly HostFile _app;
    private readonly string _appFolder;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly PidFile _pidFile;
    private readonly HandlerPatience _patience;
    private readonly HttpMessageInvoker _http;
    private readonly HostConsole _console;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<string> _lastLines = new();
    private readonly string _workerId = Guid.NewGuid().ToString();
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Replaced whenever it goes down; completed with the address while it is up.
    private volatile TaskCompletionSource<Uri> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ChildProcess? _process;
    private Task _running = Task.CompletedTask;

    public Handler(
        App app, string dataFolder, HandlerPatience patience, HttpMessageInvoker http, HostConsole console, TimeProvider time)
    {
        (_app, _appFolder, _settings) = (app.Host, app.Folder, app.Settings.Values);
        _pidFile = new PidFile(Path.Combine(dataFolder, "handler.pid"), app.Host.Executable);
        (_patience, _http, _console, _time) = (patience, http, console, time);
    }

    /// <summary>Where it answers; null while it is down.</summary>
    public Uri? Address => _up.Task is { IsCompletedSuccessfully: true } up ? up.Result : null;

    /// <summary>Its process id; null before its first start and while it waits to be started again.</summary>
    public int? Pid => _process?.Id;

    /// <summary>Waits until it answers.</summary>
    public Task<Uri> WhenUpAsync(CancellationToken cancellationToken) => _up.Task.WaitAsync(cancellationToken);

    /// <summary>Ends the handler of an earlier host that was killed, if it still runs.</summary>
    public async Task EndLeftOverAsync()
    {
        using var leftOver = _pidFile.FindRunning();
        if (leftOver is null)
            return;
        leftOver.Kill(entireProcessTree: true);
        await leftOver.WaitForExitAsync();
        _console.Trouble("handler", string.Create(CultureInfo.InvariantCulture, $"process {leftOver.Id} was left over from an earlier run; ended it"));
    }

    /// <summary>Starts it and waits for its first answer.</summary>
    /// <exception cref="HandlerException">It ended three times without ever answering.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _running = KeepRunningAsync();
        // Should supervising itself fail, for want of disk space say, nobody would answer ever.
        await await Task.WhenAny(_firstAnswer.Task, _running).WaitAsync(cancellationToken);
        await _firstAnswer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Asks it to end, and ends it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task KeepRunningAsync()
    {
        var delay = FirstDelay;
        var silent = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var started = _time.GetTimestamp();
            var ended = await RunOnceAsync();
            if (_stopping.IsCancellationRequested)
                return;

            silent = ended.Answered ? 0 : silent + 1;
            var wrongSettings = ended is { Answered: false, ExitCode: WrongSettings };
            if ((silent == SilentStarts || wrongSettings) && !_firstAnswer.Task.IsCompleted)
            {
                _firstAnswer.SetException(new HandlerException(silent, wrongSettings, LastLines()));
                return;
            }

            if (_time.GetElapsedTime(started) >= ProvenAfter)
                delay = FirstDelay;
            _console.Trouble("handler", $"{ended.How}; starts again in {HostConsole.Seconds(delay)}");
            await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private async Task<(bool Answered, int? ExitCode, string How)> RunOnceAsync()
    {
        var port = FreePort();
        ChildProcess process;
        try
        {
            process = ChildProcess.Start(Describe(port), Keep);
        }
        catch (Win32Exception problem)
        {
            Keep(problem.Message);
            return (false, null, "cannot be started");
        }

        using (process)
        {
            var answered = await UntilItEndsAsync(process, port);
            return (answered, process.ExitCode, string.Create(CultureInfo.InvariantCulture, $"ended with code {process.ExitCode}"));
        }
    }

    /// <returns>Whether it ever answered.</returns>
    private async Task<bool> UntilItEndsAsync(ChildProcess process, int port)
    {
        _process = process;
        try
        {
            _pidFile.Write(process.Id);
            var address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
            if (!await AnswersAsync(process, address))
                return false;

            _console.Event("handler", string.Create(CultureInfo.InvariantCulture, $"is up, process {process.Id} on port {port}"));
            _up.SetResult(address);
            _firstAnswer.TrySetResult();
            await process.WaitForExitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
        finally
        {
            await EndAsync(process);
            _process = null;
            _pidFile.Delete();
        }
    }

    private ProcessStartInfo Describe(int port)
    {
        var start = new ProcessStartInfo(_app.Executable, _app.Arguments) { WorkingDirectory = _app.WorkingDirectory };
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = _workerId;
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = _appFolder;
        return start;
    }

    /// <summary>Asks until there is any answer at all, as the Functions host does.</summary>
    private async Task<bool> AnswersAsync(ChildProcess process, Uri address)
    {
        using var patience = new CancellationTokenSource(_patience.FirstAnswer, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
        while (!process.HasExited && !either.IsCancellationRequested)
        {
            try
            {
                using var question = new HttpRequestMessage(HttpMethod.Get, address);
                using var answer = await _http.SendAsync(question, either.Token);
                return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(AnswerPoll, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                break;
            }
        }

        if (patience.IsCancellationRequested)
            Keep($"(no answer for {HostConsole.Seconds(_patience.FirstAnswer)})");
        return false;
    }

    private async Task EndAsync(ChildProcess process)
    {
        process.Terminate();
        await process.EndAsync(_patience.Exit, _time);
    }

    private void Keep(string line)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
                _lastLines.Dequeue();
        }

        _console.Handler(line);
    }

    private string[] LastLines()
    {
        lock (_lastLines)
            return [.. _lastLines];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>How long the handler is waited for.</summary>
/// <param name="FirstAnswer">From its start to any answer.</param>
/// <param name="Exit">From SIGTERM to its end; then it is killed.</param>
internal sealed record HandlerPatience(TimeSpan FirstAnswer, TimeSpan Exit);
