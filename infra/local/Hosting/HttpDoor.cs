using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moderato.Local.Timers;
using Yarp.ReverseProxy.Forwarder;

namespace Moderato.Local.Hosting;

/// <summary>Takes requests on the host's port: those that a function declares go to the handler as they came.</summary>
internal sealed class HttpDoor : IAsyncDisposable
{
    /// <summary>The Functions host's bound for a request's body, 100 MB.</summary>
    private const long LongestBody = 100 * 1024 * 1024;

    private readonly WebApplication _web;

    private HttpDoor(WebApplication web) => _web = web;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <param name="at">Where; port 0 for any free one.</param>
    /// <param name="app">Whose functions answer.</param>
    /// <param name="handler">Where they run.</param>
    /// <param name="http">Reaches it.</param>
    /// <param name="admin">Runs timers when asked; null where nobody may.</param>
    /// <param name="console">Receives a line per request.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PortException">It cannot listen there.</exception>
    public static async Task<HttpDoor> OpenAsync(
        IPEndPoint at, App app, Handler handler, HttpMessageInvoker http, TimerAdmin? admin, HostConsole console, TimeProvider time)
    {
        // The empty builder: nothing of this process's environment or folder configures it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(at);
        });
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<IHostLifetime, EndsWhenTold>();
        var web = builder.Build();

        var forwarding = new Forwarding(
            handler, web.Services.GetRequiredService<IHttpForwarder>(), http, app.Host.FunctionTimeout, LongestBody, console, time);
        foreach (var function in app.Functions.OfType<HttpFunction>())
        {
            var template = $"/{app.Host.RoutePrefix}/{function.Route}";
            Task Answer(HttpContext context) => forwarding.AnswerAsync(function, context);
            _ = function.Methods.Count == 0 ? web.Map(template, Answer) : web.MapMethods(template, function.Methods, Answer);
        }

        if (admin is not null)
            web.MapPost("/admin/functions/{name}", admin.RunAsync);
        try
        {
            await web.StartAsync();
        }
        catch (Exception problem) when (problem is SocketException or IOException { InnerException: AddressInUseException })
        {
            await web.DisposeAsync();
            throw new PortException(problem is SocketException other
                ? $"Nothing can listen on {at}: {other.Message}."
                : string.Create(CultureInfo.InvariantCulture, $"Port {at.Port} is in use."));
        }

        return new HttpDoor(web);
    }

    /// <summary>Accepts no more; what is being answered is answered.</summary>
    public async Task CloseAsync(TimeSpan patience, TimeProvider time)
    {
        using var enough = new CancellationTokenSource(patience, time);
        await _web.StopAsync(enough.Token);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    /// <summary>The host ends in an order of its own; signals are not for the web server alone.</summary>
    private sealed class EndsWhenTold : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>The host cannot listen where it was told to.</summary>
public sealed class PortException(string message) : Exception(message);
