using System.Text.Json;
using Azure.Storage.Queues;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Moderation;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Parked work: rows of <c>deadletters</c>. They are marked and stay, since a day's accounts count them.</summary>
public sealed class ParkedTables(TableSet tables, CommentsQueue comments, StorageConnection connection, ModerationTables moderation) : IParkedStore
{
    /// <summary>A page whose filter matches little is ended after so many requests; the reader goes on with the cursor.</summary>
    private const int MostRequests = 20;
    private const int MaxConflicts = 8;

    private static readonly string[] WithoutMessage =
    [
        "PartitionKey", "RowKey", "Platform", "Id", "Revision", "Source", "Kind", "FirstReceivedAt", "ParkedAt", "Reason", "Length",
        "ReplayedAt", "ReplayedBy", "DiscardedAt", "DiscardedBy", "DiscardedBecause",
    ];

    private readonly QueueClient _fetches = connection.Queues.GetQueueClient(QueueNames.Fetches);

    public async Task<(IReadOnlyList<ParkedItem> Items, string? Next)> QueryAsync(ParkedQuery query, CancellationToken cancellationToken)
    {
        var filter = Between(query.Community, query.From, query.To);
        var items = new List<ParkedItem>();
        var next = query.After;
        for (var request = 0; request < MostRequests && items.Count < query.Limit; request++)
        {
            var missing = query.Limit - items.Count;
            IReadOnlyList<TableEntity> rows = [];
            await foreach (var page in tables.DeadLetters.QueryAsync<TableEntity>(filter, missing, WithoutMessage, cancellationToken).AsPages(next, missing))
            {
                (rows, next) = (page.Values, page.ContinuationToken);
                break; // the next request asks for fewer
            }
            var read = await Task.WhenAll(rows.Select(r => ReadAsync(query.Community, r, cancellationToken)));
            items.AddRange(read.Where(i => query.State is null || i.State == query.State));
            if (next is null)
                break;
        }
        return (items, next);
    }

