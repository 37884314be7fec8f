using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Review;

namespace Moderato.Contract;

/// <summary>People decide: what waits, claims, decisions, proposals, hand-offs.</summary>
internal static class ReviewOperations
{
    private static readonly (string Name, JsonNode Schema)[] RulingFields =
    [
        ("decision", Shape.OneOf<Decision>("What is to happen; leave it out to leave it as it is.")),
        ("by", Shape.Text(100, "Who decides.", 1)),
        ("reason", Shape.Text(500, "Why, for colleagues. The policy may want one.", 1)),
        ("route", Shape.Object("Hands it to a team.", ("to!", Shape.Text(40, "The team's name.", 1, Shape.Slug)), ("withinHours", Shape.Number(0.01, 720, "Until when it should react; what the policy gives the team if left out.")))),
        ("reply", Shape.Text(8_000, "An answer to be sent.", 1)),
        ("labels", Shape.List(Label(), 20, 0, "Labels for the author.")),
        ("strike", Shape.Flag("It counts against the author.")),
        ("trustAuthor", Shape.Flag("The author is trusted from now on.")),
    ];

    private static readonly JsonObject Claim = Shape.Object(null, ("by!", Shape.Text(100, "Who is at it.", 1)), ("limit", Shape.Whole(1, 50, 10, "How many at most.")),
        ("minutes", Shape.Whole(1, 240, 15, "For how long nobody else gets it.")));

    private static readonly JsonObject Short = Shape.Object(null, ("by", Shape.Text(100, "Who does it.", 1)), ("reason", Shape.Text(500, "Why, for colleagues.", 1)));

