using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>The table <c>audit</c>: rows are added and never changed.</summary>
public sealed class AuditTables(TableSet tables) : IAuditLog, IAuditReader
{
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.AuditPartition(entry.Community, entry.At), Keys.AuditRow(entry.At, Guid.NewGuid()))
        {
            ["At"] = entry.At,
            ["Who"] = entry.Who,
            ["Act"] = entry.Act,
        };
        row.SetIfAny("Target", entry.Target);
        row.SetIfAny("Note", entry.Note);
        return tables.Audit.AddEntityAsync(row, cancellationToken);
    }

    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var begin = query.After is { } after && after.At > query.From ? after.At : query.From;
        var (first, last) = (Keys.AuditPartition(query.Community, begin), Keys.AuditPartition(query.Community, query.To));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {first} and PartitionKey le {last} and RowKey ge {Keys.Time(query.From)} and RowKey lt {Keys.Time(query.To)}");
        if (query.After is { } position)
            filter = $"{filter} and {TableClient.CreateQueryFilter($"RowKey gt {Keys.AuditRow(position.At, position.Id)}")}";
        var rows = tables.Audit.QueryAsync<TableEntity>(filter, Math.Min(query.Limit, MostOfAPage), cancellationToken: cancellationToken);
        return await rows.Select(row => Read(row, query.Community)).Take(query.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>What storage gives at once.</summary>
    private const int MostOfAPage = 1_000;

    private static AuditRecord Read(TableEntity row, CommunityId? community) => new(
        new AuditPosition(row.Time("At"), Guid.ParseExact(row.RowKey[^32..], "n")),
        new AuditEntry(community, row.Time("At"), row.Text("Who"), row.Text("Act"), row.GetString("Target"), row.GetString("Note")));
}
