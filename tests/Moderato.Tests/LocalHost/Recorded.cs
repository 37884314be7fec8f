using System.Text.Json;

namespace Moderato.Tests.LocalHosting;

/// <summary>One line of what the handler wrote down; see handler/handler.js.</summary>
internal sealed record Recorded
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary><c>start</c>, <c>begin</c> and <c>end</c> of a function, <c>request</c>, <c>sigterm</c>.</summary>
    public required string At { get; init; }

    /// <summary>The function, or the method of a request.</summary>
    public string? Name { get; init; }

    public string? Url { get; init; }

    /// <summary>The request's headers, lower case; at the start, the environment.</summary>
    public Dictionary<string, JsonElement> Headers { get; init; } = [];

    /// <summary>As text for a function, as base64 for a request.</summary>
    public string? Body { get; init; }

    public JsonElement Json => JsonDocument.Parse(Body!).RootElement;

    public string Header(string name) => Headers[name].GetString()!;

    /// <summary>A line that is still being written does not count.</summary>
    public static IReadOnlyList<Recorded> Read(string file) =>
        File.Exists(file)
            ? [.. File.ReadAllText(file).Split('\n')[..^1].Select(line => JsonSerializer.Deserialize<Recorded>(line, Names)!)]
            : [];
}
