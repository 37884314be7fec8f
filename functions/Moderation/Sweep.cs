using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Moderation;

/// <summary>
/// Nothing accepted waits forever unseen: finds comments that have no outcome long after they came and hands them to moderation
/// again. That happens when the app was stopped between storing a comment and enqueuing it. Handing one over too often is harmless,
/// but must not make a long queue longer, hence the patience.
/// </summary>
public sealed partial class Sweep(ISweepStore store, TimeProvider time, ILogger<Sweep> logger)
{
    /// <summary>How old a comment is at least when it is missed, with nothing waiting in the queue.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The same while messages wait: it is probably among them. Also how long until it is handed over once more.</summary>
    public static readonly TimeSpan PatienceInABacklog = TimeSpan.FromMinutes(15);

    /// <summary>A row may be written a little after the time it bears, so recent times are looked at again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>Returns how many comments were handed over again.</summary>
    public async Task<int> RunAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var state = await store.ReadStateAsync(community, cancellationToken);
        var receipts = await store.ReadReceiptsAsync(community, state.SettledThrough, now - Patience, cancellationToken).ToListAsync(cancellationToken);
        var unsettled = await store.UnsettledAsync(community, receipts, cancellationToken);
        var oldest = unsettled.Count == 0 ? TimeSpan.Zero : now - unsettled.Min(r => r.ReceivedAt);
        Meters.WaitsSince(community, oldest);
        if (unsettled.Count > 0)
            Log.Waits(logger, community, (long)oldest.TotalSeconds);

        var due = unsettled.Count == 0 ? [] : Due(unsettled, state, now, await store.WaitingMessagesAsync(cancellationToken));
        var comments = new List<Comment>();
        foreach (var key in due.Select(r => r.Key).Distinct())
        {
            if (await store.FindCommentAsync(community, key, cancellationToken) is { } comment)
                comments.Add(comment);
            else
                Log.Lost(logger, community);
        }
        if (comments.Count > 0)
            await store.EnqueueAsync(comments, cancellationToken);

        // Saved last: stopped before this, the next run hands the same comments over once more.
        await store.SaveStateAsync(community, Next(state, unsettled, due, now), cancellationToken);
        if (comments.Count > 0)
            Log.HandedOver(logger, community, comments.Count);
        return comments.Count;
    }

    private static IReadOnlyList<ReceiptNote> Due(IReadOnlyList<ReceiptNote> unsettled, SweepState state, DateTimeOffset now, int waitingMessages)
    {
        var patience = waitingMessages == 0 ? Patience : PatienceInABacklog;
        var onceMore = now - state.RequeuedAt >= PatienceInABacklog;
        return [.. unsettled.Where(r => r.ReceivedAt <= now - patience && (onceMore || r.ReceivedAt > state.RequeuedThrough))];
    }

    private static SweepState Next(SweepState state, IReadOnlyList<ReceiptNote> unsettled, IReadOnlyList<ReceiptNote> due, DateTimeOffset now)
    {
        var settled = unsettled.Select(r => r.ReceivedAt.AddTicks(-1)).Append(now - Overlap).Min();
        return due.Count == 0
            ? state with { SettledThrough = Max(settled, state.SettledThrough) }
            : new SweepState(Max(settled, state.SettledThrough), due.Max(r => r.ReceivedAt), now);
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Oldest waiting comment of {Community}: {Seconds} s.")]
        public static partial void Waits(ILogger logger, CommunityId community, long seconds);

        [LoggerMessage(LogLevel.Warning, "{Count} comments of {Community} had no outcome and were handed to moderation again.")]
        public static partial void HandedOver(ILogger logger, CommunityId community, int count);

        [LoggerMessage(LogLevel.Error, "A comment of {Community} was received, has no outcome and cannot be found.")]
        public static partial void Lost(ILogger logger, CommunityId community);
    }
}
