using System.Diagnostics.CodeAnalysis;
using Azure;

namespace Moderato.Storage.Tables;

/// <summary>One action of a transaction failed, so none of them happened.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the answer to a transaction can be this.")]
public sealed class TableTransactionFailedException : RequestFailedException
{
    internal TableTransactionFailedException(TableFailure failure)
        : base(failure.Status, failure.Message, failure.Code, innerException: null) => FailedTransactionActionIndex = failure.ActionIndex;

    /// <summary>Position of the action that failed, from 0; null where the service does not say.</summary>
    public int? FailedTransactionActionIndex { get; }
}
