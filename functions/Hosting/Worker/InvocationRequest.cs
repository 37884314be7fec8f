using System.Text.Json;

namespace Moderato.Hosting.Worker;

/// <summary>
/// What the Functions host posts to a custom handler for every trigger but HTTP: <c>{"Data": {...}, "Metadata": {...}}</c>.
/// Text is encoded twice there (a message that is JSON arrives as a string that holds a string literal that holds the JSON), so it
/// is parsed until no string is left.
/// </summary>
internal sealed class InvocationRequest(JsonDocument document) : IDisposable
{
    public static async Task<InvocationRequest> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return new InvocationRequest(document);
    }

    /// <summary>The trigger's value as text: what the message says, without the host's quoting.</summary>
    /// <exception cref="FormatException">The host sent no such binding.</exception>
    public string TextOf(string binding)
    {
        var value = ValueOf(binding);
        return value.ValueKind == JsonValueKind.String ? Unquote(value.GetString()!) : value.GetRawText();
    }

    public IReadOnlyDictionary<string, object?> Metadata()
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("Metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
            return new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

        return metadata.EnumerateObject().ToDictionary(
            p => p.Name,
            p => (object?)(p.Value.ValueKind == JsonValueKind.String ? Unquote(p.Value.GetString()!) : p.Value.GetRawText()),
            StringComparer.OrdinalIgnoreCase);
    }

    public void Dispose() => document.Dispose();

    private JsonElement ValueOf(string binding) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty("Data", out var data) && data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty(binding, out var value)
            ? value
            : throw new FormatException($"The invocation has no Data.{binding}.");

    /// <summary>Takes string literals off, as many as there are. Text that merely begins with a quotation mark stays what it is.</summary>
    private static string Unquote(string text)
    {
        while (text.StartsWith('"') && text.EndsWith('"') && text.Length >= 2)
        {
            try
            {
                text = JsonSerializer.Deserialize<string>(text)!;
            }
            catch (JsonException)
            {
                return text; // not a literal: somebody's own quotation marks
            }
        }
        return text;
    }
}
