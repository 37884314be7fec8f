using System.Net;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Moderato.Local.Host;

/// <summary>
/// Stands in for the Azure Functions host on one machine, over the custom-handler contract: starts and supervises the handler,
/// forwards HTTP, listens on queues, fires timers. Disposing of it drains: it takes nothing new, finishes what runs, then ends the
/// handler.
/// </summary>
public sealed class LocalHost : IAsyncDisposable
{
    /// <summary>The release of the Functions host whose behaviour this follows; sent along as that host does.</summary>
    public const string Version = "4.1037.0.0";

    /// <summary>Azure's bound on a request's body.</summary>
    private const long LongestBody = 100 * 1024 * 1024;

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly LocalHostOptions _options;
    private readonly HostConsole _console;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 256 }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly HandlerProcess _handler;
    private readonly WebApplication _web;
    private readonly List<(TimerFunction Function, TimerListener Listener)> _timers = [];
    private readonly List<Task> _listening = [];
    private readonly FunctionsApp _app;

    private LocalHost(LocalHostOptions options, FunctionsApp app)
    {
        (_options, _app) = (options, app);
        _console = new HostConsole(options.Output, options.Time);
        _handler = new HandlerProcess(app, options, _console, _http);
        _web = BuildWeb();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>While true, the console only says what went wrong.</summary>
    public bool IsQuiet
    {
        get => _console.IsQuiet;
        set => _console.IsQuiet = value;
    }

    /// <summary>The handler's process id; it changes when the handler is started again.</summary>
    public int? HandlerProcessId => _handler.ProcessId;

    /// <summary>Starts everything and waits until the handler answers.</summary>
    /// <exception cref="LocalHostException">The app, its settings or the port cannot be used; the message says why.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(options.DataFolder);
        var host = new LocalHost(options, FunctionsApp.Read(options.AppFolder));
        try
        {
            var listeners = host.Listeners();
            await host._web.StartAsync(cancellationToken);
            await host._handler.StartAsync(cancellationToken);
            host._listening.AddRange(listeners.Select(listen => Task.Run(listen, CancellationToken.None)));
            return host;
        }
        catch (IOException inUse) when (inUse.InnerException is AddressInUseException)
        {
            await host.DisposeAsync();
            throw new LocalHostException($"Port {options.Port} is in use. Choose another with --port.");
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(_options.Drain, _options.Time);
        await using (patience.Token.Register(_aborted.Cancel))
            await Task.WhenAll(_listening);
        await _web.StopAsync(patience.Token);
        await _handler.DisposeAsync();
        await _web.DisposeAsync();
        foreach (var (_, listener) in _timers)
            listener.Dispose();
        _http.Dispose();
        _stopping.Dispose();
        _aborted.Dispose();
    }

    private WebApplication BuildWeb()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Listen(IPAddress.Loopback, _options.Port);
        });
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        var web = builder.Build();

        var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false });
        new HttpForwarding(_handler, web.Services.GetRequiredService<IHttpForwarder>(), client, _console).Map(web, _app);
        web.MapPost("/admin/functions/{name}", RunNowAsync);
        return web;
    }

    /// <summary>Everything that listens, checked before any of it starts.</summary>
    private List<Func<Task>> Listeners()
    {
        var invoker = new Invoker(_handler, _http, _app, _options.Time);
        var problems = new List<string>();
        var listeners = new List<Func<Task>>();
        foreach (var function in _app.Functions.OfType<QueueFunction>())
        {
            if (!_options.Settings.TryGetValue(function.Connection, out var connection) || connection.Length == 0)
            {
                problems.Add($"The setting {function.Connection}, which {function.Name} needs for its queue, is missing.");
                continue;
            }
            // Encoded and decoded here: a message that is not base64 must still reach the poison queue as it is.
            var service = new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });
            var listener = new QueueListener(function, service, invoker, _handler, _app.Queues, _options, _console);
            listeners.Add(() => listener.RunAsync(_stopping.Token, _aborted.Token));
        }

        var zone = ZoneOf(problems);
        foreach (var function in _app.Functions.OfType<TimerFunction>())
        {
            try
            {
                var listener = new TimerListener(function, TimerSchedule.Parse(Resolve(function.Schedule), zone), invoker, _options, _console);
                _timers.Add((function, listener));
                listeners.Add(() => listener.RunAsync(_stopping.Token, _aborted.Token));
            }
            catch (LocalHostException wrong)
            {
                problems.Add($"{function.Name}/function.json: schedule: {wrong.Message}");
            }
        }
        return problems.Count == 0 ? listeners : throw new LocalHostException(problems);
    }

    private TimeZoneInfo ZoneOf(List<string> problems)
    {
        if (!_options.Settings.TryGetValue("WEBSITE_TIME_ZONE", out var name) || name.Length == 0)
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        problems.Add($"The setting WEBSITE_TIME_ZONE is '{name}'; it must be an IANA name such as Europe/Rome.");
        return TimeZoneInfo.Utc;
    }

    /// <summary><c>%NAME%</c> stands for a setting.</summary>
    private string Resolve(string text) =>
        text.Length > 2 && text[0] == '%' && text[^1] == '%' && _options.Settings.TryGetValue(text[1..^1], out var value) ? value : text;

    /// <summary>As in the Functions host: runs a function that is not triggered by HTTP, now.</summary>
    private async Task<IResult> RunNowAsync(string name, CancellationToken cancellationToken)
    {
        var timer = _timers.Find(t => t.Function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (timer.Listener is null)
            return Results.NotFound();
        var result = await timer.Listener.RunNowAsync(cancellationToken);
        _console.Say(timer.Function.Name, result.Succeeded ? "ran (asked for)" : $"failed: {result.Why}");
        return result.Succeeded ? Results.Accepted() : Results.StatusCode(StatusCodes.Status500InternalServerError);
    }
}
