using Moderato.Comments;
using Moderato.Review;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>What lies with teams, in the table <c>handoffs</c>: what is due first first.</summary>
public sealed class HandoffTables(TableSet tables) : IHandoffStore
{
    public Task AddAsync(CommunityId community, Handoff handoff, CancellationToken cancellationToken) => tables.Handoffs.TryAddAsync([RowOf(community, handoff)], cancellationToken);

    public async Task<StandingHandoff?> FindAsync(CommunityId community, DateTimeOffset dueAt, string id, CancellationToken cancellationToken) =>
        await tables.Handoffs.FindAsync(Keys.HandoffPartition(community), Keys.HandoffRow(dueAt, id), cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<StandingHandoff>> DueBeforeAsync(CommunityId community, DateTimeOffset time, CancellationToken cancellationToken) =>
        await tables.Handoffs.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.HandoffPartition(community)} and RowKey lt {Keys.Time(time)}"), cancellationToken: cancellationToken)
            .Select(Read).ToListAsync(cancellationToken);

    public Task<bool> ReplaceAsync(CommunityId community, StandingHandoff standing, Handoff next, CancellationToken cancellationToken) =>
        tables.Handoffs.TryReplaceAsync(RowOf(community, next), standing.Tag, cancellationToken);

    public Task RemoveAsync(CommunityId community, Handoff handoff, CancellationToken cancellationToken) =>
        tables.Handoffs.DeleteEntityAsync(Keys.HandoffPartition(community), Keys.HandoffRow(handoff.DueAt, handoff.Id), cancellationToken: cancellationToken);

    private static TableEntity RowOf(CommunityId community, Handoff handoff)
    {
        var row = new TableEntity(Keys.HandoffPartition(community), Keys.HandoffRow(handoff.DueAt, handoff.Id))
        {
            ["HandoffId"] = handoff.Id,
            ["Platform"] = handoff.Outcome.Key.Platform.ToString(),
            ["Id"] = handoff.Outcome.Key.Id,
            ["FirstReceivedAt"] = handoff.Outcome.FirstReceivedAt,
            ["Revision"] = handoff.Revision,
            ["Team"] = handoff.Team,
            ["OpenedAt"] = handoff.OpenedAt,
            ["DueAt"] = handoff.DueAt,
            ["State"] = handoff.State.ToString(),
        };
        row.SetIfAny("ChangedAt", handoff.ChangedAt);
        return row;
    }

    private static StandingHandoff Read(TableEntity row) => new(
        new Handoff(
            row.Text("HandoffId"), new OutcomeId(row.Time("FirstReceivedAt"), row.CommentKey()), row.GetInt32("Revision") ?? 1, row.Text("Team"), row.Time("OpenedAt"), row.Time("DueAt"))
        {
            State = Enum.Parse<HandoffState>(row.Text("State")),
            ChangedAt = row.GetDateTimeOffset("ChangedAt"),
        },
        row.ETag.ToString());
}
