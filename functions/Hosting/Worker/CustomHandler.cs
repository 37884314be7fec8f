using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Moderato.Hosting.Worker;

/// <summary>
/// The custom-handler contract of the Functions host, our side of it: HTTP requests arrive as their caller sent them, below the
/// route prefix; every other trigger arrives as <c>POST /{function}</c>. Any status but 200 is a failed invocation there, and the
/// host then tries a queue message again.
/// </summary>
internal static partial class CustomHandler
{
    public static void Map(WebApplication app, IEnumerable<FunctionDescriptor> functions, string routePrefix)
    {
        foreach (var invoker in functions.Select(f => new FunctionInvoker(f)))
        {
            if (invoker.Function.Trigger is HttpTriggerAttribute http)
                MapHttp(app, invoker, http, routePrefix);
            else
                MapInvocation(app, invoker);
        }
    }

    private static void MapHttp(WebApplication app, FunctionInvoker invoker, HttpTriggerAttribute http, string routePrefix)
    {
        var route = $"/{routePrefix}/{FunctionCatalog.RouteOf(invoker.Function, http)}";
        var function = invoker.Function.Name;
        var endpoint = http.Methods is { Length: > 0 } methods
            ? app.MapMethods(route, methods, Handle)
            : app.Map(route, Handle);
        endpoint.WithDisplayName(function);

        async Task Handle(HttpContext context)
        {
            using var span = Spans.Request(context, function, route);
            var (began, error) = (Stopwatch.GetTimestamp(), (string?)null);
            try
            {
                await invoker.InvokeAsync(context);
            }
            catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
            {
                // Kestrel's own refusals: a body over its limit, or one that ended before its announced length.
                await Problem.OfStatus(refused.StatusCode, "The request could not be read: its body is too long or incomplete.")
                    .ExecuteAsync(context);
            }
            catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                error = exception.GetType().Name;
                Log.Failed(LoggerOf(context, invoker), exception, function);
                await Problem.Unavailable().ExecuteAsync(context);
            }
            finally
            {
                span.Answered(context.Response.StatusCode);
                Meters.Invoked(function, "http", Stopwatch.GetElapsedTime(began), error);
            }
        }
    }

    private static void MapInvocation(WebApplication app, FunctionInvoker invoker)
    {
        app.MapPost($"/{invoker.Function.Name}", async context =>
        {
            var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped;
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            var id = context.Request.Headers["X-Azure-Functions-InvocationId"].FirstOrDefault() ?? context.TraceIdentifier;
            using var watched = new WatchedInvocation(context, invoker.Function);
            try
            {
                using var request = await InvocationRequest.ReadAsync(context.Request.Body, cancellation.Token);
                watched.Begin(request);
                await invoker.InvokeAsync(request, id, context.RequestServices, cancellation.Token);
                await AnswerAsync(context, StatusCodes.Status200OK, []);
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                watched.Failed(exception);
                Log.Failed(LoggerOf(context, invoker), exception, invoker.Function.Name);
                await AnswerAsync(context, StatusCodes.Status500InternalServerError, [$"{invoker.Function.Name} failed: {exception.GetType().Name}"]);
            }
        });
    }

    private static Task AnswerAsync(HttpContext context, int status, string[] logs)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Answer([], logs, null), Pascal, context.RequestAborted);
    }

    /// <summary>The host reads these names as they stand here.</summary>
    private static readonly JsonSerializerOptions Pascal = new();

    private sealed record Answer(Dictionary<string, object> Outputs, string[] Logs, object? ReturnValue);

    private static ILogger LoggerOf(HttpContext context, FunctionInvoker invoker) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(invoker.Function.Class);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Function} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string function);
    }
}
