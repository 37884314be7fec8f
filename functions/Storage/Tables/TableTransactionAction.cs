using Azure;

namespace Moderato.Storage.Tables;

/// <summary>What a transaction does to one row.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; fails with 409 if the row is there.</summary>
    Add,

    /// <summary>Changes the properties named; fails with 404 or 412.</summary>
    UpdateMerge,

    /// <summary>Replaces the row; fails with 404 or 412.</summary>
    UpdateReplace,

    /// <summary>Deletes; fails with 404 or 412. Unlike a single delete, a missing row is a failure.</summary>
    Delete,

    /// <summary>Inserts, or changes the properties named.</summary>
    UpsertMerge,

    /// <summary>Inserts or replaces.</summary>
    UpsertReplace,
}

/// <summary>One step of a transaction.</summary>
/// <param name="actionType">What to do.</param>
/// <param name="entity">The row. For a deletion only its keys matter.</param>
/// <param name="etag">For updates and deletions: the version that must still be there. Left out, any version will do.</param>
public sealed class TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
{
    public TableTransactionActionType ActionType { get; } = actionType;

    public ITableEntity Entity { get; } = entity;

    public ETag ETag { get; } = etag;
}
