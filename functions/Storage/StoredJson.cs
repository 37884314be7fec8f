using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Moderato.Comments;

namespace Moderato.Storage;

/// <summary>How documents are kept in rows: like the HTTP interface writes them, with ids as their text.</summary>
internal static class StoredJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new AsText<CommunityId>(CommunityId.Parse),
            new AsText<PlatformId>(PlatformId.Parse),
        },
    };

    private sealed class AsText<T>(Func<string, T> parse) : JsonConverter<T>
        where T : notnull
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
