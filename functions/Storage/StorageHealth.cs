using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Whether tables and queues answer: without them nothing can be taken in.</summary>
public sealed class StorageHealth(StorageConnection connection, TableSet tables)
{
    /// <exception cref="Azure.RequestFailedException">One of them does not, or may not be used.</exception>
    /// <exception cref="InvalidOperationException">The queue is gone.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var queue = connection.CommentsQueue.ExistsAsync(cancellationToken);
        // There is no such partition: the question is the check. A query, since reading a row takes a missing table for a missing row.
        await tables.Settings.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {"_health"}"), 1, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        if (!(await queue).Value)
            throw new InvalidOperationException($"The queue '{QueueNames.Comments}' is gone.");
    }
}
