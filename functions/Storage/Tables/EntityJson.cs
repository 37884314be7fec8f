using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure;

namespace Moderato.Storage.Tables;

/// <summary>One row to and from JSON.</summary>
internal static class EntityJson
{
    /// <summary>The bodies go to a service, never into a page: escaping every accent and emoji would only make them longer.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> buffer) => new(buffer, Options);

    public static void Write(Utf8JsonWriter json, ITableEntity entity)
    {
        json.WriteStartObject();
        json.WriteString(TableEntity.PartitionKeyName, entity.PartitionKey);
        json.WriteString(TableEntity.RowKeyName, entity.RowKey);
        if (entity is TableEntity row)
        {
            foreach (var (name, value) in row.Properties)
            {
                if (!IsSystem(name))
                {
                    EntityValue.Write(json, name, value);
                }
            }
        }
        else
        {
            EntityMapping.Of(entity.GetType()).Write(json, entity);
        }

        json.WriteEndObject();
        json.Flush();
    }

    public static T Read<T>(JsonElement json)
        where T : class, ITableEntity
    {
        var entity = Activator.CreateInstance<T>();
        var row = entity as TableEntity;
        var mapping = row is null ? EntityMapping.Of(typeof(T)) : null;

        // A type annotation stands before the property it belongs to.
        string? type = null;
        foreach (var property in json.EnumerateObject())
        {
            var name = property.Name;
            if (name.EndsWith(EntityValue.TypeSuffix, StringComparison.Ordinal))
            {
                type = property.Value.GetString();
            }
            else if (!ReadSystem(entity, name, property.Value))
            {
                var value = EntityValue.Read(property.Value, type);
                type = null;
                row?.Properties[name] = value;
                mapping?.Set(entity, name, value);
            }
        }

        return entity;
    }

    private static bool IsSystem(string name) =>
        name is TableEntity.PartitionKeyName or TableEntity.RowKeyName or TableEntity.TimestampName
        || name.StartsWith("odata.", StringComparison.Ordinal);

    private static bool ReadSystem(ITableEntity entity, string name, JsonElement value)
    {
        switch (name)
        {
            case TableEntity.PartitionKeyName:
                entity.PartitionKey = value.GetString()!;
                return true;
            case TableEntity.RowKeyName:
                entity.RowKey = value.GetString()!;
                return true;
            case TableEntity.TimestampName:
                entity.Timestamp = value.GetDateTimeOffset();
                return true;
            case TableEntity.ETagName:
                entity.ETag = new ETag(value.GetString()!);
                return true;
            default:
                return IsSystem(name);
        }
    }
}
