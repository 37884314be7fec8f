using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>One call of the HTTP interface. Its method and route are those of its function's trigger.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Summary">What it does, in a few words.</param>
/// <param name="About">The same in one sentence or two.</param>
internal sealed record Operation(string Function, string Summary, string About)
{
    /// <summary>The method, where the function takes several.</summary>
    public string? Method { get; init; }

    /// <summary>What a key must be allowed to; null where none is needed.</summary>
    public Scope? Scope { get; init; }

    /// <summary>Whether the key must be one for all communities.</summary>
    public bool ForAllCommunities { get; init; }

    public IReadOnlyList<Parameter> Query { get; init; } = [];

    /// <summary>Names of <see cref="Parameters.Headers"/>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public Body? Body { get; init; }
    public required IReadOnlyList<Reply> Replies { get; init; }

    /// <summary>Problems beside those that follow from the rest: see <see cref="AllProblems"/>.</summary>
    public IReadOnlyList<ProblemType> Problems { get; init; } = [];

    /// <summary>Answers a platform or another interface's clients in their own shape: no problem but the server's own follows from the rest.</summary>
    public bool HasOwnRefusals { get; init; }

    /// <summary>Every problem that it can answer, in order of status.</summary>
    public IReadOnlyList<ProblemType> AllProblems(string route)
    {
        var all = new HashSet<ProblemType>(Problems) { ProblemType.Unavailable };
        if (Scope is not null && !HasOwnRefusals)
            all.UnionWith([ProblemType.Unauthorized, ProblemType.Forbidden, ProblemType.TooManyRequests]);
        if (route.Contains("{community}", StringComparison.Ordinal))
            all.Add(ProblemType.NotFound);
        if (Body is not null)
            all.Add(ProblemType.BadRequest);
        if (Body is not null && !HasOwnRefusals)
            all.UnionWith([ProblemType.Invalid, ProblemType.TooLarge]);
        if (Body is { IsJson: true } && !HasOwnRefusals)
            all.Add(ProblemType.UnsupportedMediaType);
        return [.. ProblemType.All.Where(all.Contains)];
    }
}

/// <summary>Something in an address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What it may be; its description says what it is for.</param>
/// <param name="Example">What it looks like.</param>
internal sealed record Parameter(string Name, JsonObject Schema, string? Example = null)
{
    public bool Required { get; init; }
}

/// <summary>What is sent.</summary>
/// <param name="ContentType">Of which type.</param>
/// <param name="Schema">What it may be.</param>
/// <param name="Example">What it looks like: JSON, else text.</param>
internal sealed record Body(string ContentType, JsonObject Schema, string Example)
{
    /// <summary>The schema's name in the document; null where it needs none.</summary>
    public string? Name { get; init; }

    /// <summary>Whether there has to be one.</summary>
    public bool Required { get; init; } = true;

    public bool IsJson => ContentType == "application/json";

    public static Body Json(string name, JsonObject schema, string example) => new("application/json", schema, example) { Name = name };
}

/// <summary>One of the forms of an answer.</summary>
/// <param name="ContentType">Of which type.</param>
/// <param name="Type">What is sent as JSON; null where <paramref name="Schema"/> says it.</param>
/// <param name="Schema">What is sent.</param>
/// <param name="Example">What it looks like.</param>
internal sealed record Form(string ContentType, Type? Type, JsonObject? Schema, object? Example)
{
    /// <summary>Types that the schema refers to.</summary>
    public IReadOnlyList<Type> Mentions { get; init; } = [];
}

/// <summary>An answer that is no problem.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="About">What it means.</param>
/// <param name="Forms">Its forms; none where it has no body.</param>
internal sealed record Reply(int Status, string About, params Form[] Forms)
{
    /// <summary>Names of <see cref="Parameters.AnswerHeaders"/>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public static readonly Reply NotModified = new(StatusCodes.Status304NotModified, "The caller has it already.") { Headers = ["ETag"] };

    public static Reply Json<T>(int status, string about, T example) => new(status, about, new Form("application/json", typeof(T), null, example));

    public static Reply Ok<T>(string about, T example) => Json(StatusCodes.Status200OK, about, example);

    /// <summary>An answer with an ETag, about which may be asked again.</summary>
    public static IReadOnlyList<Reply> Cached<T>(string about, T example) => [Ok(about, example) with { Headers = ["ETag"] }, NotModified];

    public static Reply Text(string about, string contentType, string example) =>
        new(StatusCodes.Status200OK, about, new Form(contentType, null, new JsonObject { ["type"] = "string" }, example));

    /// <summary>A page for people.</summary>
    public static Reply Page(int status, string about) => new(status, about, new Form("text/html", null, new JsonObject { ["type"] = "string" }, "<!doctype html>…"));

    public static Reply NoContent(string about) => new(StatusCodes.Status204NoContent, about);
}
