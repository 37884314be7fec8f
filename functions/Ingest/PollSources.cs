using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Ingest.Platforms;

namespace Moderato.Ingest;

/// <summary>
/// Every minute: asks the platforms that call nobody what is new, each in its own interval. The cursor is saved last: stopped before,
/// the next run reads the same again, and what is known changes nothing. One platform's trouble does not stop the others; it is left
/// alone for as long as it wishes, or twice as long after each failure.
/// </summary>
public sealed partial class PollSources(
    Sources sources, IPollStore store, Receiving receiving, PlatformHttp http, TimeProvider time, ILogger<PollSources> logger)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    [Function("PollSources")]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var source in sources.All)
        {
            if (Connectors.PollerOf(source.Platform, source.Token) is not { } connector)
                continue;
            try
            {
                await PollAsync(connector, source, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Broke(logger, failure, source.Platform, source.Id);
                failures.Add(failure);
            }
        }
        if (failures.Count > 0)
            throw new AggregateException($"{failures.Count} sources could not be asked.", failures);
    }

    private async Task PollAsync(IPolledConnector connector, Source source, CancellationToken cancellationToken)
    {
        var state = await store.ReadAsync(source, cancellationToken);
        var now = time.GetUtcNow();
        if (state.NextAt > now)
            return;

        var delivery = new Delivery(source, sources, now);
        try
        {
            var cursor = await connector.PollAsync(http, source, state.Cursor, delivery, cancellationToken);
            await receiving.ReceiveAsync(delivery, cancellationToken);
            await store.SaveAsync(source, new PollState(cursor, now + connector.Interval, 0), cancellationToken);
        }
        catch (PlatformException failure)
        {
            // What came before the failure is worth keeping; the cursor stays where it was.
            await receiving.ReceiveAsync(delivery, cancellationToken);
            var wait = Max(failure.RetryAfter ?? TimeSpan.Zero, failure.Kind == FailureKind.Later ? WaitAfter(state.Failures) : LongestWait);
            await store.SaveAsync(source, state with { NextAt = now + wait, Failures = state.Failures + 1 }, cancellationToken);
            Log.Failed(logger, source.Platform, source.Id, failure.Kind, failure.Message, wait);
        }
    }

    private static TimeSpan WaitAfter(int failures) => Min(ShortestWait * Math.Pow(2, Math.Min(failures, 10)), LongestWait);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Platform} {Source} could not be asked.")]
        public static partial void Broke(ILogger logger, Exception exception, PlatformId platform, string source);

        [LoggerMessage(LogLevel.Warning, "{Platform} {Source} could not be asked ({Kind}: {Reason}); the next time is in {Wait}.")]
        public static partial void Failed(ILogger logger, PlatformId platform, string source, FailureKind kind, string reason, TimeSpan wait);
    }
}
