using Moderato.Comments;
using Moderato.Privacy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Retention's store. Rows go in rounds, table by table; how far a round has come is written down last.</summary>
public sealed class RetentionTables(TableSet tables, ExpiryTables expiry) : IRetentionStore
{
    /// <summary>Where a filter matches little, a run ends after so many requests for pages.</summary>
    private const int MostRequests = 200;

    public Task<RetentionPiece> ExpireTextsAsync(CommunityId community, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        expiry.ExpireTextsAsync(community, platform: null, before, most, cancellationToken);

    public async Task<RetentionPiece> DeleteRowsAsync(
        CommunityId community, DateTimeOffset before, DateTimeOffset auditBefore, int most, CancellationToken cancellationToken)
    {
        var round = await ReadRoundAsync(community, cancellationToken);
        if (round is null || (round.IsDone && round.Before < before))
            round = new Round(before, 0, null);
        if (round.IsDone)
            return new RetentionPiece(0, true);

        // A round that began before somebody chose to keep more goes on with the new choice.
        var until = round.Before < before ? round.Before : before;
        var (deleted, requests) = (0, 0);
        var wanted = Old(community, until, auditBefore);
        for (; round.Table < wanted.Count; round = new Round(round.Before, round.Table + 1, null))
        {
            var (table, filter) = wanted[round.Table];
            await foreach (var page in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken).AsPages(round.Cursor))
            {
                await table.DeleteTogetherAsync(page.Values, cancellationToken);
                deleted += page.Values.Count;
                if (page.ContinuationToken is not { } next || (++requests < MostRequests && deleted < most))
                    continue;
                await SaveRoundAsync(community, round with { Cursor = next }, cancellationToken);
                return new RetentionPiece(deleted, false);
            }
        }
        await SaveRoundAsync(community, new Round(round.Before, Round.Done, null), cancellationToken);
        return new RetentionPiece(deleted, true);
    }

    public async Task DeleteOwnerlessAsync(DateTimeOffset unreadableBefore, DateTimeOffset auditBefore, CancellationToken cancellationToken)
    {
        var (from, to) = (Keys.UnreadablePartition(DateTimeOffset.UnixEpoch), Keys.UnreadablePartition(unreadableBefore));
        await DeleteAsync(tables.DeadLetters, TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey le {to} and ParkedAt lt {unreadableBefore}"), cancellationToken);
        (from, to) = (Keys.AuditPartition(null, DateTimeOffset.UnixEpoch), Keys.AuditPartition(null, auditBefore));
        await DeleteAsync(tables.Audit, TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), cancellationToken);
    }

    /// <summary>What is old, table by table. A table that is added later, with rows about comments, has its place here.</summary>
    private IReadOnlyList<(TableClient Table, string Filter)> Old(CommunityId community, DateTimeOffset before, DateTimeOffset auditBefore)
    {
        var (first, last) = Keys.PartitionRange(community);
        var (comments, receipts, duplicates) = (Keys.CommentRange, Keys.ReceiptRange(DateTimeOffset.UnixEpoch, before), Keys.DuplicateRange(DateTimeOffset.UnixEpoch, before));
        var (history, historyEnd) = (Keys.AuthorRowsUpTo(before.AddTicks(-1)), Keys.AuthorRowsEnd);
        return
        [
            (tables.Comments, TableClient.CreateQueryFilter(
                $"PartitionKey ge {first} and PartitionKey lt {last} and ((RowKey ge {comments.From} and RowKey lt {comments.To} and FirstReceivedAt lt {before}) or (RowKey ge {receipts.From} and RowKey lt {receipts.To}) or (RowKey ge {duplicates.From} and RowKey lt {duplicates.To}))")),
            (tables.Authors, TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {last} and RowKey ge {history} and RowKey lt {historyEnd}")),
            (tables.Actions, TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {last} and RequestedAt lt {before}")),
            (tables.Webhooks, TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {last} and CreatedAt lt {before}")),
            (tables.Reviews, TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ReviewPartition(community)} and FirstReceivedAt lt {before}")),
            (tables.Handoffs, TableClient.CreateQueryFilter($"PartitionKey eq {Keys.HandoffPartition(community)} and FirstReceivedAt lt {before}")),
            (tables.Members, TableClient.CreateQueryFilter($"PartitionKey eq {Keys.MemberPartition(community)} and LastSeen lt {before}")),
            (tables.Outcomes, Between(Keys.OutcomePartition(community, DateTimeOffset.UnixEpoch), Keys.OutcomePartition(community, before))),
            (tables.DeadLetters, Between(Keys.DeadLetterPartition(community, DateTimeOffset.UnixEpoch), Keys.DeadLetterPartition(community, before))),
            (tables.Audit, Between(Keys.AuditPartition(community, DateTimeOffset.UnixEpoch), Keys.AuditPartition(community, auditBefore))),
            (tables.Incidents, TableClient.CreateQueryFilter($"PartitionKey eq {Keys.IncidentPartition(community)} and (OpenedAt lt {before} or Until lt {before})")),
        ];
    }

    private static string Between(string first, string end) => TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}");

    private static async Task DeleteAsync(TableClient table, string filter, CancellationToken cancellationToken)
    {
        await foreach (var page in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken).AsPages())
            await table.DeleteTogetherAsync(page.Values, cancellationToken);
    }

    private async Task<Round?> ReadRoundAsync(CommunityId community, CancellationToken cancellationToken) =>
        await tables.Settings.FindAsync(Keys.SettingsPartition(community), Keys.RetentionRow, cancellationToken) is { } row
            ? new Round(row.Time("Before"), row.GetInt32("Table") ?? 0, row.GetString("Cursor"))
            : null;

    private Task SaveRoundAsync(CommunityId community, Round round, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.SettingsPartition(community), Keys.RetentionRow) { ["Before"] = round.Before, ["Table"] = round.Table };
        row.SetIfAny("Cursor", round.Cursor);
        return tables.Settings.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>How far the rows before a day have been deleted.</summary>
    private sealed record Round(DateTimeOffset Before, int Table, string? Cursor)
    {
        public const int Done = -1;

        public bool IsDone => Table == Done;
    }
}
