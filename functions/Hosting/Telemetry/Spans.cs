using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>
/// The spans of traces: one for each invocation of a function, and one for each request to somebody else. Names and attributes are those of
/// OpenTelemetry's semantic conventions 1.37 (HTTP, FaaS, messaging). They hold routes and hosts, never paths or queries: ids of authors and
/// links that open something stand there. While nobody listens, nothing is made.
/// </summary>
internal static class Spans
{
    /// <summary>The name under which the source and the meter are known.</summary>
    public const string Name = "Moderato";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>A request to an HTTP function; its caller's trace goes on (W3C Trace Context).</summary>
    public static Activity? Request(HttpContext http, string function, string route)
    {
        if (!Source.HasListeners())
            return null;
        var span = Start($"{http.Request.Method} {route}", ActivityKind.Server, ParentOf(http.Request));
        return span?.SetTag("faas.name", function).SetTag("faas.trigger", "http")
            .SetTag("http.request.method", http.Request.Method).SetTag("http.route", route).SetTag("url.scheme", http.Request.Scheme);
    }

    /// <summary>Notes how a request ended.</summary>
    public static void Answered(this Activity? span, int status)
    {
        span?.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            span?.Fail(status.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A message that is worked on; the trace of whoever sent it goes on, so that a comment has one from the webhook to what is done on its platform.</summary>
    public static Activity? Message(HttpRequest invocation, string function, string queue, Func<string> message, string? id)
    {
        if (!Source.HasListeners())
            return null;
        var span = Start($"process {queue}", ActivityKind.Consumer, TraceContext.Of(message()) ?? ParentOf(invocation));
        return span?.SetTag("faas.name", function).SetTag("faas.trigger", "pubsub")
            .SetTag("messaging.system", "azure_storage_queue").SetTag("messaging.operation.name", "process").SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", queue).SetTag("messaging.message.id", id);
    }

    /// <summary>A run of a timer function: a trace of its own, or of the host's.</summary>
    public static Activity? Timer(HttpRequest invocation, string function) =>
        !Source.HasListeners() ? null
        : Start(function, ActivityKind.Internal, ParentOf(invocation))?.SetTag("faas.name", function).SetTag("faas.trigger", "timer");

    /// <summary>A request to a platform, or to one of the user's own systems.</summary>
    public static Activity? Outgoing(string method, Uri? address) =>
        Source.StartActivity($"{method} {address?.Host}", ActivityKind.Client)?
            .SetTag("http.request.method", method).SetTag("server.address", address?.Host).SetTag("server.port", address?.Port);

    /// <summary>A mail that is handed to the mail server.</summary>
    public static Activity? Mail(string host, int port) =>
        Source.StartActivity("send mail", ActivityKind.Client)?
            .SetTag("network.protocol.name", "smtp").SetTag("server.address", host).SetTag("server.port", port);

    /// <summary>Marks a span as failed.</summary>
    /// <param name="span">The span; null if nobody listens.</param>
    /// <param name="kind">A word for the kind of failure, or a type's name: never a message.</param>
    public static void Fail(this Activity? span, string kind) => span?.SetTag("error.type", kind).SetStatus(ActivityStatusCode.Error);

    /// <summary>Whether a span is one of ours, and is kept.</summary>
    public static bool IsOurs(Activity? span) => span is { Recorded: true } && span.Source == Source;

    private static Activity? Start(string name, ActivityKind kind, ActivityContext? parent)
    {
        Activity.Current = null; // the web server's own, which nobody exports: a child of it would hang in the air
        return Source.StartActivity(name, kind, parent ?? default);
    }

    private static ActivityContext? ParentOf(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent) ? parent : null;
}
