using Azure;

namespace Moderato.Storage.Tables;

/// <summary>What every row has: two keys that address it, the time the service last wrote it, and the version it was read with.</summary>
public interface ITableEntity
{
    /// <summary>Up to 1 KiB of UTF-16. The service refuses <c>/ \ # ?</c> and control characters in keys; an empty key is allowed.</summary>
    string PartitionKey { get; set; }

    /// <inheritdoc cref="PartitionKey"/>
    string RowKey { get; set; }

    /// <summary>Set by the service on every write; never sent.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version that was read; give it to an update so that it fails with 412 when somebody else wrote meanwhile.</summary>
    ETag ETag { get; set; }
}
