using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Members;
using Moderato.Policy;
using Moderato.Privacy;

namespace Moderato.Contract;

/// <summary>Who writes here: members, profiles, erasing and exporting.</summary>
internal static class PeopleOperations
{
    private static readonly MoodChange Mood = new(-0.33, 0.6, MoodTrend.Falling);

    private static readonly ErasureView Receipt = new(
        "019c0f3e5b7a7d10a1b2c3d4e5f60719", ErasureState.Running, "instagram/3f9a1c77", "office/anna", "request by mail of 3 March", Examples.At, null, new Dictionary<string, int> { ["comments"] = 12 });

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetMembers", "List who writes here", "Members page by page, as of the last full hour, with their groups as of now; and how many people there are, never likes.")
        {
            Scope = Scope.Read,
            Query = [new("group", Shape.OneOf("Only of this group.", MemberGroups.Names), "at-risk"), Parameters.Platform, Parameters.Limit(MemberQuery.DefaultLimit, MemberQuery.LargestLimit), Parameters.Cursor],
            Problems = [ProblemType.Invalid],
            Replies =
            [
                Reply.Ok("A page of members.", new MemberList(
                [
                    new MemberItem("instagram", "anna", "Anna", Examples.At.AddDays(-90), Examples.At, 14, new SentimentCounts(4, 2, 8), 0, 0, false, [], ["regular", "at-risk"], Mood, 3, 2, 5),
                ], Examples.Cursor, new PeopleCounts(214, 88, 40, 31), Examples.At)),
            ],
        },
        new("GetMember", "Look at one member", "First and last seen, mood, decisions, strikes, labels, help, and why they are in which group; from the comments as they are now.")
        {
            Scope = Scope.Read,
            Replies =
            [
                Reply.Ok("The member.", new MemberView(
                    "instagram", "anna", "Anna", false, false, Examples.At.AddDays(-90), Examples.At, 14, new SentimentCounts(4, 2, 8), Mood, [new MemberMood(new DateOnly(2026, 3, 1), 3, 2, 0, 1)],
                    [new MemberMood(new DateOnly(2026, 3, 9), 1, 1, 0, 0)], new Dictionary<string, int> { ["approve"] = 13, ["escalate"] = 1 }, [new StrikeView(Examples.At.AddDays(-40), Examples.Outcome.Id)],
                    [new AuthorLabel("waiting-for-parcel", null)], 3, 2, 5, Examples.At.AddDays(-3), [new GroupReason("regular", "5 commenti in 4 giorni")], [Examples.Outcome.Id])),
            ],
        },
        new("GetAuthorProfile", "Read an author's profile", "What the community's people say of an author: trusted, one of the team, labels.")
        {
            Scope = Scope.Read,
            Replies = [Reply.Ok("The profile; empty where nobody said anything.", new AuthorProfile(true, false, [new AuthorLabel("vip", null)]))],
        },
        new("PutAuthorProfile", "Put an author's profile", "Says whether an author is trusted, one of the team, and which labels they have. What is left out is no longer so.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("ProfileToPut", Shape.Object(null, ("trusted", Shape.Flag("Rules may let their comments pass.")), ("team", Shape.Flag("One of the community's own.")),
                ("labels", Shape.List(ReviewOperations.Label(), 20))), """{ "trusted": true, "labels": [{ "name": "vip", "until": "2026-12-31T00:00:00Z" }] }"""),
            Replies = [Reply.Ok("The profile.", new AuthorProfile(true, false, [new AuthorLabel("vip", new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero))]))],
        },
        new("EraseAuthor", "Erase an author", "Erases an author everywhere. What they write later is kept. Asking twice is harmless; look at Location for how far it is.")
        {
            Scope = Scope.Admin,
            Body = Body.Json("ErasureToDo", Shape.Object(null, ("reason!", Shape.Text(500, "Why.", 1)), ("by", Shape.Text(100, "Who asks for it."))), """{ "reason": "request by mail of 3 March", "by": "anna" }"""),
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "It is under way.", Receipt) with { Headers = ["Location"] }],
        },
        new("GetErasures", "List erasures", "Receipts of erasures, the newest first, at most 200.")
        {
            Scope = Scope.Admin,
            Replies = [Reply.Ok("The receipts.", new ErasureList([Receipt]))],
        },
        new("GetErasure", "Look at an erasure", "How far an erasure is, and how many rows of which table are gone.")
        {
            Scope = Scope.Admin,
            Replies = [Reply.Ok("The receipt.", Receipt with { State = ErasureState.Done, FinishedAt = Examples.At.AddMinutes(11) })],
        },
        new("ExportAuthor", "Export what is held on an author", "Everything held on an author as one JSON document, to be kept as a file. Fields without a value are left out.")
        {
            Scope = Scope.Admin,
            Problems = [ProblemType.Invalid],
            Replies =
            [
                new(StatusCodes.Status200OK, "The document.", new Form("application/json", null, Export(), Exported()) { Mentions = [typeof(HeldProfile), typeof(ExportedComment)] }) { Headers = ["Content-Disposition"] },
            ],
        },
    ];

    private static JsonObject Export() => Shape.Object(
        "Everything held on an author.",
        ("community!", Shape.Community()), ("platform!", Shape.Platform()), ("author!", Shape.Text(CommentLimits.Id, "The platform's id of the person.")), ("exportedAt!", Shape.Time()),
        ("profile!", new JsonObject { ["anyOf"] = new JsonArray(Reference(nameof(HeldProfile)), new JsonObject { ["type"] = "null" }) }),
        ("comments!", new JsonObject { ["type"] = "array", ["items"] = Reference(nameof(ExportedComment)) }));

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Exported() => JsonNode.Parse("""
        {
          "community": "demo", "platform": "instagram", "author": "anna", "exportedAt": "2026-03-10T10:00:00.000Z",
          "profile": { "trusted": true, "team": false, "labels": [] },
          "comments": [{
            "id": "17912345", "outcomeId": "CN6Ilv1RgABpbnN0YWdyYW0vMTc5MTIzNDU", "authorName": "Anna", "channel": "bottega.demo",
            "text": "È la terza volta che chiedo dov'è il mio pacco!", "revision": 1, "firstReceivedAt": "2026-03-10T09:30:00.000Z",
            "receivedAt": "2026-03-10T09:30:00.000Z", "state": "waiting", "decision": "escalate", "history": [], "actions": []
          }]
        }
        """)!.AsObject();
}
