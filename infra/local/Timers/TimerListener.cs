using System.Text.Json.Nodes;
using Moderato.Local.Hosting;

namespace Moderato.Local.Timers;

/// <summary>Runs one timer function on its schedule, and when told; never twice at the same time.</summary>
internal sealed class TimerListener(
    TimerFunction function, string dataFolder, bool runsWhenForgotten, Handler handler, Invoker invoker, TimeProvider time)
    : IListener, IDisposable
{
    /// <summary>Waits are cut, so that a machine that slept or whose clock was set is not believed to be on time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly TimerStatusFile _file = new(dataFolder, function.Name);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private TimerStatus? _status;

    public string Name => function.Name;

    /// <inheritdoc/>
    public async Task ListenAsync(CancellationToken stopping, CancellationToken abandon)
    {
        var kept = function.UseMonitor ? await _file.ReadAsync() : null;
        if (Next() is not { } next)
            return;

        var missed = kept is null ? runsWhenForgotten && function.UseMonitor : kept.Next <= time.GetUtcNow();
        _status = new TimerStatus(kept?.Last ?? default, missed ? kept?.Next ?? time.GetUtcNow() : next, kept?.LastUpdated ?? default);
        await SaveAsync();
        if (missed || function.RunOnStartup)
            await RunScheduledAsync(missed, stopping, abandon);

        while (await WaitAsync(_status.Next, stopping))
            await RunScheduledAsync(isPastDue: false, stopping, abandon);
    }

    /// <summary>Runs it now; the schedule goes on as if nothing happened.</summary>
    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> RunNowAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await invoker.InvokeAsync(function, Body(isPastDue: false), "by hand", cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private DateTimeOffset? Next() => function.Schedule.NextAfter(time.GetUtcNow()) is { } next ? function.Schedule.Local(next) : null;

    private async Task RunScheduledAsync(bool isPastDue, CancellationToken stopping, CancellationToken abandon)
    {
        try
        {
            await handler.WhenUpAsync(stopping);
            await _oneAtATime.WaitAsync(stopping);
            try
            {
                // A failed run is reported by the invoker; the next one comes on schedule all the same.
                _ = await invoker.InvokeAsync(function, Body(isPastDue), isPastDue ? "missed run" : "on schedule", abandon);
            }
            finally
            {
                _oneAtATime.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The host ends. The status still says that the run is due: it is made up for after the next start.
            return;
        }

        var now = function.Schedule.Local(time.GetUtcNow());
        _status = new TimerStatus(now < _status!.Next ? now : _status.Next, Next() ?? DateTimeOffset.MaxValue, now);
        await SaveAsync();
    }

    private Task SaveAsync() => function.UseMonitor ? _file.WriteAsync(_status!) : Task.CompletedTask;

    /// <returns>False if the host stops first.</returns>
    private async Task<bool> WaitAsync(DateTimeOffset until, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return true;
            // A whole millisecond at least: a shorter wait would end before its time, again and again.
            var wait = left > LongestWait ? LongestWait : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private byte[] Body(bool isPastDue)
    {
        var data = new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = function.UseMonitor ? _status?.ToJson() : null,
            ["IsPastDue"] = isPastDue,
        };
        return InvocationBody.Compose(function, data, [], time.GetUtcNow());
    }
}
