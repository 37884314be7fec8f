using Azure;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Intake's store: a comment's row and the notes of its receipt and its event are written in one transaction.</summary>
public sealed class IntakeTables(TableSet tables, CommentsQueue queue) : IIntakeStore
{
    /// <summary>Bytes of the two rows but for the text: ids, names and addresses at their longest, and the frame around them.</summary>
    private const int LargestRest = 40 * 1024;

    /// <summary>The comment, the note of its receipt, the note of its event.</summary>
    private const int MostRowsOfOne = 3;

    /// <summary>As much of a part that cannot be read as one property holds. Whole comments of any platform are shorter.</summary>
    private const int LongestPart = 64 * 1024;

    public async Task<IReadOnlyList<StandingComment?>> InsertAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var standing = new Dictionary<CommentKey, StandingComment>();
        var partitions = arrivals.GroupBy(a => Keys.CommentPartition(a.Comment.Community, a.Comment.Key));
        var inserts = await Task.WhenAll(partitions.SelectMany(InTransactions).Select(c => InsertTogetherAsync(c, cancellationToken)));
        foreach (var there in inserts.SelectMany(i => i))
            standing.Add(there.Comment.Key, there);
        return [.. arrivals.Select(a => standing.GetValueOrDefault(a.Comment.Key))];
    }

    public async Task<Replacement> ReplaceAsync(StandingComment standing, Comment next, string? eventId, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, CommentRow.Of(next), new ETag(standing.Tag)),
            new(TableTransactionActionType.UpsertReplace, CommentRow.Receipt(next)),
        ];
        if (eventId is not null)
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, CommentRow.Event(next, eventId)));
        try
        {
            await tables.Comments.SubmitTransactionAsync(actions, cancellationToken);
            return Replacement.Done;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
        {
            return conflict.Status == 409 ? Replacement.KnownEvent : Replacement.Conflict;
        }
    }

    public async Task<StandingComment> ReadAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken)
    {
        var row = await tables.Comments.GetEntityAsync<TableEntity>(
            Keys.CommentPartition(community, key), Keys.CommentRow(key), cancellationToken: cancellationToken);
        return new StandingComment(CommentRow.Read(row.Value), row.Value.ETag.ToString());
    }

    public async Task<bool> IsJudgedAsync(Comment comment, CancellationToken cancellationToken)
    {
        var outcome = await tables.Outcomes.FindAsync(
            Keys.OutcomePartition(comment.Community, comment.FirstReceivedAt), Keys.OutcomeRow(comment.FirstReceivedAt, comment.Key), cancellationToken);
        return outcome?.GetInt32("Revision") >= comment.Revision;
    }

    public Task NoteDuplicateAsync(Comment standing, DateTimeOffset deliveredAt, CancellationToken cancellationToken)
    {
        var note = new TableEntity(Keys.CommentPartition(standing.Community, standing.Key), Keys.DuplicateRow(standing.Key, deliveredAt))
        {
            ["ReceivedAt"] = deliveredAt,
        };
        return tables.Comments.UpsertEntityAsync(note, TableUpdateMode.Replace, cancellationToken);
    }

    public Task ParkAsync(UnreadablePart part, CancellationToken cancellationToken)
    {
        var kept = part.Bytes.Length <= LongestPart ? part.Bytes : part.Bytes[..LongestPart];
        var row = new TableEntity(
            Keys.DeadLetterPartition(part.Source.Community, part.ReceivedAt), Keys.UnreadablePartRow(part.Source.Platform, part.Source.Id, part.Bytes.Span))
        {
            ["Platform"] = part.Source.Platform.ToString(),
            ["Source"] = part.Source.Id,
            ["Kind"] = part.IsQuestion ? "Fetch" : "Part",
            ["FirstReceivedAt"] = part.ReceivedAt,
            ["ParkedAt"] = part.ReceivedAt,
            ["Reason"] = part.Reason,
            ["Message"] = kept.ToArray(),
            ["Length"] = part.Bytes.Length,
        };
        return tables.DeadLetters.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken); // what people said of it stays
    }

    public async Task<int> ForgetEventsAsync(CommunityId community, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.EventRange;
        var forgotten = 0;
        foreach (var partition in Keys.CommentPartitions(community))
        {
            var old = tables.Comments.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to} and ReceivedAt lt {before}"),
                select: ["PartitionKey", "RowKey"],
                cancellationToken: cancellationToken);
            await foreach (var row in old)
            {
                await tables.Comments.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
                forgotten++;
            }
        }
        return forgotten;
    }

    public Task EnqueueAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken) => queue.EnqueueAsync(comments, cancellationToken);

    /// <summary>The comments of one partition in one transaction; if some are there already, one by one. Returns those that are there.</summary>
    private async Task<IReadOnlyList<StandingComment>> InsertTogetherAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        if (await tables.Comments.TryAddAsync([.. arrivals.SelectMany(RowsOf)], cancellationToken))
            return [];

        var standing = new List<StandingComment>();
        foreach (var arrival in arrivals)
        {
            var inserted = arrivals.Count > 1 && await tables.Comments.TryAddAsync([.. RowsOf(arrival)], cancellationToken);
            if (!inserted)
                standing.Add(await ReadAsync(arrival.Comment.Community, arrival.Comment.Key, cancellationToken));
        }
        return standing;
    }

    /// <summary>As many comments as a transaction takes: 100 rows, 4 MiB. One UTF-16 code unit is at most six bytes of JSON.</summary>
    private static IEnumerable<IReadOnlyList<Arrival>> InTransactions(IEnumerable<Arrival> arrivals)
    {
        const int most = Transactions.MostRows / MostRowsOfOne;
        const int mostBytes = 3 * 1024 * 1024;
        var together = new List<Arrival>();
        var bytes = 0;
        foreach (var arrival in arrivals)
        {
            var more = (arrival.Comment.Text.Length * 6) + LargestRest;
            if (together.Count == most || (together.Count > 0 && bytes + more > mostBytes))
            {
                yield return together;
                (together, bytes) = ([], 0);
            }
            together.Add(arrival);
            bytes += more;
        }
        if (together.Count > 0)
            yield return together;
    }

    private static IEnumerable<TableEntity> RowsOf(Arrival arrival)
    {
        yield return CommentRow.Of(arrival.Comment);
        yield return CommentRow.Receipt(arrival.Comment);
        if (arrival.EventId is { } eventId)
            yield return CommentRow.Event(arrival.Comment, eventId);
    }
}
