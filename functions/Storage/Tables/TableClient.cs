using System.Buffers;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace Moderato.Storage.Tables;

/// <summary>
/// One table. Every method throws <see cref="RequestFailedException"/> with the service's status and
/// <see cref="TableErrorCode">error code</see> for an answer that its description does not name; the message holds no content.
/// </summary>
public sealed class TableClient
{
    private readonly TablePipeline _pipeline;

    internal TableClient(TablePipeline pipeline, string tableName)
    {
        if (tableName is not { Length: >= 3 and <= 63 } || !char.IsAsciiLetter(tableName[0]) || !tableName.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("A table's name has 3 to 63 letters and digits and starts with a letter.", nameof(tableName));
        }

        _pipeline = pipeline;
        Name = tableName;
    }

    public string Name { get; }

    /// <summary>The table's address.</summary>
    public Uri Uri => new($"{_pipeline.Endpoint.AbsoluteUri}/{Name}");

    /// <summary>Writes a filter whose values are escaped and typed: <c>CreateQueryFilter($"PartitionKey eq {community} and Score gt {0.5}")</c>.</summary>
    /// <remarks>Takes text, Int32, Int64, double, bool, times, GUIDs and bytes. A number's type matters: no Int32 equals an Int64.</remarks>
    /// <exception cref="ArgumentException">A value is null or of another type.</exception>
    public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Create(filter);

