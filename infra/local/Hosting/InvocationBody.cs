using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Local.Hosting;

/// <summary>
/// The body of a call to a custom handler: <c>{"Data": {"binding": value}, "Metadata": {...}}</c>, written as the Functions host
/// writes it (docs: learn.microsoft.com/azure/azure-functions/functions-custom-handlers#request-payload).
/// </summary>
internal static class InvocationBody
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Compose(Function function, JsonNode data, JsonObject metadata, DateTimeOffset now)
    {
        metadata["sys"] = new JsonObject
        {
            ["MethodName"] = function.Name,
            ["UtcNow"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["RandGuid"] = Guid.NewGuid().ToString(),
        };
        var body = new JsonObject { ["Data"] = new JsonObject { [function.Binding] = data }, ["Metadata"] = metadata };
        return JsonSerializer.SerializeToUtf8Bytes(body, Plain);
    }

    /// <summary>Text arrives as a JSON string that holds a JSON string literal.</summary>
    public static JsonNode TwiceEncoded(string text) => JsonValue.Create(JsonSerializer.Serialize(text, Plain));
}
