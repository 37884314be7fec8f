using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Policy;

namespace Moderato.Contract;

/// <summary>A community's documents, trying them, and replays.</summary>
internal static class PolicyOperations
{
    private const string Yaml = "application/yaml";
    private const string Markdown = "text/markdown";
    private const int LongestDocument = 1024 * 1024;

    private const string PolicyExample = """
        policy: 1
        rules:
          - id: angry-customers
            name: { it: "Chi è arrabbiato", en: "Angry customers" }
            if: { anger: { at_least: 0.7 } }
            then: escalate

        """;

    private const string GuidelinesExample = """
        # Linee guida

        ## 1. Restiamo gentili

        Si può criticare tutto, senza offendere nessuno.

        """;

    private static readonly VersionView Version = new(4, "anna", "calmer on Sundays", Examples.At, null);
    private static readonly SavedAnswer Saved = new(Version, [new ProblemView(4, 5, "'angry-customers' applies to 120 of the last 400 comments (30%); 'report_above' is 20%.")]);

    private static readonly JsonObject Draft = Shape.Text(LongestDocument, "A draft; without it the policy in force.");

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Document("Policy", "the policy", Yaml, PolicyExample, "A YAML document; the built-in policy with ETag \"0\" where the community has none."),
        .. Document("Guidelines", "the guidelines", Markdown, GuidelinesExample, "A Markdown document in one language; 404 where there is none yet."),
        new("CheckPolicy", "Check a draft", "Says everything that is wrong with a policy, by line and column, and which rules would apply to too many of the last days' comments. Nothing is stored.")
        {
            Scope = Scope.Read,
            Headers = ["Accept-Language"],
            Body = new Body(Yaml, Shape.Text(LongestDocument), PolicyExample),
            Replies = [Reply.Ok("What is wrong with it.", new CheckAnswer(false, [new ProblemView(3, 9, "There is no field 'angr'; did you mean 'anger'?")], []))],
        },
        new("TryPolicy", "Try a policy", "What a draft, or the policy in force, says to a comment that nobody wrote.")
        {
            Scope = Scope.Read,
            Headers = ["Accept-Language"],
            Body = Body.Json("Trial", Shape.Object(null,
                ("comment!", Shape.Object(null, ("text!", Shape.Text(CommentLimits.Text)), ("platform", Shape.Platform().Usually("facebook")), ("channel", Shape.Text(CommentLimits.Channel)),
                    ("author", Shape.Text(CommentLimits.Name, "A name.")), ("stars", Shape.Whole(1, 5)), ("firstComment", Shape.Flag("The author has not written before.")))),
                ("policy", Draft.DeepClone())), """{ "comment": { "text": "Dov'è il mio pacco???", "platform": "instagram", "author": "Anna" } }"""),
            Replies = [Reply.Ok("What it says, and how it came to it.", Tried())],
        },
        new("WhichRule", "Ask which rule would have decided", "Which rule of a draft, or of the policy in force, would have decided these outcomes.")
        {
            Scope = Scope.Read,
            Headers = ["Accept-Language"],
            Body = Body.Json("WhichOutcomes", Shape.Object(null, ("ids!", Shape.List(Shape.Outcome(), 200, 1)), ("policy", Draft.DeepClone())), $$"""{ "ids": ["{{Parameters.OutcomeExample}}"] }"""),
            Replies =
            [
                Reply.Ok("One line for each outcome, in order.", new CaughtList([new CaughtView(Examples.Outcome.Id, Decision.Escalate, "angry-customers", "anger 0.83 (at_least 0.7)", [])])),
            ],
        },
        new("PostReplay", "Replay past comments", "Asks a draft, or the policy in force, about past comments as they were known then. It takes a while: look at Location.")
        {
            Scope = Scope.Moderate,
            Headers = ["Accept-Language"],
            Body = Body.Json("ReplayToDo", Shape.Object(null, ("policy", Draft.DeepClone()), ("from", Shape.Time("First received at this time or later; 30 days before 'to' if left out.")),
                ("to", Shape.Time("First received before this time; now if left out. At most 400 days after 'from'."))), """{ "from": "2026-01-01T00:00:00Z", "to": "2026-03-10T00:00:00Z" }"""),
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "It is under way.", Replayed(ReplayState.Running, 0)) with { Headers = ["Location"] }],
        },
        new("GetReplay", "Look at a replay", "How far a replay has come, and what it found. The last 20 are kept.")
        {
            Scope = Scope.Read,
            Replies = [Reply.Ok("The replay.", Replayed(ReplayState.Done, 1))],
        },
        new("CheckTone", "Check the tone of an answer", "Whether an answer keeps to tu or Lei, blames, promises, sells to somebody angry, shouts or is too long.")
        {
            Scope = Scope.Read,
            Headers = ["Accept-Language"],
            Body = Body.Json("ToneToCheck", Shape.Object(null, ("text!", Shape.Text(8_000, "The answer.", 1)), ("language", Shape.OneOf("Its language; the community's if left out.", PolicyLanguages.All)),
                ("address", Shape.OneOf("How the person is addressed in Italian.", "tu", "lei")), ("toAngryPerson", Shape.Flag("Whoever reads it is angry.")), ("apologyOwed", Shape.Flag("Something went wrong."))),
                """{ "text": "HAI SBAGLIATO TU!!!", "language": "it", "address": "lei", "toAngryPerson": true }"""),
            Replies = [Reply.Ok("What does not sound as it should; none where all is well.", new ToneAnswer([new ToneView(ToneRule.Shouting, "HAI SBAGLIATO", "Capitals read as shouting: write in small letters.")]))],
        },
        new("GetPolicySchema", "The policy's schema", "The JSON Schema of the policy's language, for editors.")
        {
            Replies = [new(StatusCodes.Status200OK, "The schema.", new Form("application/schema+json", null, new JsonObject { ["type"] = "object" }, null))],
        },
        new("GetPresets", "Ready policies", "Policies for six trades, by their files.")
        {
            Replies = [Reply.Ok("The presets.", new PresetList([new PresetView("shop", ["guidelines.en.md", "guidelines.it.md", "policy.yaml"])]))],
        },
        new("GetPreset", "A file of a ready policy", "One file of a preset, to start from.")
        {
            Problems = [ProblemType.NotFound],
            Replies =
            [
                new(StatusCodes.Status200OK, "The file.", new Form(Yaml, null, new JsonObject { ["type"] = "string" }, PolicyExample), new Form(Markdown, null, new JsonObject { ["type"] = "string" }, GuidelinesExample)),
            ],
        },
    ];

    /// <summary>What can be done with a document; the same for each.</summary>
    private static IEnumerable<Operation> Document(string name, string named, string type, string example, string about)
    {
        var content = Reply.Text("The document as it was sent.", type, example) with { Headers = ["ETag"] };
        var saved = Reply.Ok("It is in force within ten seconds; with what should be looked at.", Saved);
        yield return new Operation($"Get{name}", $"Read {named}", $"What is in force. {about}") { Scope = Scope.Read, Replies = [content] };
        yield return new Operation($"Put{name}", $"Put {named}", $"A new version, if nothing is wrong with it. {about}")
        {
            Scope = Scope.Admin,
            Query = [Parameters.Changer, Parameters.Note],
            Headers = ["If-Match", "Accept-Language"],
            Body = new Body(type, Shape.Text(LongestDocument), example),
            Problems = [ProblemType.PreconditionFailed, ProblemType.PreconditionRequired],
            Replies = [saved with { Headers = ["ETag"] }],
        };
        yield return new Operation($"Get{name}Versions", $"List versions of {named}", "Every version with who made it, when and why.")
        {
            Scope = Scope.Read,
            Replies = [Reply.Ok("The versions.", new VersionList([Version]))],
        };
        yield return new Operation($"Get{name}Version", $"Read a version of {named}", "One version as it was sent.") { Scope = Scope.Read, Replies = [content] };
        yield return new Operation($"Restore{name}Version", $"Roll {named} back", "Makes an old version the newest one. Once more is no new version.")
        {
            Scope = Scope.Admin,
            Query = [Parameters.Changer, Parameters.Note],
            Headers = ["Accept-Language"],
            Problems = [ProblemType.Invalid, ProblemType.PreconditionFailed],
            Replies = [saved with { Headers = ["ETag"] }],
        };
    }

    private static TrialAnswer Tried() => new(
        Decision.Escalate, "angry-customers", "Angry customers", "anger 0.83 (at_least 0.7)", null, [], new Route("customer-care", Examples.At.AddHours(4)),
        new SuggestedReply("parcel", 0, "it", "Ci dispiace: guardiamo subito dov'è.", false, null), ["waiting-for-parcel"], [], false, false, [new ShadowVerdict("shouting", Decision.Hold, false)],
        ["angry-customers"], new Signals { Negative = 0.94, Neutral = 0.05, Positive = 0.01, ModelVersion = Examples.Model });

    private static ReplayView Replayed(ReplayState state, double progress) => new(
        "019c0f3e5b7a7d10a1b2c3d4e5f60718", state, progress, null, Examples.At.AddDays(-68), Examples.At, Examples.At, state == ReplayState.Done ? Examples.At.AddMinutes(1) : null, 412, 3, 2,
        new Dictionary<string, int> { ["approve>hide"] = 2 }, [new RuleView("angry-customers", 40, 2)], new Dictionary<string, int>(), new WithheldView(31, 4, 0.129), new WithheldView(33, 4, 0.1212),
        [new ReplayChange(Examples.Outcome.Id, Decision.Approve, "built-in/approve", Decision.Hide, "angry-customers", false)]);
}
