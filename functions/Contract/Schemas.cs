using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>The schemas of what is answered, made from the types that are written, each once under its name.</summary>
internal sealed class Schemas
{
    /// <summary>As answers are written: a number is a number, never text.</summary>
    private static readonly JsonSerializerOptions Written = WrittenOptions();

    /// <summary>Types of different rooms that have one name.</summary>
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(Policy.RuleView)] = "ReplayRuleView",
        [typeof(Members.SentimentCounts)] = "MemberSentimentCounts",
    };

    private readonly DocComments _docs;
    private readonly JsonSchemaExporterOptions _exporting;
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonNode> _named = new(StringComparer.Ordinal);

    public Schemas(DocComments docs)
    {
        _docs = docs;
        _exporting = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
    }

    /// <summary>All that were asked for so far, with all that they mention.</summary>
    public JsonObject ToJson() => new([.. _named.Select(n => KeyValuePair.Create(n.Key, (JsonNode?)n.Value.DeepClone()))]);

    /// <summary>A schema for a type: a reference where the type has a name.</summary>
    public JsonNode Of(Type type) => IsNamed(type) ? Reference(type) : JsonSchemaExporter.GetJsonSchemaAsNode(Written, type, _exporting);

    /// <summary>Adds a schema that is written by hand.</summary>
    public JsonNode Add(string name, JsonNode schema)
    {
        if (!_named.TryGetValue(name, out var known))
            _named.Add(name, schema.DeepClone());
        else if (!JsonNode.DeepEquals(known, schema))
            throw new InvalidOperationException($"Two schemas want the name {name}.");
        return Reference(name);
    }

    private JsonObject Reference(Type type)
    {
        var name = NameOf(type);
        if (_types.TryAdd(name, type))
            _named[name] = JsonSchemaExporter.GetJsonSchemaAsNode(Written, type, _exporting);
        else if (_types[name] != type)
            throw new InvalidOperationException($"{type} and {_types[name]} want the name {name}: give one of them another.");
        return Reference(name);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var whole = context.TypeInfo.Type;
        var type = Nullable.GetUnderlyingType(whole) ?? whole;
        if (type == typeof(DateTimeOffset))
            return Simple("date-time", whole != type);
        if (!context.Path.IsEmpty && IsNamed(type))
        {
            var mayBeNull = whole != type || MayBeNull(schema);
            return mayBeNull ? new JsonObject { ["anyOf"] = new JsonArray(Reference(type), new JsonObject { ["type"] = "null" }) } : Reference(type);
        }
        if (schema is not JsonObject node)
            return schema;
        if (type.IsEnum)
            Describe(node, type);
        else if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && IsNamed(type))
            Complete(node, context.TypeInfo);
        return node;
    }

    private static JsonObject Simple(string format, bool mayBeNull) =>
        new() { ["type"] = mayBeNull ? new JsonArray("string", "null") : "string", ["format"] = format };

    private void Describe(JsonObject node, Type type)
    {
        node["type"] = "string";
        var values = Enum.GetNames(type).Select(n => (Name: JsonNamingPolicy.CamelCase.ConvertName(n), About: _docs.Of(type, n)));
        var lines = values.Where(v => v.About is not null).Select(v => $"- `{v.Name}`: {v.About}").Prepend(_docs.Of(type)).Where(l => l is not null);
        if (string.Join('\n', lines) is { Length: > 0 } about)
            node["description"] = about;
    }

    /// <summary>Says what each field is for, and which are always there: those that are never null and never left out.</summary>
    private void Complete(JsonObject node, JsonTypeInfo type)
    {
        var required = new JsonArray();
        foreach (var property in type.Properties.Where(p => p.Get is not null))
        {
            if (!property.IsGetNullable && property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) is not true)
                required.Add(property.Name);
            var field = node["properties"]![property.Name]!;
            if (field is JsonObject described && property.AttributeProvider is System.Reflection.PropertyInfo info && _docs.Of(info) is { } about)
                described["description"] = about;
        }
        if (required.Count > 0)
            node["required"] = required;
        else
            node.Remove("required");
        if (_docs.Of(type.Type) is { } words)
            node["description"] = words;
    }

    private static bool MayBeNull(JsonNode schema) => schema is JsonObject node
        && (node["type"] is JsonArray types ? types.Any(t => (string?)t == "null") : node["enum"] is JsonArray values && values.Any(v => v is null));

    /// <summary>Our own records and enumerations have names; lists, dictionaries and what the platform brings have none.</summary>
    private static bool IsNamed(Type type) =>
        type.Namespace?.StartsWith("Moderato", StringComparison.Ordinal) is true && (type.IsEnum || Written.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object);

    private static string NameOf(Type type) => Names.TryGetValue(type, out var name) ? name
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Digests.Section<>) ? $"{type.GenericTypeArguments[0].Name}Section"
        : type.IsGenericType ? $"Webhook{type.GenericTypeArguments[0].Name.Replace("EventData", "", StringComparison.Ordinal)}"
        : type.Name;

    private static JsonSerializerOptions WrittenOptions()
    {
        var options = new JsonSerializerOptions(Json.Options) { NumberHandling = JsonNumberHandling.Strict };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
