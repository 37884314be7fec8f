using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Hosting;

/// <summary>
/// Which fields of an answer are wanted: <c>fields=id,decision,sentiment.label</c>. Names are checked against the answer's type, so that a
/// letter wrong is said rather than answered with silence.
/// </summary>
public sealed class Fields
{
    private readonly string[][] _paths;

    private Fields(string[][] paths) => _paths = paths;

    /// <summary>The fields named; null where none are, and every field is wanted.</summary>
    public static Fields? Read<T>(string? text, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var paths = text.Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split('.')).ToArray();
        foreach (var (i, path) in paths.Index())
        {
            var type = typeof(T);
            foreach (var name in path)
            {
                var names = NamesOf(type);
                if (!names.TryGetValue(name, out var next))
                {
                    errors.Add(new FieldError($"fields[{i}]", $"'fields' names what is not there; there are {string.Join(", ", names.Keys)}."));
                    break;
                }
                type = Nullable.GetUnderlyingType(next) ?? next;
            }
        }
        return new Fields(paths);
    }

    /// <summary>What is wanted of a thing.</summary>
    public JsonNode Of<T>(T whole)
    {
        var (from, to) = (JsonSerializer.SerializeToNode(whole, Json.Options)!.AsObject(), new JsonObject());
        foreach (var path in _paths)
            Copy(from, to, path);
        return to;
    }

    private static void Copy(JsonObject from, JsonObject to, ReadOnlySpan<string> path)
    {
        if (!from.TryGetPropertyValue(path[0], out var value))
            return;
        if (path.Length == 1 || value is not JsonObject inner)
        {
            to[path[0]] = value?.DeepClone();
            return;
        }
        if (to[path[0]] is not JsonObject part)
            to[path[0]] = part = [];
        Copy(inner, part, path[1..]);
    }

    private static Dictionary<string, Type> NamesOf(Type type) => type == typeof(string) || type.IsPrimitive || type.IsEnum || type.IsAssignableTo(typeof(System.Collections.IEnumerable))
        ? []
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name), p => p.PropertyType, StringComparer.Ordinal);
}