    /// <summary>Fails with <see cref="TableErrorCode.TableAlreadyExists"/>, and for about a minute after a deletion with <see cref="TableErrorCode.TableBeingDeleted"/>.</summary>
    public async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default)
    {
        var response = await PostTableAsync(Expected.Written, cancellationToken);
        return Response.FromValue(new TableItem(Name), response);
    }

    /// <inheritdoc cref="CreateAsync"/>
    /// <summary>A table that is there already is left as it is.</summary>
    public async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        var response = await PostTableAsync(Expected.WrittenOrConflict, cancellationToken);
        return response.Status == 409 && TableFailure.Read(response).Code != TableErrorCode.TableAlreadyExists
            ? throw TableFailure.From(response)
            : Response.FromValue(new TableItem(Name), response);
    }

    /// <summary>Deletes the table with all its rows. A table that is not there is no failure: the response says 404.</summary>
    public async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Delete, $"Tables('{Name}')", Expected.GoneOrMissing);
        return await _pipeline.SendAsync(message, cancellationToken);
    }

    /// <summary>Fails with 404 if the row is not there.</summary>
    /// <param name="partitionKey">The row's partition.</param>
    /// <param name="rowKey">The row within it.</param>
    /// <param name="select">The properties wanted; all if left out. The keys come only if they are named.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await GetAsync(partitionKey, rowKey, select, Expected.Ok, cancellationToken);
        return Response.FromValue(ReadRow<T>(response), response);
    }

    /// <inheritdoc cref="GetEntityAsync"/>
    /// <summary>A row that is not there is no failure: the answer has no value.</summary>
    public async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await GetAsync(partitionKey, rowKey, select, Expected.OkOrMissing, cancellationToken);
        return response.Status == 404 ? new NoValueResponse<T>(response) : Response.FromValue(ReadRow<T>(response), response);
    }

    /// <summary>Inserts. Fails with 409, <see cref="TableErrorCode.EntityAlreadyExists"/>, if the row is there. The response carries the new ETag.</summary>
    public async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Post, Name, Expected.Written);
        message.Request.Headers.Add("Prefer", "return-no-content");
        SetRow(message.Request, entity);
        return await _pipeline.SendAsync(message, cancellationToken);
    }

    /// <summary>Inserts, or merges into or replaces what is there, whatever its version. The response carries the new ETag.</summary>
    public async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = CreateWrite(entity, mode);
        return await _pipeline.SendAsync(message, cancellationToken);
    }

    /// <summary>Fails with 412, <see cref="TableErrorCode.UpdateConditionNotSatisfied"/>, if the row changed since, and with 404 if it is gone.</summary>
    /// <param name="entity">The row.</param>
    /// <param name="ifMatch">The version that was read, or <see cref="ETag.All"/> for any.</param>
    /// <param name="mode">Whether properties that are not mentioned stay.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default)
        {
            throw new ArgumentException("An update needs the ETag that was read, or ETag.All.", nameof(ifMatch));
        }

        using var message = CreateWrite(entity, mode);
        message.Request.Headers.Add(HttpHeader.Names.IfMatch, ifMatch.ToString("H"));
        return await _pipeline.SendAsync(message, cancellationToken);
    }

    /// <summary>A row that is not there is no failure: the response says 404. Fails with 412 if it changed since.</summary>
    /// <param name="partitionKey">The row's partition.</param>
    /// <param name="rowKey">The row within it.</param>
    /// <param name="ifMatch">The version that was read; left out, any version is deleted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Delete, EntityAddress.Of(Name, partitionKey, rowKey), Expected.GoneOrMissing);
        message.Request.Headers.Add(HttpHeader.Names.IfMatch, (ifMatch == default ? ETag.All : ifMatch).ToString("H"));
        return await _pipeline.SendAsync(message, cancellationToken);
    }

    /// <summary>The rows that a filter lets through, ordered by partition and row key. Nothing is sent before they are enumerated.</summary>
    /// <param name="filter">From <see cref="CreateQueryFilter"/>; every row if left out.</param>
    /// <param name="maxPerPage">1 to 1,000 rows per request; 1,000 if left out.</param>
    /// <param name="select">The properties wanted; all if left out. The keys come only if they are named.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
        => new EntityPages<T>(_pipeline, Name, filter, maxPerPage, Join(select), cancellationToken);

    /// <summary>
    /// Writes up to 100 rows of one partition together: all of them or none. The answers are in the order of the actions.
    /// </summary>
    /// <exception cref="TableTransactionFailedException">One action failed, and it says which.</exception>
    /// <exception cref="ArgumentException">No actions, more than 100, more than one partition, or more than 4 MiB. Nothing was sent.</exception>
    public async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions as IReadOnlyList<TableTransactionAction> ?? [.. transactionActions];
        var transaction = new TransactionRequest(_pipeline.Endpoint, Name, actions);
        using var message = _pipeline.CreateMessage(RequestMethod.Post, "$batch", Expected.Accepted);
        message.Request.Headers.Add(HttpHeader.Names.ContentType, transaction.ContentType);
        message.Request.Content = transaction.Content;
        var response = await _pipeline.SendAsync(message, cancellationToken);
        return Response.FromValue(TransactionResponse.Read(response, actions.Count), response);
    }

    private async Task<Response> PostTableAsync(ResponseClassifier expected, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Post, "Tables", expected);
        message.Request.Headers.Add("Prefer", "return-no-content");
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        message.Request.Content = RequestContent.Create(BinaryData.FromString($$"""{"TableName":"{{Name}}"}"""));
        return await _pipeline.SendAsync(message, cancellationToken);
    }

    private async Task<Response> GetAsync(
        string partitionKey, string rowKey, IEnumerable<string>? select, ResponseClassifier expected, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage(RequestMethod.Get, EntityAddress.Of(Name, partitionKey, rowKey), expected);
        if (Join(select) is { } names)
        {
            message.Request.Uri.AppendQuery("$select", names, escapeValue: true);
        }

        return await _pipeline.SendAsync(message, cancellationToken);
    }

    private HttpMessage CreateWrite(ITableEntity entity, TableUpdateMode mode)
    {
        var method = mode == TableUpdateMode.Merge ? RequestMethod.Patch : RequestMethod.Put;
        var message = _pipeline.CreateMessage(method, EntityAddress.Of(Name, entity.PartitionKey, entity.RowKey), Expected.Written);
        SetRow(message.Request, entity);
        return message;
    }

    private static void SetRow(Request request, ITableEntity entity)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = EntityJson.CreateWriter(body))
        {
            EntityJson.Write(json, entity);
        }

        request.Headers.Add(HttpHeader.Common.JsonContentType);
        request.Content = RequestContent.Create(body.WrittenMemory);
    }

    private static T ReadRow<T>(Response response)
        where T : class, ITableEntity
    {
        using var json = JsonDocument.Parse(response.Content.ToMemory());
        return EntityJson.Read<T>(json.RootElement);
    }

    private static string? Join(IEnumerable<string>? select) => select is null ? null : string.Join(',', select);
}
