namespace Moderato.Storage.Tables;

/// <summary>
/// The error codes that callers decide by, as <see cref="Azure.RequestFailedException.ErrorCode"/> carries them.
/// The whole list: https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
/// </summary>
public static class TableErrorCode
{
    /// <summary>409: an insert found the row there already.</summary>
    public const string EntityAlreadyExists = "EntityAlreadyExists";

    /// <summary>404: there is no such row.</summary>
    public const string ResourceNotFound = "ResourceNotFound";

    /// <summary>412: the row changed since it was read.</summary>
    public const string UpdateConditionNotSatisfied = "UpdateConditionNotSatisfied";

    /// <summary>409: the table is there already.</summary>
    public const string TableAlreadyExists = "TableAlreadyExists";

    /// <summary>404: there is no such table.</summary>
    public const string TableNotFound = "TableNotFound";

    /// <summary>409: the table was deleted less than about a minute ago; its name is not free yet.</summary>
    public const string TableBeingDeleted = "TableBeingDeleted";
}
