using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Hosting.Worker;

/// <summary>One invocation by a queue or a timer, as traces and metrics see it.</summary>
internal sealed class WatchedInvocation(HttpContext context, FunctionDescriptor function) : IDisposable
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private Activity? _span;
    private string? _error;

    /// <summary>The trace goes on from here, as soon as it is known which.</summary>
    public void Begin(InvocationRequest request)
    {
        if (function.Trigger is not QueueTriggerAttribute queue)
        {
            _span = Spans.Timer(context.Request, function.Name);
            return;
        }
        var metadata = request.Metadata();
        _span = Spans.Message(context.Request, function.Name, queue.QueueName, () => request.TextOf(function.TriggerParameter.Name!), metadata.GetValueOrDefault("Id") as string);
        if (DateTimeOffset.TryParse(metadata.GetValueOrDefault("InsertionTime") as string, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var put))
            Meters.Waited(queue.QueueName, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - put);
    }

    public void Failed(Exception exception)
    {
        _error = exception.GetType().Name;
        _span.Fail(_error);
    }

    public void Dispose()
    {
        _span?.Dispose();
        Meters.Invoked(function.Name, function.Trigger is QueueTriggerAttribute ? "pubsub" : "timer", Stopwatch.GetElapsedTime(_began), _error);
    }
}
