using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace Moderato.Storage.Tables;

/// <summary>
/// The rows that a query finds, one request a page. The service ends a page after 1,000 rows, after five seconds, and at partition
/// borders: a page may be empty and still not be the last.
/// </summary>
internal sealed class EntityPages<T>(
    TablePipeline pipeline,
    string tableName,
    string? filter,
    int? maxPerPage,
    string? select,
    CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : class, ITableEntity
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        ReadPagesAsync(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);

    private async IAsyncEnumerable<Page<T>> ReadPagesAsync(
        string? continuationToken, int? pageSize, [EnumeratorCancellation] CancellationToken cancel)
    {
        do
        {
            using var message = CreateMessage(continuationToken, pageSize);
            var response = await pipeline.SendAsync(message, cancel);
            continuationToken = ReadContinuation(response);
            yield return Page<T>.FromValues(ReadRows(response), continuationToken, response);
        }
        while (continuationToken is not null);
    }

    private HttpMessage CreateMessage(string? continuationToken, int? pageSize)
    {
        var message = pipeline.CreateMessage(RequestMethod.Get, $"{tableName}()", Expected.Ok);
        var uri = message.Request.Uri;
        if (filter is not null)
        {
            uri.AppendQuery("$filter", filter, escapeValue: true);
        }

        if (select is not null)
        {
            uri.AppendQuery("$select", select, escapeValue: true);
        }

        if (pageSize is { } top)
        {
            uri.AppendQuery("$top", top.ToString(CultureInfo.InvariantCulture), escapeValue: false);
        }

        if (continuationToken is not null)
        {
            var (partitionKey, rowKey) = ContinuationToken.Parse(continuationToken);
            uri.AppendQuery("NextPartitionKey", partitionKey, escapeValue: true);
            if (rowKey is not null)
            {
                uri.AppendQuery("NextRowKey", rowKey, escapeValue: true);
            }
        }

        return message;
    }

    private static string? ReadContinuation(Response response) =>
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partitionKey) && partitionKey is { Length: > 0 }
            ? new ContinuationToken(
                partitionKey,
                response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var rowKey) ? rowKey : null).ToString()
            : null;

    private static List<T> ReadRows(Response response)
    {
        using var json = JsonDocument.Parse(response.Content.ToMemory());
        var values = json.RootElement.GetProperty("value");
        var rows = new List<T>(values.GetArrayLength());
        foreach (var value in values.EnumerateArray())
        {
            rows.Add(EntityJson.Read<T>(value));
        }

        return rows;
    }
}
