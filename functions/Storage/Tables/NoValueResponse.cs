using Azure;

namespace Moderato.Storage.Tables;

/// <summary>The answer about a row that is not there.</summary>
internal sealed class NoValueResponse<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    /// <exception cref="InvalidOperationException">Always: ask <see cref="HasValue"/> first.</exception>
    public override T? Value => throw new InvalidOperationException("The row is not there; ask HasValue first.");

    public override Response GetRawResponse() => response;
}
