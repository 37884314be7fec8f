using Azure;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Writing many rows of one partition in as few requests as can be.</summary>
internal static class Transactions
{
    /// <summary>A storage transaction's most rows.</summary>
    public const int MostRows = 100;

    private const int DeletionsAtOnce = 16;

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

    /// <summary>Deletes rows, of whatever partitions. One that is gone already is no failure.</summary>
    public static async Task DeleteTogetherAsync(this TableClient table, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        var chunks = rows.GroupBy(r => r.PartitionKey).SelectMany(partition => partition.Chunk(MostRows));
        await Parallel.ForEachAsync(chunks, new ParallelOptions { MaxDegreeOfParallelism = DeletionsAtOnce, CancellationToken = cancellationToken }, async (chunk, cancel) =>
        {
            try
            {
                await table.SubmitTransactionAsync(
                    chunk.Select(r => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(r.PartitionKey, r.RowKey), ETag.All)), cancel);
            }
            catch (TableTransactionFailedException gone) when (gone.Status == 404)
            {
                foreach (var row in chunk)
                    await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancel);
            }
        });
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
