using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Local.Host;

/// <summary>When a timer ran and will run, UTC. Kept in a file, so that a run missed while the host was off is noticed.</summary>
public sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated);

/// <summary>Runs one timer function by its schedule, never twice at once. A run that was missed is made up for once.</summary>
internal sealed class TimerListener(TimerFunction function, TimerSchedule schedule, Invoker invoker, LocalHostOptions options, HostConsole console) : IDisposable
{
    /// <summary>Waits are split, so that a clock that was set or a machine that slept is noticed.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);

    private string StatusFile => Path.Combine(options.DataFolder, "timers", function.Name + ".json");

    public async Task RunAsync(CancellationToken stopping, CancellationToken aborted)
    {
        try
        {
            var status = Read();
            if (function.UseMonitor && status?.Next <= options.Time.GetUtcNow())
                status = await FireAsync(isPastDue: true, status, aborted);
            else if (function.RunOnStartup)
                status = await FireAsync(isPastDue: false, status, aborted);

            while (!stopping.IsCancellationRequested)
            {
                var next = schedule.Next(options.Time.GetUtcNow());
                Save(status = new TimerStatus(status?.Last ?? DateTimeOffset.MinValue, next, options.Time.GetUtcNow()));
                await WaitUntilAsync(next, stopping);
                status = await FireAsync(isPastDue: false, status, aborted);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The status file says when the next run is due.
        }
    }

    /// <summary>Runs it now, whatever its schedule says.</summary>
    public async Task<InvocationResult> RunNowAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await InvokeAsync(isPastDue: false, Read(), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<TimerStatus> FireAsync(bool isPastDue, TimerStatus? status, CancellationToken aborted)
    {
        await _one.WaitAsync(aborted);
        try
        {
            var started = options.Time.GetUtcNow();
            var result = await InvokeAsync(isPastDue, status, aborted);
            console.Say(function.Name, (result.Succeeded ? "ran" : $"failed: {result.Why}") + (isPastDue ? " (made up for a missed run)" : ""));
            var ran = new TimerStatus(started, schedule.Next(options.Time.GetUtcNow()), options.Time.GetUtcNow());
            Save(ran);
            return ran;
        }
        finally
        {
            _one.Release();
        }
    }

    private Task<InvocationResult> InvokeAsync(bool isPastDue, TimerStatus? status, CancellationToken cancellationToken)
    {
        var value = new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = status is null ? null : JsonSerializer.SerializeToNode(status),
            ["IsPastDue"] = isPastDue,
        };
        return invoker.InvokeAsync(function, function.Binding, value, [], cancellationToken);
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken stopping)
    {
        while (due - options.Time.GetUtcNow() is { } left && left > TimeSpan.Zero)
            await Task.Delay(left < LongestWait ? left : LongestWait, options.Time, stopping);
    }

    private TimerStatus? Read() => File.Exists(StatusFile) ? JsonSerializer.Deserialize<TimerStatus>(File.ReadAllText(StatusFile)) : null;

    /// <summary>Written aside and moved into place: a host killed meanwhile leaves the old one whole.</summary>
    private void Save(TimerStatus status)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatusFile)!);
        File.WriteAllText(StatusFile + ".new", JsonSerializer.Serialize(status));
        File.Move(StatusFile + ".new", StatusFile, overwrite: true);
    }
}
