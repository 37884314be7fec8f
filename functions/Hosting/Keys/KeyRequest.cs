using System.Text.Json;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>A key that somebody asks for.</summary>
internal sealed record KeyRequest(string Name, IReadOnlySet<CommunityId>? Communities, IReadOnlySet<Scope> Scopes, DateTimeOffset? ExpiresAt, int RequestsPerMinute, bool Apprentice)
{
    public const string Example = """{"name": "shop", "communities": ["demo"], "scopes": ["ingest"]}""";
    public const int LongestName = 100;

    private static readonly string[] Known = ["name", "communities", "scopes", "expiresAt", "requestsPerMinute", "apprentice"];

    /// <summary>The request, and what is wrong with it. A misspelt field is refused: "expires" would make a key that never does.</summary>
    public static (KeyRequest Request, IReadOnlyList<FieldError> Errors) Read(JsonElement body, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        foreach (var unknown in body.EnumerateObject().Select(p => p.Name).Where(n => !Known.Contains(n)))
            errors.Add(new FieldError(unknown.Length <= 40 ? unknown : unknown[..40], $"This is no field of a key; there are {string.Join(", ", Known)}."));
        var name = body.Text("name")?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            errors.Add(new FieldError("name", $"'name' says who holds the key, in 1 to {LongestName} characters."));
        return (
            new KeyRequest(name, ReadCommunities(body, errors), ReadScopes(body, errors), ReadExpiry(body, now, errors), ReadLimit(body, errors), ReadApprentice(body, errors)),
            errors);
    }

    private static HashSet<CommunityId>? ReadCommunities(JsonElement body, List<FieldError> errors)
    {
        var read = new HashSet<CommunityId>();
        var asked = body.List("communities").ToList();
        if (asked is [{ ValueKind: JsonValueKind.String } only] && only.GetString() == "*")
            return null;
        if (asked.Count == 0)
            errors.Add(new FieldError("communities", "'communities' must be a list of at least one community's id, or [\"*\"] for all."));
        foreach (var (i, community) in asked.Index())
        {
            if (community.ValueKind == JsonValueKind.String && CommunityId.TryParse(community.GetString(), out var id))
                read.Add(id);
            else
                errors.Add(new FieldError($"communities[{i}]", $"A community's id has {CommunityId.Rule}. For all of them write [\"*\"] alone."));
        }
        return read;
    }

    private static HashSet<Scope> ReadScopes(JsonElement body, List<FieldError> errors)
    {
        var names = Enum.GetValues<Scope>().ToDictionary(ApiKeys.Name);
        var read = new HashSet<Scope>();
        var asked = body.List("scopes").ToList();
        if (asked.Count == 0)
            errors.Add(new FieldError("scopes", $"'scopes' must be a list of at least one of: {string.Join(", ", names.Keys)}."));
        foreach (var (i, scope) in asked.Index())
        {
            if (scope.ValueKind == JsonValueKind.String && names.TryGetValue(scope.GetString()!, out var known))
                read.Add(known);
            else
                errors.Add(new FieldError($"scopes[{i}]", $"A scope is one of: {string.Join(", ", names.Keys)}."));
        }
        return read;
    }

    private static DateTimeOffset? ReadExpiry(JsonElement body, DateTimeOffset now, List<FieldError> errors)
    {
        if (!body.Has("expiresAt"))
            return null;
        if (QueryTime.TryParse(body.Text("expiresAt") ?? "", out var expiry) && expiry > now)
            return expiry;
        errors.Add(new FieldError("expiresAt", $"'expiresAt' {QueryTime.Rule}, and lie in the future."));
        return null;
    }

    private static int ReadLimit(JsonElement body, List<FieldError> errors)
    {
        if (!body.Has("requestsPerMinute"))
            return ApiKey.DefaultRequestsPerMinute;
        if (body.Number("requestsPerMinute") is { } number and >= 1 and <= ApiKey.MostRequestsPerMinute)
            return (int)number;
        errors.Add(new FieldError("requestsPerMinute", $"'requestsPerMinute' must be a whole number from 1 to {ApiKey.MostRequestsPerMinute}."));
        return 0;
    }

    private static bool ReadApprentice(JsonElement body, List<FieldError> errors)
    {
        if (body.Has("apprentice") && body.Field("apprentice").ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            errors.Add(new FieldError("apprentice", "'apprentice' must be true or false."));
        return body.IsTrue("apprentice");
    }
}