    public async Task<ParkedWhole?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken)
    {
        if (await RowAsync(community, id, cancellationToken) is not { } row)
            return null;
        var item = await ReadAsync(community, row, cancellationToken);
        var comment = item.Kind == ParkedKind.Comment ? await moderation.FindCommentAsync(community, row.CommentKey(), cancellationToken) : null;
        return new ParkedWhole(item, comment, row.GetBinary("Message"));
    }

    public async Task<Replayed> ReplayAsync(CommunityId community, string id, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(community, id, cancellationToken) is not { } whole)
            return Replayed.Missing;
        switch (whole)
        {
            case { Item.Kind: ParkedKind.Part }:
                return Replayed.Unreadable;
            case { Item.State: ParkedState.Settled }:
                return Replayed.Settled;
            case { Item.Kind: ParkedKind.Comment, Comment: { TextExpired: false } comment }:
                await comments.EnqueueAsync([comment], cancellationToken);
                break;
            case { Item.Kind: ParkedKind.Fetch, Message: { } message }:
                var fetch = JsonSerializer.Deserialize<Fetch>(message, JsonSerializerOptions.Web)!;
                await _fetches.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(fetch with { Attempt = 0 }, JsonSerializerOptions.Web), null, cancellationToken);
                break;
            default:
                return Replayed.Gone;
        }
        // Marked afterwards: stopped before this, it is tried again and looks untouched, and asking once more is harmless.
        await MarkAsync(() => RowAsync(community, id, cancellationToken), row =>
        {
            row["ReplayedAt"] = now;
            row["ReplayedBy"] = by;
            foreach (var discarded in new[] { "DiscardedAt", "DiscardedBy", "DiscardedBecause" })
                row.Remove(discarded);
            return true;
        }, cancellationToken);
        return Replayed.Done;
    }

    public async Task<(IReadOnlyList<string> Ids, int Left)> UntouchedAsync(CommunityId community, int most, CancellationToken cancellationToken)
    {
        var rows = tables.DeadLetters.QueryAsync<TableEntity>(
            Between(community, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddDays(-1)), select: WithoutMessage, cancellationToken: cancellationToken);
        var (ids, left) = (new List<string>(), 0);
        await foreach (var row in rows.Where(r => KindOf(r) != ParkedKind.Part && MarkedState(r) == ParkedState.Parked))
        {
            if (ids.Count == most)
                left++;
            else if ((await ReadAsync(community, row, cancellationToken)).State == ParkedState.Parked)
                ids.Add(Keys.ParkedId(row.PartitionKey, row.RowKey));
        }
        return (ids, left);
    }

    public Task<bool> DiscardAsync(CommunityId community, string id, string by, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        MarkAsync(() => RowAsync(community, id, cancellationToken), row => Discard(row, by, reason, now), cancellationToken);

    public async Task<IReadOnlyList<ParkedMessage>> MessagesAsync(int most, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.UnreadableRange;
        var rows = tables.DeadLetters.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), most, WithoutMessage, cancellationToken);
        return await rows.Take(most).Select(ReadMessage).ToListAsync(cancellationToken);
    }

    public async Task<(ParkedMessage Message, byte[]? Bytes)?> FindMessageAsync(string id, CancellationToken cancellationToken) =>
        await MessageRowAsync(id, cancellationToken) is { } row ? (ReadMessage(row), row.GetBinary("Message")) : null;

    public Task<bool> DiscardMessageAsync(string id, string by, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        MarkAsync(() => MessageRowAsync(id, cancellationToken), row => Discard(row, by, reason, now), cancellationToken);

    private static bool Discard(TableEntity row, string by, string reason, DateTimeOffset now)
    {
        if (row.ContainsKey("DiscardedAt"))
            return false;
        row["DiscardedAt"] = now;
        row["DiscardedBy"] = by;
        row["DiscardedBecause"] = reason;
        return true;
    }

    private async Task<bool> MarkAsync(Func<Task<TableEntity?>> find, Func<TableEntity, bool> mark, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await find() is not { } row)
                return false;
            if (!mark(row) || await tables.DeadLetters.TryReplaceAsync(row, row.ETag.ToString(), cancellationToken))
                return true;
        }
        throw new InvalidOperationException($"A parked row changed {MaxConflicts} times while it was marked.");
    }

    private async Task<ParkedItem> ReadAsync(CommunityId community, TableEntity row, CancellationToken cancellationToken)
    {
        var (kind, first) = (KindOf(row), row.GetDateTimeOffset("FirstReceivedAt") ?? row.Time("ParkedAt"));
        var settled = kind == ParkedKind.Comment
            && (await tables.Outcomes.FindAsync(Keys.OutcomePartition(community, first), Keys.OutcomeRow(first, row.CommentKey()), cancellationToken))?.GetInt32("Revision") >= row.GetInt32("Revision");
        return new ParkedItem
        {
            Id = Keys.ParkedId(row.PartitionKey, row.RowKey),
            Kind = kind,
            Platform = PlatformId.Parse(row.Text("Platform")),
            CommentId = row.GetString("Id"),
            Revision = row.GetInt32("Revision"),
            Source = row.GetString("Source"),
            FirstReceivedAt = first,
            ParkedAt = row.Time("ParkedAt"),
            Reason = row.Text("Reason"),
            State = settled ? ParkedState.Settled : MarkedState(row),
            ReplayedAt = row.GetDateTimeOffset("ReplayedAt"),
            ReplayedBy = row.GetString("ReplayedBy"),
            DiscardedAt = row.GetDateTimeOffset("DiscardedAt"),
            DiscardedBy = row.GetString("DiscardedBy"),
            DiscardedBecause = row.GetString("DiscardedBecause"),
            Length = row.GetInt32("Length"),
        };
    }

    /// <summary>What failed again after it was replayed is parked again.</summary>
    private static ParkedState MarkedState(TableEntity row) =>
        row.GetDateTimeOffset("DiscardedAt") is not null ? ParkedState.Discarded
        : row.GetDateTimeOffset("ReplayedAt") >= row.Time("ParkedAt") ? ParkedState.Replayed
        : ParkedState.Parked;

    private static ParkedKind KindOf(TableEntity row) =>
        row.GetString("Id") is not null ? ParkedKind.Comment : row.GetString("Kind") == nameof(ParkedKind.Fetch) ? ParkedKind.Fetch : ParkedKind.Part;

    private static ParkedMessage ReadMessage(TableEntity row) => new(
        Keys.ParkedId(row.PartitionKey, row.RowKey), row.Time("ParkedAt"), row.Text("Reason"), row.GetInt32("Length") ?? 0,
        row.GetDateTimeOffset("DiscardedAt"), row.GetString("DiscardedBy"), row.GetString("DiscardedBecause"));

    private async Task<TableEntity?> RowAsync(CommunityId community, string id, CancellationToken cancellationToken) =>
        Keys.TryParseParkedId(id, out var day, out var row) ? await tables.DeadLetters.FindAsync(Keys.DeadLetterPartition(community, day), row, cancellationToken) : null;

    private async Task<TableEntity?> MessageRowAsync(string id, CancellationToken cancellationToken) =>
        Keys.TryParseParkedId(id, out var day, out var row) ? await tables.DeadLetters.FindAsync(Keys.UnreadablePartition(day), row, cancellationToken) : null;

    private static string Between(CommunityId community, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (Keys.DeadLetterPartition(community, from), Keys.DeadLetterPartition(community, to));
        return TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last} and FirstReceivedAt ge {from} and FirstReceivedAt lt {to}");
    }
}
