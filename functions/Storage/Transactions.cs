using Azure;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Writing many rows of one partition in as few requests as can be.</summary>
internal static class Transactions
{
    /// <summary>A storage transaction's most rows.</summary>
    public const int MostRows = 100;

    /// <summary>Adds rows of one partition at once. False if one of them was there already; then none was added.</summary>
    public static async Task<bool> TryAddAsync(this TableClient table, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            if (rows is [var only])
                await table.AddEntityAsync(only, cancellationToken);
            else
                await table.SubmitTransactionAsync(rows.Select(r => new TableTransactionAction(TableTransactionActionType.Add, r)), cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 409)
        {
            return false;
        }
    }

    /// <summary>The row, or null if there is none.</summary>
    public static async Task<TableEntity?> FindAsync(this TableClient table, string partition, string row, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Replaces a row that is still as it was read. False if it is not.</summary>
    public static async Task<bool> TryReplaceAsync(this TableClient table, TableEntity row, string tag, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 412)
        {
            return false;
        }
    }
}
