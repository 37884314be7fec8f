namespace Moderato.Storage.Tables;

/// <summary>Where a row is: <c>table(PartitionKey='...',RowKey='...')</c>, quotes doubled, then everything unsafe escaped.</summary>
internal static class EntityAddress
{
    public static string Of(string tableName, string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return $"{tableName}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";
    }

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
