using System.Text.Json.Nodes;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>What occurs in many addresses and headers, said once.</summary>
internal static class Parameters
{
    public const string OutcomeExample = "CN6Ilv1RgABpbnN0YWdyYW0vMTc5MTIzNDU";

    public static readonly Parameter From = new("from", Shape.TimeOrDate("Only what was first received at this time or later."), "2026-03-01T00:00:00Z");
    public static readonly Parameter To = new("to", Shape.TimeOrDate("Only what was first received before this time."), "2026-04-01T00:00:00Z");
    public static readonly Parameter Cursor = new("cursor", Shape.Text(4096, "A nextCursor of the same query, unchanged, for the page behind it."));
    public static readonly Parameter By = new("by", Shape.Text(100, "Who is behind the key, for colleagues and the audit."), "anna");
    public static readonly Parameter Changer = new("by", Shape.Text(100, "Who changes it, for colleagues and the audit.", 1), "anna") { Required = true };
    public static readonly Parameter Note = new("note", Shape.Text(500, "Why it is changed."), "calmer on Sundays");
    public static readonly Parameter Platform = new("platform", Shape.Platform("Only of this platform."), "instagram");

    public static Parameter Limit(int usual, int largest) => new("limit", Shape.Whole(1, largest, usual, "How many at most."), "10");

    /// <summary>Headers of requests.</summary>
    public static readonly IReadOnlyDictionary<string, Parameter> Headers = new Dictionary<string, Parameter>
    {
        ["If-None-Match"] = new("If-None-Match", Shape.Text(1_000, "The ETag of an answer that is there already: 304 without a body while it is still right.")),
        ["If-Match"] = new("If-Match", Shape.Text(100, "The ETag of the version that was changed, \"0\" if there was none. 412 if somebody else was faster, 428 if it is missing."), "\"3\""),
        ["Idempotency-Key"] = new("Idempotency-Key", Shape.Text(100, "Any words of the caller's: the same request sent again with them is carried out once."), "8f3b1c2e"),
        ["Accept-Language"] = new("Accept-Language", Shape.Text(1_000, "it or en: the language of messages about documents. Without it the community's."), "en"),
    };

    /// <summary>Headers of answers.</summary>
    public static readonly IReadOnlyDictionary<string, JsonObject> AnswerHeaders = new Dictionary<string, JsonObject>
    {
        ["ETag"] = Header("Which version this is; for If-None-Match, and for If-Match where it can be changed."),
        ["Location"] = Header("Where it can be looked at."),
        ["Content-Disposition"] = Header("The name to keep the file under."),
        ["Retry-After"] = Header("After how many seconds the same request may be sent again.", "integer"),
        ["WWW-Authenticate"] = Header("Bearer."),
    };

    /// <summary>A parameter of a route; what <c>id</c> is depends on what stands before it.</summary>
    public static Parameter OfRoute(string name, string before) => name switch
    {
        "community" => new(name, Shape.Community(), "demo"),
        "platform" => new(name, Shape.Platform(), "instagram"),
        "author" => new(name, Shape.Text(CommentLimits.Id, "The platform's id of the person; a slash in it is written %2F.", 1), "anna"),
        "number" => new(name, Shape.Text(10, "A version's number, from 1.", 1, "^[0-9]+$"), "1"),
        "language" => new(name, Shape.OneOf("The language of the guidelines.", "it", "en"), "it"),
        "date" => new(name, Shape.Text(10, "A day where the community is, such as 2026-03-09, or an ISO week such as 2026-W11.", 8, "^[0-9]{4}-([0-9]{2}-[0-9]{2}|W[0-9]{2})$"), "2026-03-09"),
        "token" when before == "unsubscribe" => new(name, Shape.Text(4096, "The end of the link in a mail. It opens one kind of mails to one address and nothing else.", 1), "bWFpbA"),
        "token" when before == "incidents" => new(name, Shape.Text(4096, "The end of the link in an alarm. It opens one incident and nothing else.", 1), "aW5jaWRlbnQ"),
        "token" => new(name, Shape.Text(4096, "The end of the link that a team got. It opens one comment and nothing else.", 1), "aGFuZG9mZg"),
        "channel" => new(name, Shape.Text(CommentLimits.Channel, "The page, profile or forum; a slash in it is written %2F.", 1), "bottega.demo"),
        "name" when before == "presets" => new(name, Shape.OneOf("The preset.", Policy.Presets.Names), "shop"),
        "name" => new(name, Shape.OneOf("The problem's name.", ProblemType.All.Select(p => p.Name)), ProblemType.Invalid.Name),
        "file" => new(name, Shape.Text(100, "A file of the preset.", 1), "policy.yaml"),
        "action" => new(name, Shape.Text(200, "The action's id.", 1), "rule-1-hide"),
        "delivery" => new(name, Shape.Text(100, "The delivery's id.", 1), "msg_2b1f0c9d8e7a65544332211000ffeedd"),
        "source" => new(name, Shape.Text(40, "The source's id, as in the settings.", 1), "demo-page"),
        "id" when before == "incidents" => new(name, Shape.Text(100, "The incident's id.", 1), IncidentOperations.IncidentExample),
        "id" when before == "outcomes" => new(name, Shape.Outcome(), OutcomeExample),
        "id" when before == "keys" => new(name, Shape.Text(100, "The key's id: settings-0, or 12 letters and digits.", 1), "k7m2p9x4q1zt"),
        "id" when before == "webhooks" => new(name, Shape.Text(40, "The webhook's id, as in the settings.", 1, Shape.Slug), "crm"),
        "id" when before == "replays" => new(name, Shape.Text(100, "The replay's id.", 1), "019c0f3e5b7a7d10a1b2c3d4e5f60718"),
        "id" when before == "mails" => new(name, Shape.Text(100, "The mail's id.", 1), "2b1f0c9d8e7a65544332211000ffeedd"),
        "id" when before == "erasures" => new(name, Shape.Text(100, "The receipt's id.", 1), "019c0f3e5b7a7d10a1b2c3d4e5f60719"),
        "id" when before == "events" => new(name, Shape.Text(100, "The event's id.", 1), "20260704-9f86d081884c7d65"),
        "id" when before is "parked" or "parked-messages" => new(name, Shape.Text(4096, "Its id, from the list.", 1), "ZGVtb18yMDI2MDMxMA"),
        _ => throw new InvalidOperationException($"Nothing is said about the parameter '{name}' behind '{before}'."),
    };

    private static JsonObject Header(string about, string type = "string") => new() { ["description"] = about, ["schema"] = new JsonObject { ["type"] = type } };
}
