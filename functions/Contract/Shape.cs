using System.Text.Json.Nodes;

namespace Moderato.Contract;

/// <summary>Writes JSON Schemas (draft 2020-12) of what is sent to Moderato. Lengths are in UTF-16 code units.</summary>
internal static class Shape
{
    public const string Slug = "^[a-z0-9][a-z0-9-]*$";

    public static JsonObject Text(int longest, string? about = null, int shortest = 0, string? pattern = null)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (shortest > 0)
            schema["minLength"] = shortest;
        schema["maxLength"] = longest;
        if (pattern is not null)
            schema["pattern"] = pattern;
        return schema.Saying(about);
    }

    public static JsonObject Community() => Text(40, "A community's id, as in the settings.", 1, Slug);

    public static JsonObject Platform(string? about = null) => Text(32, about ?? "The platform's name, such as instagram.", 1, Slug);

    public static JsonObject Outcome(string? about = null) => Text(4096, about ?? "An outcome's id, from a list of outcomes or the answer to a post of comments.", 1, "^[A-Za-z0-9_-]+$");

    public static JsonObject Whole(int least, int most, int? usual = null, string? about = null)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };
        if (usual is { } number)
            schema["default"] = number;
        return schema.Saying(about);
    }

    public static JsonObject Number(double least, double most, string? about = null) =>
        new JsonObject { ["type"] = "number", ["minimum"] = least, ["maximum"] = most }.Saying(about);

    public static JsonObject Time(string? about = null) => new JsonObject { ["type"] = "string", ["format"] = "date-time" }.Saying(about);

    /// <summary>A time as addresses take it: a date alone is its beginning.</summary>
    public static JsonObject TimeOrDate(string? about = null) => new JsonObject
    {
        ["type"] = "string",
        ["anyOf"] = new JsonArray(new JsonObject { ["format"] = "date-time" }, new JsonObject { ["format"] = "date" }),
    }.Saying(about);

    public static JsonObject Date(string? about = null) => new JsonObject { ["type"] = "string", ["format"] = "date" }.Saying(about);

    public static JsonObject Flag(string? about = null) => new JsonObject { ["type"] = "boolean", ["default"] = false }.Saying(about);

    public static JsonObject Only(bool value, string? about = null) => new JsonObject { ["const"] = value }.Saying(about);

    public static JsonObject OneOf(string? about, params IEnumerable<string> names) =>
        new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(n => (JsonNode)n)]) }.Saying(about);

    public static JsonObject OneOf<T>(string? about = null)
        where T : struct, Enum => OneOf(about, Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName));

    public static JsonObject List(JsonNode of, int most, int fewest = 0, string? about = null)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = of };
        if (fewest > 0)
            schema["minItems"] = fewest;
        schema["maxItems"] = most;
        return schema.Saying(about);
    }

    /// <summary>An object; the names of its required fields end with an exclamation mark.</summary>
    public static JsonObject Object(string? about, params (string Name, JsonNode Schema)[] fields)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var (name, schema) in fields)
        {
            properties[name.TrimEnd('!')] = schema;
            if (name.EndsWith('!'))
                required.Add(name.TrimEnd('!'));
        }
        var whole = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            whole["required"] = required;
        return whole.Saying(about);
    }

    public static JsonObject Usually(this JsonObject schema, JsonNode value)
    {
        schema["default"] = value;
        return schema;
    }

    /// <summary>The same, or null, which is as if the field were not there.</summary>
    public static JsonObject OrNull(this JsonObject schema)
    {
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        return schema;
    }

    private static JsonObject Saying(this JsonObject schema, string? about)
    {
        if (about is not null)
            schema["description"] = about;
        return schema;
    }
}
