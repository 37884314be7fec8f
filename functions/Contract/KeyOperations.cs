using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>Keys, and who changed what.</summary>
internal static class KeyOperations
{
    private static readonly KeyView Key = new(
        "k7m2p9x4q1zt", "shop", KeySource.Stored, KeyState.Active, ["demo"], [Scope.Ingest], 600, false, Examples.At, "first", null, null, null);

    private static readonly IReadOnlyList<Parameter> AuditQuery =
    [
        Parameters.From with { Schema = Shape.TimeOrDate("From then on; without it 30 days before 'to'.") }, Parameters.To with { Schema = Shape.TimeOrDate("Until then; without it now.") },
        Parameters.Limit(100, 1_000), Parameters.Cursor,
    ];

    private static readonly AuditList Audit = new([new AuditView(Examples.At, "office/anna", "policy.changed", "4", "calmer on Sundays")], Examples.Cursor);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetKeys", "List keys", "All keys within the caller's communities: those of the settings, then those made over HTTP. Nothing in them opens anything.")
        {
            Scope = Scope.Admin,
            Replies = [Reply.Ok("The keys.", new KeyList([Key]))],
        },
        new("GetKey", "Look at a key", "One key. One that reaches further than the caller's is for them as if it were not there.")
        {
            Scope = Scope.Admin,
            Problems = [ProblemType.NotFound],
            Replies = [Reply.Ok("The key.", Key)],
        },
        new("PostKey", "Make a key", "Makes a key within the caller's communities and scopes. Its text is shown this once.")
        {
            Scope = Scope.Admin,
            Headers = ["Idempotency-Key"],
            Body = Body.Json("KeyToMake", Request(), KeyRequest.Example),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Json(StatusCodes.Status201Created, "Made.", new NewKeyAnswer("mod_k7m2p9x4q1zt_…", Key)) with { Headers = ["Location"] }],
        },
        new("RotateKey", "Rotate a key", "A new text; the old one opens for some hours more.")
        {
            Scope = Scope.Admin,
            Body = Body.Json("Overlap", OnlyWith(Shape.Object(null, ("overlapHours", Shape.Whole(0, 168, 24, "For how many hours the old text still opens.")))), """{ "overlapHours": 24 }""") with { Required = false },
            Problems = [ProblemType.NotFound, ProblemType.Conflict],
            Replies = [Reply.Ok("Rotated.", new NewKeyAnswer("mod_k7m2p9x4q1zt_…", Key with { EarlierTextUntil = Examples.At.AddHours(24) }))],
        },
        new("DeleteKey", "Revoke a key", "It opens nothing any more, here at once and everywhere within 15 seconds. Once more is the same.")
        {
            Scope = Scope.Admin,
            Problems = [ProblemType.NotFound, ProblemType.Conflict],
            Replies = [Reply.NoContent("Revoked.")],
        },
        new("GetAudit", "See who changed what", "Who changed what in a community, oldest first. Entries are added, never changed.")
        {
            Scope = Scope.Admin,
            Query = AuditQuery,
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of the audit.", Audit)],
        },
        new("GetAuditOfAll", "See who changed what for all", "What belongs to no community, such as keys for all of them.")
        {
            Scope = Scope.Admin,
            ForAllCommunities = true,
            Query = AuditQuery,
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of the audit.", Audit)],
        },
    ];

    private static JsonObject Request() => OnlyWith(Shape.Object("A field that is none of these is refused.",
        ("name!", Shape.Text(KeyRequest.LongestName, "Who holds it.", 1)),
        ("communities!", Shape.List(Shape.Text(40), 1_000, 1, "Ids of communities, or * alone for all.")),
        ("scopes!", Shape.List(Shape.OneOf<Scope>(), 4, 1)),
        ("expiresAt", Shape.TimeOrDate("When it stops by itself; left out for never.")),
        ("requestsPerMinute", Shape.Whole(1, ApiKey.MostRequestsPerMinute, ApiKey.DefaultRequestsPerMinute)),
        ("apprentice", Shape.Flag("What it decides are proposals."))));

    private static JsonObject OnlyWith(JsonObject schema)
    {
        schema["additionalProperties"] = false;
        return schema;
    }
}
