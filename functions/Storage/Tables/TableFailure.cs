using System.Globalization;
using System.Text.Json;
using Azure;

namespace Moderato.Storage.Tables;

/// <summary>
/// What the service said about a request that failed. Its message is read for the position in a transaction and then dropped: it
/// may repeat keys and filters, and rows hold people's words.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">One of https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes, if the service gave one.</param>
/// <param name="ActionIndex">In a transaction, the action that failed.</param>
/// <param name="RequestId">What Azure's support asks for.</param>
internal sealed record TableFailure(int Status, string? Code, int? ActionIndex, string? RequestId)
{
    public string Message =>
        $"The table service answered {Status} ({Code ?? "without an error code"})"
        + (ActionIndex is { } index ? $" to action {index} of the transaction" : "")
        + (RequestId is null ? "." : $"; request {RequestId}.");

    public static RequestFailedException From(Response response)
    {
        var failure = Read(response);
        return new RequestFailedException(failure.Status, failure.Message, failure.Code, innerException: null);
    }

    public static TableFailure Read(Response response)
    {
        var body = response.ContentStream is null ? default : response.Content.ToMemory();
        var (code, index) = ReadBody(body);
        return new TableFailure(
            response.Status,
            code ?? (response.Headers.TryGetValue("x-ms-error-code", out var header) ? header : null),
            index,
            response.Headers.RequestId);
    }

    /// <summary><c>{"odata.error": {"code": "...", "message": {"lang": "en-US", "value": "3:The specified..."}}}</c></summary>
    private static (string? Code, int? Index) ReadBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("odata.error", out var error)
                || !error.TryGetProperty("code", out var code))
            {
                return default;
            }

            var index = error.TryGetProperty("message", out var message) && message.TryGetProperty("value", out var value)
                ? ReadIndex(value)
                : null;
            return (code.GetString(), index);
        }
        catch (JsonException)
        {
            // A gateway's page, or nothing at all: the status has to do.
            return default;
        }
    }

    private static int? ReadIndex(JsonElement message)
    {
        var text = message.GetString().AsSpan();
        var colon = text.IndexOf(':');
        return colon > 0 && int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