    private const string ClaimExample = """{ "by": "anna", "limit": 5, "minutes": 15 }""";
    private const string ShortExample = """{ "by": "anna", "reason": "a misunderstanding" }""";

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetReviews", "See what waits", "What waits for a person, what is due first first: grave ones overtake, nothing starves.")
        {
            Scope = Scope.Moderate,
            Query = [Parameters.Limit(20, 100), Parameters.Cursor],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of what waits.", new ReviewList([Examples.Review], Examples.Cursor))],
        },
        new("ClaimReviews", "Claim what waits", "Takes what is due first and nobody is at; what the same person has already comes along. Until the lease ends nobody else gets it.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("Claim", Claim, ClaimExample),
            Replies = [Reply.Ok("What is the caller's for now; none where nothing waits.", new ClaimedList([Examples.Review]))],
        },
        new("ClaimReview", "Claim one", "The same for one comment. 409 while somebody else is at it, 404 where it does not wait.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("Claim", Claim, ClaimExample),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Ok("It is the caller's for now.", Examples.Review)],
        },
        new("ReleaseReview", "Give one back", "Gives one back before its lease ends. 409 while somebody else is at it.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("Claim", Claim, ClaimExample),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.NoContent("Anybody may take it.")],
        },
        new("PostDecision", "Decide", "A person decides, which stands above every rule; what can be done on the platform follows. An apprentice's decision is a proposal: 202.")
        {
            Scope = Scope.Moderate,
            Headers = ["Idempotency-Key"],
            Body = Body.Json("DecisionToMake", Shape.Object(null, [.. Fields(), ("revision", Shape.Whole(1, int.MaxValue, about: "The revision that was seen: 409 if it was edited since."))]),
                """{ "decision": "approve", "by": "anna", "reason": "a fair complaint", "revision": 1 }"""),
            Problems = [ProblemType.Conflict],
            Replies =
            [
                Reply.Ok("Decided.", Examples.Overruled),
                Reply.Json(StatusCodes.Status202Accepted, "Proposed: somebody else must agree.", Examples.Review),
            ],
        },
        new("UndoDecision", "Take a decision back", "What the rule had decided holds again, and what was done on the platform is taken back. 409 where there is nothing to take back, or the platform does not.")
        {
            Scope = Scope.Moderate,
            Headers = ["Idempotency-Key"],
            Body = Body.Json("Because", Short, ShortExample),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Ok("Taken back.", Examples.Outcome)],
        },
        new("ConfirmProposal", "Agree with an apprentice", "Somebody else than who proposed it agrees: it is done.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("Because", Short, ShortExample),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Ok("Decided.", Examples.Overruled)],
        },
        new("RejectProposal", "Disagree with an apprentice", "The comment waits as before.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("Because", Short, ShortExample),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.NoContent("The proposal is gone.")],
        },
        new("PostDecisions", "Decide about many at once",
            "One decision about an author's comments, or about the near-duplicates of one, at most 200 in one call: of what waits, and with 'days' of what came lately too.")
        {
            Scope = Scope.Moderate,
            Headers = ["Idempotency-Key"],
            Body = Body.Json("DecisionAboutMany", Shape.Object(null,
            [
                .. Fields(),
                ("author", Shape.Object("Whose comments; this or 'like'.", ("platform!", Shape.Platform()), ("id!", Shape.Text(CommentLimits.Id, null, 1)))),
                ("like", Shape.Outcome("The outcome whose near-duplicates are meant, itself among them; this or 'author'.")),
                ("days", Shape.Whole(0, BulkSelection.LongestDays, 0, "How many days back, beyond what waits.")),
                ("dryRun", Shape.Flag("Only lists what would be decided about.")),
            ]), """{ "author": { "platform": "instagram", "id": "anna" }, "decision": "hide", "by": "anna", "days": 7, "dryRun": true }"""),
            Replies = [Reply.Ok("One line for each comment.", new BulkAnswer(false, 1, false, [new BulkLine(Examples.Outcome.Id, RulingResult.Done)]))],
        },
        new("GetHandoffs", "See what lies with teams", "What lies with teams, what is due first first, each with the link at which its team reacts.")
        {
            Scope = Scope.Moderate,
            Query = [new("state", Shape.OneOf<HandoffState>("Only in this state."), "open"), new("team", Shape.Text(40, "Only this team's."), "customer-care")],
            Problems = [ProblemType.Invalid],
            Replies =
            [
                Reply.Ok("The hand-offs.", new HandoffList(
                    [new HandoffView(Examples.Outcome.Id, 1, "customer-care", HandoffState.Open, Examples.At, Examples.At.AddHours(4), null, "/api/handoffs/aGFuZG9mZg")])),
            ],
        },
        new("GetHandoff", "The page for a team", "Shows one comment to the team that it was handed to, in the community's language, with a form to react. Looking changes nothing. Who has the link needs no key.")
        {
            HasOwnRefusals = true,
            Replies = [Reply.Page(StatusCodes.Status200OK, "The page."), Reply.Page(StatusCodes.Status404NotFound, "This link is not valid, or no longer.")],
        },
        new("PostHandoff", "A team reacts", "What the page's form sends.")
        {
            HasOwnRefusals = true,
            Body = new Body("application/x-www-form-urlencoded", Shape.Object(null,
                ("reaction!", Shape.OneOf("The team has seen it, has answered, or gives it back.", "acknowledged", "answered", "returned")), ("note", Shape.Text(500, "For those who look after the community."))),
                "reaction=answered&note=by+mail"),
            Problems = [ProblemType.Invalid, ProblemType.UnsupportedMediaType],
            Replies =
            [
                Reply.Page(StatusCodes.Status200OK, "Done."),
                Reply.Page(StatusCodes.Status404NotFound, "This link is not valid, or no longer."),
                Reply.Page(StatusCodes.Status409Conflict, "That had been done already: nothing has changed."),
            ],
        },
    ];

    internal static JsonObject Label() => Shape.Object(null, ("name!", Shape.Text(40, null, 1, Shape.Slug)), ("until", Shape.Time("When it is no longer so; left out for never.")));

    /// <summary>New nodes each time: one belongs to one document only.</summary>
    private static IEnumerable<(string Name, JsonNode Schema)> Fields() => RulingFields.Select(f => (f.Name, f.Schema.DeepClone()));
}
