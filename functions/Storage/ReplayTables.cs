using System.Text.Json;
using Azure.Storage.Queues;
using Moderato.Comments;
using Moderato.Outcomes;
using Moderato.Policy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Replays in a table of their own, a row each; their next pieces in the queue <c>replays</c>.</summary>
public sealed class ReplayTables(TableSet tables, StorageConnection connection, OutcomeTables outcomes) : IReplayStore
{
    private const int PageRows = 1_000;

    private readonly QueueClient _queue = connection.Queues.GetQueueClient(QueueNames.Replays);

    public Task AddAsync(Replay replay, CancellationToken cancellationToken) => tables.Replays.AddEntityAsync(RowOf(replay), cancellationToken);

    public async Task<StandingReplay?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken) =>
        await tables.Replays.FindAsync(Keys.ReplayPartition(community), Keys.ReplayRow(id), cancellationToken) is { } row
            ? new StandingReplay(JsonSerializer.Deserialize<Replay>(row.LongText("Body"), StoredJson.Options)! with { Draft = row.LongText("Draft") }, row.ETag.ToString())
            : null;

    public Task<bool> ReplaceAsync(StandingReplay standing, Replay next, CancellationToken cancellationToken) =>
        tables.Replays.TryReplaceAsync(RowOf(next), standing.Tag, cancellationToken);

    public Task EnqueueAsync(CommunityId community, string id, int step, CancellationToken cancellationToken) =>
        _queue.KeepAsync(new ReplayMessage(community.ToString(), id, step).ToBytes(), null, cancellationToken);

    public async Task KeepNewestAsync(CommunityId community, int most, CancellationToken cancellationToken)
    {
        var rows = await tables.Replays.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ReplayPartition(community)}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        // Ids grow with time.
        foreach (var old in rows.OrderByDescending(r => r.RowKey, StringComparer.Ordinal).Skip(most))
            await tables.Replays.DeleteEntityAsync(old.PartitionKey, old.RowKey, cancellationToken: cancellationToken);
    }

    public async Task<(IReadOnlyList<Outcome> Outcomes, string? Next)> PageAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, string? after, int most, CancellationToken cancellationToken)
    {
        var read = new List<Outcome>();
        do
        {
            var page = await outcomes.QueryAsync(
                new OutcomeQuery { Community = community, From = from, To = to, Limit = Math.Min(PageRows, most - read.Count), After = after }, cancellationToken);
            read.AddRange(page.Outcomes);
            after = page.Next;
        }
        while (after is not null && read.Count < most);
        return (read, after);
    }

    public Task<Outcome?> FindOutcomeAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken) => outcomes.FindAsync(community, id, cancellationToken);

    public Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        outcomes.FindCommentAsync(community, key, cancellationToken);

    private static TableEntity RowOf(Replay replay)
    {
        var row = new TableEntity(Keys.ReplayPartition(replay.Community), Keys.ReplayRow(replay.Id));
        row.SetLongText("Draft", replay.Draft);
        row.SetLongText("Body", JsonSerializer.Serialize(replay with { Draft = "" }, StoredJson.Options));
        return row;
    }
}
