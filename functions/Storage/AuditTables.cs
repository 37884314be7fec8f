using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>The table <c>audit</c>: rows are added and never changed.</summary>
public sealed class AuditTables(TableSet tables) : IAuditLog
{
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.AuditPartition(entry.Community, entry.At), Keys.AuditRow(entry.At))
        {
            ["At"] = entry.At,
            ["Who"] = entry.Who,
            ["Act"] = entry.Act,
        };
        row.SetIfAny("Target", entry.Target);
        row.SetIfAny("Note", entry.Note);
        return tables.Audit.AddEntityAsync(row, cancellationToken);
    }
}
