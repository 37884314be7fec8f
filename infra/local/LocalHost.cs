using System.Net;
using Moderato.Local.Hosting;
using Moderato.Local.Queues;
using Moderato.Local.Timers;

namespace Moderato.Local;

/// <summary>
/// Stands in for the Azure Functions host on one machine: runs a published app as a custom handler, over the same contract.
/// </summary>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly LocalHostOptions _options;
    private readonly HostConsole _console;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    });

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly Handler _handler;
    private readonly List<TimerListener> _timers;
    private readonly List<QueueListener> _queues;
    private HttpDoor? _door;
    private List<Task> _listening = [];
    private Task? _stopped;

    private LocalHost(LocalHostOptions options, App app)
    {
        _options = options;
        _console = new HostConsole(options.Output, options.WholeLogLines, options.Time);
        var patience = new HandlerPatience(options.HandlerStartPatience, options.HandlerExitPatience);
        _handler = new Handler(app, options.DataFolder, patience, _http, _console, options.Time);

        var invoker = new Invoker(_handler, _http, app.Host.FunctionTimeout, _console, options.Time);
        var pace = new QueuePace(options.QueueLease, options.QueueLeaseRenewal, options.FirstPollingInterval);
        _timers = [.. app.Functions.OfType<TimerFunction>()
            .Select(f => new TimerListener(f, options.DataFolder, options.RunsForgottenTimers, _handler, invoker, options.Time))];
        _queues = [.. app.Functions.OfType<QueueFunction>()
            .Select(f => new QueueListener(f, app.Host.Queues, pace, _handler, invoker, _console, options.Time))];
    }

    /// <summary>Where requests are taken.</summary>
    public Uri Address => (_door ?? throw new InvalidOperationException("The host has not started.")).Address;

    /// <summary>While true, the console only says what went wrong.</summary>
    public bool IsQuiet
    {
        get => _console.IsQuiet;
        set => _console.IsQuiet = value;
    }

    /// <summary>The handler's process id; null while it is down, another one when it is up again.</summary>
    public int? HandlerProcessId => _handler.Address is null ? null : _handler.Pid;

    /// <summary>Starts the app and waits until it answers.</summary>
    /// <exception cref="AppException">Something is wrong with the app's files; every problem is listed.</exception>
    /// <exception cref="PortException">It cannot listen there, most often since somebody else does. Nothing was started.</exception>
    /// <exception cref="HandlerException">The handler ended again and again without ever answering.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken = default)
    {
        var app = App.Read(options.AppFolder, options.SettingsFile, options.Settings).With(options.Triggers);
        Directory.CreateDirectory(options.DataFolder);
        var host = new LocalHost(options, app);
        try
        {
            await host.StartAsync(app, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Drains: takes nothing more, finishes what runs as long as <see cref="LocalHostOptions.Drain"/> lasts, closes the port,
    /// ends the handler.
    /// </summary>
    public Task StopAsync() => _stopped ??= DrainAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_door is not null)
            await _door.DisposeAsync();
        _timers.ForEach(timer => timer.Dispose());
        _http.Dispose();
        _stopping.Dispose();
        _abandon.Dispose();
    }

    private async Task StartAsync(App app, CancellationToken cancellationToken)
    {
        // The port comes first: where it is taken, perhaps by a host with this very data folder, nothing may be touched.
        var admin = _options.Admin && IPAddress.IsLoopback(_options.Address) ? new TimerAdmin(app.Functions, _timers, _handler) : null;
        _door = await HttpDoor.OpenAsync(new IPEndPoint(_options.Address, _options.Port), app, _handler, _http, admin, _console, _options.Time);
        await _handler.EndLeftOverAsync();
        await _handler.StartAsync(cancellationToken);
        _listening = [.. _queues.Concat<IListener>(_timers).Select(ListenAsync)];
    }

    /// <summary>One listener that fails stops neither the others nor the draining.</summary>
    private async Task ListenAsync(IListener listener)
    {
        try
        {
            await listener.ListenAsync(_stopping.Token, _abandon.Token);
        }
        catch (Exception failure)
        {
            _console.Trouble(listener.Name, $"is listened to no more: {failure.GetType().Name}: {failure.Message}");
        }
    }

    private async Task DrainAsync()
    {
        await _stopping.CancelAsync();
        var listening = Task.WhenAll(_listening);
        try
        {
            await listening.WaitAsync(_options.Drain, _options.Time);
        }
        catch (TimeoutException)
        {
            await _abandon.CancelAsync();
        }

        if (_door is not null)
            await _door.CloseAsync(_options.Drain, _options.Time);
        await _handler.DisposeAsync();
        await listening;
    }
}
