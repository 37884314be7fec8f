using System.Text.Json;

namespace Moderato.Hosting;

/// <summary>Reads what platforms send without trusting its shape: what is missing or of another type is null.</summary>
internal static class PlatformJson
{
    public static bool IsObject(this JsonElement element) => element.ValueKind == JsonValueKind.Object;

    /// <summary>A field that is an object; null otherwise, also where <paramref name="from"/> is none.</summary>
    public static JsonElement? Object(this JsonElement from, string field) =>
        from.IsObject() && from.TryGetProperty(field, out var value) && value.IsObject() ? value : null;

    /// <summary>A field that is a list, as its elements; nothing otherwise.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement from, string field) =>
        from.IsObject() && from.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    public static bool Has(this JsonElement from, string field) =>
        from.IsObject() && from.TryGetProperty(field, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    public static bool IsTrue(this JsonElement from, string field) =>
        from.IsObject() && from.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Text that is not empty, or a number's digits: ids come in both forms, and none may be rounded.</summary>
    public static string? Text(this JsonElement from, string field)
    {
        if (!from.IsObject() || !from.TryGetProperty(field, out var value))
            return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 } ? text : null;
    }

    /// <summary>A whole number, also one written as text.</summary>
    public static long? Number(this JsonElement from, string field) =>
        long.TryParse(from.Text(field), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A field, whatever it is; undefined where there is none, so that one can ask on.</summary>
    public static JsonElement Field(this JsonElement from, string field) => from.IsObject() && from.TryGetProperty(field, out var value) ? value : default;
}
