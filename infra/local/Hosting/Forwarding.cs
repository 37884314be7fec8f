using System.Globalization;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Moderato.Local.Hosting;

/// <summary>Hands a request to the handler byte by byte, and its answer back.</summary>
internal sealed class Forwarding
{
    private readonly Handler _handler;
    private readonly IHttpForwarder _forwarder;
    private readonly ForwarderRequestConfig _config;
    private readonly long _longestBody;
    private readonly HostConsole _console;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public Forwarding(
        Handler handler, IHttpForwarder forwarder, HttpMessageInvoker http, TimeSpan? functionTimeout, long longestBody,
        HostConsole console, TimeProvider time)
    {
        (_handler, _forwarder, _http, _longestBody, _console, _time) = (handler, forwarder, http, longestBody, console, time);
        _config = new ForwarderRequestConfig { ActivityTimeout = functionTimeout ?? Timeout.InfiniteTimeSpan };
    }

    public async Task AnswerAsync(HttpFunction function, HttpContext context)
    {
        var started = _time.GetTimestamp();
        if (context.Request.ContentLength > _longestBody)
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        else if (_handler.Address is { } address)
            await ForwardAsync(address, context);
        else
            AskToComeBack(context.Response);

        if (function.IsHealth && context.Response.StatusCode == StatusCodes.Status200OK)
            return; // asked every few seconds; a line each would bury the others
        var (status, taken) = (context.Response.StatusCode, HostConsole.Milliseconds(_time.GetElapsedTime(started)));
        _console.Event(function.Name, string.Create(CultureInfo.InvariantCulture, $"{context.Request.Method} {status}  {taken}"));
    }

    private async Task ForwardAsync(Uri address, HttpContext context)
    {
        var error = await _forwarder.SendAsync(context, address.ToString(), _http, _config, AddHostHeaders.Instance);
        if (error is ForwarderError.Request && !context.Response.HasStarted)
            AskToComeBack(context.Response);
    }

    /// <summary>A handler that is starting again answers in a second or so; platforms deliver again.</summary>
    private static void AskToComeBack(HttpResponse response)
    {
        response.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "1";
    }

    private sealed class AddHostHeaders : HttpTransformer
    {
        public static readonly AddHostHeaders Instance = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            Replace(proxyRequest, Invoker.InvocationIdHeader, Guid.NewGuid().ToString());
            Replace(proxyRequest, Invoker.HostVersionHeader, Invoker.HostVersion);
        }

        private static void Replace(HttpRequestMessage request, string header, string value)
        {
            request.Headers.Remove(header);
            request.Headers.Add(header, value);
        }
    }
}
