using Azure;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Intake's store: a comment's row and the note of its receipt are written in one transaction.</summary>
public sealed class IntakeTables(TableSet tables, CommentsQueue queue) : IIntakeStore
{
    /// <summary>Bytes of the two rows but for the text: ids, names and addresses at their longest, and the frame around them.</summary>
    private const int LargestRest = 40 * 1024;

    public async Task<IReadOnlyList<StandingComment?>> InsertAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken)
    {
        var standing = new Dictionary<CommentKey, StandingComment>();
        var partitions = comments.GroupBy(c => Keys.CommentPartition(c.Community, c.Key));
        var inserts = await Task.WhenAll(partitions.SelectMany(InTransactions).Select(c => InsertTogetherAsync(c, cancellationToken)));
        foreach (var there in inserts.SelectMany(i => i))
            standing.Add(there.Comment.Key, there);
        return [.. comments.Select(c => standing.GetValueOrDefault(c.Key))];
    }

    public async Task<bool> ReplaceAsync(StandingComment standing, Comment next, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Comments.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.UpdateReplace, CommentRow.Of(next), new ETag(standing.Tag)),
                    new TableTransactionAction(TableTransactionActionType.UpsertReplace, CommentRow.Receipt(next)),
                ],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 412)
        {
            return false;
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

    public Task EnqueueAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken) => queue.EnqueueAsync(comments, cancellationToken);

    /// <summary>The comments of one partition in one transaction; if some are there already, one by one. Returns those that are there.</summary>
    private async Task<IReadOnlyList<StandingComment>> InsertTogetherAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken)
    {
        if (await tables.Comments.TryAddAsync([.. comments.SelectMany(RowsOf)], cancellationToken))
            return [];

        var standing = new List<StandingComment>();
        foreach (var comment in comments)
        {
            var inserted = comments.Count > 1 && await tables.Comments.TryAddAsync(RowsOf(comment), cancellationToken);
            if (!inserted)
                standing.Add(await ReadAsync(comment.Community, comment.Key, cancellationToken));
        }
        return standing;
    }

    /// <summary>As many comments as a transaction takes: 100 rows, 4 MiB. One UTF-16 code unit is at most six bytes of JSON.</summary>
    private static IEnumerable<IReadOnlyList<Comment>> InTransactions(IEnumerable<Comment> comments)
    {
        const int most = Transactions.MostRows / 2;
        const int mostBytes = 3 * 1024 * 1024;
        var together = new List<Comment>();
        var bytes = 0;
        foreach (var comment in comments)
        {
            var more = (comment.Text.Length * 6) + LargestRest;
            if (together.Count == most || (together.Count > 0 && bytes + more > mostBytes))
            {
                yield return together;
                (together, bytes) = ([], 0);
            }
            together.Add(comment);
            bytes += more;
        }
        if (together.Count > 0)
            yield return together;
    }

    private static TableEntity[] RowsOf(Comment comment) => [CommentRow.Of(comment), CommentRow.Receipt(comment)];
}
