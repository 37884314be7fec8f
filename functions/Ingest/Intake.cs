using System.Collections.Concurrent;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest;

/// <summary>What became of a delivery.</summary>
public enum ReceiptStatus
{
    /// <summary>New, or a new version: it will be judged.</summary>
    Accepted,

    /// <summary>Known already, or older than what is known: nothing changes.</summary>
    Duplicate,
}

/// <summary>The receipt for one delivered comment.</summary>
/// <param name="Status">What became of the delivery.</param>
/// <param name="Comment">The comment as it stands now; its outcome lies under its key and first receipt.</param>
public sealed record Receipt(ReceiptStatus Status, Comment Comment);

/// <summary>
/// Takes deliveries in: the row first, then the queue message, and only then an answer. A delivery may come twice, late, out of
/// order, or after a crash between the two steps; each time the outcome is the same one:
/// <list type="bullet">
/// <item>a comment that is there and has no outcome yet is handed to moderation again (the message may never have been sent);</item>
/// <item>an older version never replaces a newer one; what was removed never comes back.</item>
/// </list>
/// </summary>
public sealed class Intake(IIntakeStore store)
{
    private const int MaxConflicts = 8;

    /// <summary>A batch that is sent again is looked up comment by comment: many at once, but not a thousand.</summary>
    private const int MaxAtOnce = 32;

    /// <summary>Receives comments of one community, in their order. Returns the receipts in the same order.</summary>
    public async Task<IReadOnlyList<Receipt>> ReceiveAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var receipts = new Receipt[arrivals.Count];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken };

        // A batch may hold several versions of one comment: the first of each goes in together, the others follow one by one.
        var firsts = Enumerable.Range(0, arrivals.Count).GroupBy(i => arrivals[i].Comment.Key).Select(g => g.First()).ToList();
        var standing = await store.InsertAsync([.. firsts.Select(i => arrivals[i])], cancellationToken);
        await Parallel.ForEachAsync(firsts.Zip(standing), atOnce, async (first, cancel) =>
        {
            var (i, there) = first;
            // Equal to the tick: stored by this very delivery, in a request that was repeated because its answer was lost.
            receipts[i] = there is null || there.Comment == arrivals[i].Comment
                ? new Receipt(ReceiptStatus.Accepted, arrivals[i].Comment)
                : await MeetAsync(there, arrivals[i], cancel);
        });
        foreach (var i in Enumerable.Range(0, arrivals.Count).Where(i => receipts[i] is null))
        {
            var there = await store.ReadAsync(arrivals[i].Comment.Community, arrivals[i].Comment.Key, cancellationToken);
            receipts[i] = await MeetAsync(there, arrivals[i], cancellationToken);
        }

        var toJudge = new ConcurrentBag<Comment>();
        await Parallel.ForEachAsync(receipts.GroupBy(r => r.Comment.Key), atOnce, async (versions, cancel) =>
        {
            var newest = versions.MaxBy(r => r.Comment.Revision)!.Comment;
            if (versions.Any(r => r.Status == ReceiptStatus.Accepted) || !await store.IsJudgedAsync(newest, cancel))
                toJudge.Add(newest);
        });
        if (!toJudge.IsEmpty)
            await store.EnqueueAsync([.. toJudge], cancellationToken);
        foreach (var same in receipts.CountBy(r => (r.Comment.Community, r.Comment.Key.Platform, r.Status)))
            Meters.Received(same.Key.Community, same.Key.Platform, same.Key.Status == ReceiptStatus.Duplicate, same.Value);
        return receipts;
    }

    private async Task<Receipt> MeetAsync(StandingComment standing, Arrival arriving, CancellationToken cancellationToken)
    {
        var arrival = arriving.Comment;
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (NextVersion(standing.Comment, arrival) is not { } next)
            {
                await store.NoteDuplicateAsync(standing.Comment, arrival.ReceivedAt, cancellationToken);
                return new Receipt(ReceiptStatus.Duplicate, standing.Comment);
            }
            var replaced = await store.ReplaceAsync(standing, next, arriving.EventId, cancellationToken);
            if (replaced == Replacement.Done)
                return new Receipt(ReceiptStatus.Accepted, next);
            standing = await store.ReadAsync(arrival.Community, arrival.Key, cancellationToken);
            if (standing.Comment == next) // replaced by this very delivery, in a request whose answer was lost
                return new Receipt(ReceiptStatus.Accepted, next);
            if (replaced == Replacement.KnownEvent)
            {
                await store.NoteDuplicateAsync(standing.Comment, arrival.ReceivedAt, cancellationToken);
                return new Receipt(ReceiptStatus.Duplicate, standing.Comment);
            }
        }
        throw new InvalidOperationException($"A comment changed {MaxConflicts} times while one delivery of it was received.");
    }

    /// <summary>
    /// The version that a delivery makes of a standing comment; null if it changes nothing. Where the platform gives no times, the
    /// order of arrival is all there is.
    /// </summary>
    internal static Comment? NextVersion(Comment standing, Comment arrival)
    {
        if (standing.Removed)
            return null;
        if (arrival.Removed)
            return (standing with { Revision = standing.Revision + 1, ReceivedAt = arrival.ReceivedAt }).AsTombstone();
        if (arrival.VersionTime < standing.VersionTime || arrival.Text == standing.Text)
            return null;
        if (standing.TextExpired && arrival.VersionTime == standing.VersionTime) // the version whose text was let go
            return null;

        return arrival with
        {
            FirstReceivedAt = standing.FirstReceivedAt,
            Revision = standing.Revision + 1,
            // An edit often comes with less than the first delivery had.
            Channel = arrival.Channel == arrival.Key.Platform.ToString() ? standing.Channel : arrival.Channel,
            Source = arrival.Source ?? standing.Source,
            Author = arrival.Author ?? standing.Author,
            ThreadId = arrival.ThreadId ?? standing.ThreadId,
            ParentId = arrival.ParentId ?? standing.ParentId,
            Permalink = arrival.Permalink ?? standing.Permalink,
            PostCreatedAt = arrival.PostCreatedAt ?? standing.PostCreatedAt,
            CreatedAt = arrival.CreatedAt ?? standing.CreatedAt,
        };
    }
}
