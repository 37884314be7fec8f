using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Reads what lies in a span of time, end excluded, by keys alone.</summary>
public sealed class SpanReader(TableSet tables)
{
    private const int MostPerPage = 1_000;

    /// <summary>Notes of receipts, of every revision.</summary>
    public Task<IReadOnlyList<ReceiptNote>> ReceiptsAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        FromEveryShardAsync(community, Keys.ReceiptRange(from, to), CommentRow.ReadReceipt, cancellationToken);

    /// <summary>The oldest notes of receipts in a span, about so many at most.</summary>
    /// <returns>The notes, and the time before which there are no others: the span's end, if that is all.</returns>
    public async Task<(IReadOnlyList<ReceiptNote> Notes, DateTimeOffset Until)> OldestReceiptsAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken)
    {
        var range = Keys.ReceiptRange(from, to);
        for (var ofEach = Math.Max(most / Keys.Shards, 2); ; ofEach *= 2) // more than that were received in one tick
        {
            var shards = await Task.WhenAll(Keys.CommentPartitions(community).Select(async partition =>
            {
                var rows = tables.Comments.QueryAsync<TableEntity>(
                    TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {range.From} and RowKey lt {range.To}"),
                    Math.Min(ofEach, MostPerPage), cancellationToken: cancellationToken);
                return await rows.Select(CommentRow.ReadReceipt).Take(ofEach).ToListAsync(cancellationToken);
            }));
            // What came later than the last of a shard that has more is only half known.
            var until = shards.Where(s => s.Count == ofEach).Select(s => s[^1].ReceivedAt).Append(to).Min();
            if (until > from || until == to)
                return ([.. shards.SelectMany(s => s).Where(r => r.ReceivedAt < until)], until);
        }
    }

    /// <summary>When known comments were delivered again.</summary>
    public Task<IReadOnlyList<DateTimeOffset>> DuplicatesAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        FromEveryShardAsync(community, Keys.DuplicateRange(from, to), row => row.Time("ReceivedAt"), cancellationToken);

    public async Task<IReadOnlyList<Outcome>> OutcomesAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = tables.Outcomes.QueryAsync<TableEntity>(OutcomesBetween(community, from, to), cancellationToken: cancellationToken);
        return await rows.Select(OutcomeRow.Read).ToListAsync(cancellationToken);
    }

    /// <summary>Which revision of each comment was judged.</summary>
    public async Task<IReadOnlyDictionary<CommentKey, int>> RevisionsAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = tables.Outcomes.QueryAsync<TableEntity>(
            OutcomesBetween(community, from, to), select: ["Platform", "Id", "Revision"], cancellationToken: cancellationToken);
        return await rows.ToDictionaryAsync(r => r.CommentKey(), r => r.GetInt32("Revision") ?? 1, cancellationToken: cancellationToken);
    }

    public async Task<IReadOnlyList<CommentKey>> ParkedAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (first, last) = (Keys.DeadLetterPartition(community, from), Keys.DeadLetterPartition(community, to));
        var rows = tables.DeadLetters.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey ge {first} and PartitionKey le {last} and RowKey ge {Keys.Time(from)} and RowKey lt {Keys.Time(to)}"),
            select: ["Platform", "Id"],
            cancellationToken: cancellationToken);
        return await rows.Select(r => r.CommentKey()).ToListAsync(cancellationToken);
    }

    public static string OutcomesBetween(CommunityId community, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (Keys.OutcomePartition(community, from), Keys.OutcomePartition(community, to));
        return TableClient.CreateQueryFilter(
            $"PartitionKey ge {first} and PartitionKey le {last} and RowKey ge {Keys.Time(from)} and RowKey lt {Keys.Time(to)}");
    }

    private async Task<IReadOnlyList<T>> FromEveryShardAsync<T>(
        CommunityId community, (string From, string To) range, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        var shards = Keys.CommentPartitions(community).Select(async partition =>
        {
            var rows = tables.Comments.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {range.From} and RowKey lt {range.To}"),
                cancellationToken: cancellationToken);
            return await rows.Select(read).ToListAsync(cancellationToken);
        });
        return [.. (await Task.WhenAll(shards)).SelectMany(s => s)];
    }
}
