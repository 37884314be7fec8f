using System.Globalization;
using System.Text.Json;

namespace Moderato.Local.Hosting;

/// <summary>Reads fields of a settings file. What is wrong is collected with the file and the field; a missing field is null.</summary>
internal sealed class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly string _name;
    private readonly string _prefix;
    private readonly JsonElement _root;
    private readonly List<string> _problems;

    private JsonFile(string name, string prefix, JsonElement root, List<string> problems) =>
        (_name, _prefix, _root, _problems) = (name, prefix, root, problems);

    /// <param name="path">Where it is.</param>
    /// <param name="name">How problems call it.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>Null if there is no such file or it holds no JSON object; the problem is reported.</returns>
    public static JsonFile? Read(string path, string name, List<string> problems)
    {
        if (!File.Exists(path))
        {
            problems.Add($"{name} is missing.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return new JsonFile(name, "", document.RootElement.Clone(), problems);
            problems.Add($"{name} must be a JSON object.");
        }
        catch (JsonException problem)
        {
            problems.Add($"{name} is no JSON: line {problem.LineNumber + 1}, position {problem.BytePositionInLine + 1}.");
        }

        return null;
    }

    /// <summary>The objects of an array, each to be read like a file of its own.</summary>
    public IReadOnlyList<JsonFile> Parts(string field)
    {
        if (Find(field) is not { } found)
            return [];
        if (found.ValueKind is JsonValueKind.Array && found.EnumerateArray().All(e => e.ValueKind is JsonValueKind.Object))
            return [.. found.EnumerateArray().Select((e, i) => new JsonFile(_name, $"{_prefix}{field}[{i}].", e, _problems))];
        Report(field, "must be a list of objects.");
        return [];
    }

    public string? Text(string field) => Read(field, "must be text.", e => e.ValueKind is JsonValueKind.String ? e.GetString() : null);

    public bool? Flag(string field) =>
        Find(field)?.ValueKind switch
        {
            null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Report<bool?>(field, "must be true or false."),
        };

    public int? Whole(string field, int least, int most) =>
        Find(field) is not { } found ? null
        : found.ValueKind is JsonValueKind.Number && found.TryGetInt32(out var number) && number >= least && number <= most ? number
        : Report<int?>(field, $"must be a whole number from {least} to {most}.");

    /// <summary>A time span as <c>hh:mm:ss</c>.</summary>
    public TimeSpan? Span(string field) =>
        Find(field) is not { } found ? null
        : found.ValueKind is JsonValueKind.String
            && TimeSpan.TryParse(found.GetString(), CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero ? span
        : Report<TimeSpan?>(field, "must be a time span as hh:mm:ss.");

    public IReadOnlyList<string>? Texts(string field) =>
        Read<IReadOnlyList<string>>(
            field,
            "must be a list of texts.",
            e => e.ValueKind is JsonValueKind.Array && e.EnumerateArray().All(t => t.ValueKind is JsonValueKind.String)
                ? [.. e.EnumerateArray().Select(t => t.GetString()!)]
                : null);

    /// <summary>The texts of an object, by name.</summary>
    public IReadOnlyDictionary<string, string> TextsByName(string field)
    {
        var texts = new Dictionary<string, string>();
        if (Find(field) is not { } found)
            return texts;
        if (found.ValueKind is not JsonValueKind.Object)
        {
            Report(field, "must be an object.");
            return texts;
        }

        foreach (var property in found.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.String)
                texts[property.Name] = property.Value.GetString()!;
            else
                Report($"{field}.{property.Name}", "must be text.");
        }

        return texts;
    }

    public void Report(string field, string what) => _problems.Add($"{_name}: {_prefix}{field} {what}");

    private T? Report<T>(string field, string what)
    {
        Report(field, what);
        return default;
    }

    private T? Read<T>(string field, string what, Func<JsonElement, T?> read)
        where T : class =>
        Find(field) is { } found ? read(found) ?? Report<T>(field, what) : null;

    private JsonElement? Find(string field)
    {
        var found = _root;
        foreach (var name in field.Split('.'))
        {
            if (found.ValueKind is not JsonValueKind.Object || !found.TryGetProperty(name, out found) || found.ValueKind is JsonValueKind.Null)
                return null;
        }

        return found;
    }
}
