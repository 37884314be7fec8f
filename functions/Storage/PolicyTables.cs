using Moderato.Comments;
using Moderato.Policy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// Documents in the table <c>settings</c>: a row for every version, and one that is the newest again, so that all that is in force comes
/// with one small read. Both are written in one transaction.
/// </summary>
public sealed class PolicyTables(TableSet tables) : IPolicyStore
{
    public async Task<IReadOnlyDictionary<string, DocumentVersion>> CurrentAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.DocumentRange;
        var rows = tables.Settings.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.SettingsPartition(community)} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken);
        return await rows.ToDictionaryAsync(r => r.Text("Kind"), Read, cancellationToken: cancellationToken);
    }

    public async Task<DocumentVersion?> FindAsync(CommunityId community, string kind, int number, CancellationToken cancellationToken) =>
        await tables.Settings.FindAsync(Keys.SettingsPartition(community), Keys.DocumentVersionRow(kind, number), cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<DocumentVersion>> VersionsAsync(CommunityId community, string kind, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.DocumentVersionRange(kind);
        var rows = tables.Settings.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.SettingsPartition(community)} and RowKey ge {from} and RowKey lt {to}"),
            select: ["Number", "By", "Note", "At", "Restores"],
            cancellationToken: cancellationToken);
        return await rows.Select(Read).ToListAsync(cancellationToken);
    }

    public async Task<bool> AddAsync(CommunityId community, string kind, DocumentVersion version, CancellationToken cancellationToken)
    {
        var partition = Keys.SettingsPartition(community);
        var standing = await tables.Settings.FindAsync(partition, Keys.DocumentRow(kind), cancellationToken);
        if ((standing?.GetInt32("Number") ?? 0) != version.Number - 1)
            return false;
        var current = RowOf(partition, Keys.DocumentRow(kind), kind, version);
        try
        {
            await tables.Settings.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, RowOf(partition, Keys.DocumentVersionRow(kind, version.Number), kind, version)),
                    standing is null
                        ? new TableTransactionAction(TableTransactionActionType.Add, current)
                        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, current, standing.ETag),
                ],
                cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException overtaken) when (overtaken.Status is 409 or 412)
        {
            return false; // somebody else's version was first
        }
    }

    private static TableEntity RowOf(string partition, string row, string kind, DocumentVersion version)
    {
        var entity = new TableEntity(partition, row)
        {
            ["Kind"] = kind,
            ["Number"] = version.Number,
            ["By"] = version.By,
            ["Note"] = version.Note,
            ["At"] = version.At,
        };
        entity.SetIfAny("Restores", version.Restores);
        entity.SetLongText("Content", version.Content);
        return entity;
    }

    private static DocumentVersion Read(TableEntity row) => new(
        row.GetInt32("Number") ?? 0,
        row.LongText("Content"),
        row.GetString("By") ?? "",
        row.GetString("Note") ?? "",
        row.Time("At"))
    {
        Restores = row.GetInt32("Restores"),
    };
}
