using System.Text.Json;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Roll-ups and digests: each one row with its content as JSON.</summary>
public sealed class DigestTables(TableSet tables, SpanReader spans, OutcomeTables outcomes, ModerationTables moderation, StaleHours stale, HourMoods moods) : IDigestStore
{
    public async Task<Rows> ReadRowsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // Receipts first: a comment that arrives while this reads must not look lost.
        var received = await spans.ReceiptsAsync(community, from, to, cancellationToken);
        var duplicates = await spans.DuplicatesAsync(community, from, to, cancellationToken);
        var parked = await spans.ParkedAsync(community, from, to, cancellationToken);
        var judged = await spans.OutcomesAsync(community, from, to, cancellationToken);
        return new Rows([.. received.Where(r => r.Revision == 1)], judged, duplicates, parked);
    }

    public async Task<bool> IsStoredAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        await moderation.FindCommentAsync(community, key, cancellationToken) is not null;

    public async Task<IReadOnlyList<HourRollup>> ReadRollupsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (first, last) = (Keys.RollupPartition(community, from), Keys.RollupPartition(community, to));
        var rows = tables.Rollups.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}"), cancellationToken: cancellationToken);
        return await rows.Select(ReadBody<HourRollup>).Where(r => r.Hour >= from && r.Hour < to).ToListAsync(cancellationToken);
    }

    public Task<IReadOnlyList<StaleHour>> StaleHoursAsync(CommunityId community, CancellationToken cancellationToken) => stale.ReadAsync(community, cancellationToken);

    public Task ClearStaleAsync(CommunityId community, StaleHour hour, CancellationToken cancellationToken) => stale.ClearAsync(community, hour, cancellationToken);

    public async Task<DateTimeOffset?> RolledUpThroughAsync(CommunityId community, CancellationToken cancellationToken) =>
        (await tables.Settings.FindAsync(Keys.SettingsPartition(community), Keys.RolledUpRow, cancellationToken))?.Time("Through");

    public Task SaveRolledUpThroughAsync(CommunityId community, DateTimeOffset through, CancellationToken cancellationToken) => tables.Settings.UpsertEntityAsync(
        new TableEntity(Keys.SettingsPartition(community), Keys.RolledUpRow) { ["Through"] = through }, TableUpdateMode.Replace, cancellationToken);

    public async Task SaveRollupsAsync(IReadOnlyList<HourRollup> rollups, CancellationToken cancellationToken)
    {
        foreach (var day in rollups.GroupBy(r => Keys.RollupPartition(r.Community, r.Hour)))
        {
            var rows = day.Select(r => WithBody(new TableEntity(day.Key, Keys.RollupRow(r.Hour)), r));
            await tables.Rollups.SubmitTransactionAsync(
                rows.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)), cancellationToken);
        }
        await HourCounts.SaveAsync(tables, rollups, cancellationToken);
        await moods.SaveAsync(rollups, cancellationToken);
    }

    public Task<IReadOnlyList<HourMood>> ReadMoodsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        moods.ReadAsync(community, from, to, cancellationToken);

    public async Task<Digest?> FindDigestAsync(CommunityId community, DigestName name, CancellationToken cancellationToken) =>
        await tables.Digests.FindAsync(PartitionOf(community, name), Keys.DigestRow(name.Date), cancellationToken) is { } row ? ReadBody<Digest>(row) : null;

    public async Task<IReadOnlyList<Digest>> ReadDigestsAsync(CommunityId community, DateOnly? before, int most, CancellationToken cancellationToken)
    {
        // Row keys run backwards in time: later keys are earlier days.
        var after = before is { } date ? Keys.DigestRow(date) : "";
        var rows = tables.Digests.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.DigestPartition(community)} and RowKey gt {after}"), most, cancellationToken: cancellationToken);
        return await rows.Take(most).Select(ReadBody<Digest>).ToListAsync(cancellationToken);
    }

    public Task SaveDigestAsync(Digest digest, CancellationToken cancellationToken) => tables.Digests.UpsertEntityAsync(
        WithBody(new TableEntity(PartitionOf(digest.Community, digest.Named), Keys.DigestRow(digest.Date)), digest), TableUpdateMode.Replace, cancellationToken);

    public async Task<DateTimeOffset> KnownSinceAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var partition = Keys.SettingsPartition(community);
        if (await tables.Settings.FindAsync(partition, Keys.SinceRow, cancellationToken) is { } known)
            return known.Time("Since");
        var row = new TableEntity(partition, Keys.SinceRow) { ["Since"] = now };
        return await tables.Settings.TryAddAsync([row], cancellationToken) ? now : await KnownSinceAsync(community, now, cancellationToken);
    }

    public Task<Outcome?> FindOutcomeAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken) =>
        outcomes.FindAsync(community, id, cancellationToken);

    public async Task<bool> WasRepliedToAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        (await tables.ActionsOfAsync(community, key, cancellationToken)).Any(a => a is { Kind: ActionKind.Reply, State: ActionState.Done or ActionState.AlreadyDone });

    private static string PartitionOf(CommunityId community, DigestName name) => name.IsWeek ? Keys.WeekDigestPartition(community) : Keys.DigestPartition(community);

    private static TableEntity WithBody<T>(TableEntity row, T content)
    {
        row.SetLongText("Body", JsonSerializer.Serialize(content, StoredJson.Options));
        return row;
    }

    private static T ReadBody<T>(TableEntity row) => JsonSerializer.Deserialize<T>(row.LongText("Body"), StoredJson.Options)!;
}
