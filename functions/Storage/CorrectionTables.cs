using System.Text.Json;
using Moderato.Comments;
using Moderato.Scoring.Feedback;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Corrections in the table <c>settings</c>: one row that speaks, and one for every version that ever did.</summary>
public sealed class CorrectionTables(TableSet tables) : ICorrectionStore
{
    public async Task<Correction?> CurrentAsync(CommunityId community, CancellationToken cancellationToken) =>
        await tables.Settings.FindAsync(Keys.SettingsPartition(community), Keys.CorrectionRow, cancellationToken) is { } row
            ? Correction.FromBytes(row.GetBinary("Content") ?? throw new InvalidDataException("A correction's row has no content."))
            : null;

    public Task SaveAsync(CommunityId community, Correction correction, CorrectionRecord record, CancellationToken cancellationToken)
    {
        var partition = Keys.SettingsPartition(community);
        var speaks = new TableEntity(partition, Keys.CorrectionRow) { ["Content"] = correction.ToBytes() };
        var history = new TableEntity(partition, Keys.CorrectionHistoryRow(record.SavedAt)) { ["Record"] = JsonSerializer.Serialize(record, StoredJson.Options) };
        return tables.Settings.SubmitTransactionAsync(
            [new TableTransactionAction(TableTransactionActionType.UpsertReplace, speaks), new TableTransactionAction(TableTransactionActionType.UpsertReplace, history)],
            cancellationToken);
    }

    public async Task<IReadOnlyList<CorrectionRecord>> HistoryAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.CorrectionHistoryRange;
        var rows = tables.Settings.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.SettingsPartition(community)} and RowKey ge {from} and RowKey lt {to}"),
            cancellationToken: cancellationToken);
        return await rows.Select(row => JsonSerializer.Deserialize<CorrectionRecord>(row.Text("Record"), StoredJson.Options)!).ToListAsync(cancellationToken);
    }

    public Task RemoveAsync(CommunityId community, CancellationToken cancellationToken) =>
        tables.Settings.DeleteEntityAsync(Keys.SettingsPartition(community), Keys.CorrectionRow, cancellationToken: cancellationToken);
}
