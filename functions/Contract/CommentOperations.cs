using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Ingest;
using Moderato.Outcomes;

namespace Moderato.Contract;

/// <summary>Comments come in; texts are scored without being kept.</summary>
internal static class CommentOperations
{
    private static readonly BatchAnswer Accepted = new(1, 0, 0,
        [new ItemResult { Index = 0, Status = ItemStatus.Accepted, Platform = "instagram", Id = "17912345", OutcomeId = Parameters.OutcomeExample }]);

    private static readonly BatchAnswer Known = new(0, 1, 0,
        [new ItemResult { Index = 0, Status = ItemStatus.Duplicate, Platform = "instagram", Id = "17912345", OutcomeId = Parameters.OutcomeExample }]);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("PostComments", "Send comments", "Takes one comment, or an array of up to 1,000. Every element has its own result; sending the same again is always safe. A body may be gzip; 8 MiB at most.")
        {
            Scope = Scope.Ingest,
            Body = Body.Json("Comments", Comments(), """
                {
                  "platform": "instagram", "id": "17912345", "channel": "bottega.demo",
                  "author": { "id": "anna", "name": "Anna" },
                  "text": "È la terza volta che chiedo dov'è il mio pacco!", "createdAt": "2026-03-10T09:25:00Z"
                }
                """),
            Replies =
            [
                Reply.Json(StatusCodes.Status202Accepted, "At least one comment is new: it is stored and judged within seconds.", Accepted),
                Reply.Ok("Nothing was new: everything was known already, or refused element by element.", Known),
            ],
        },
        new("PostScore", "Score texts", "Every signal of up to 100 texts, with the words that spoke for it. Nothing is stored. With a community its corrections are used.")
        {
            Scope = Scope.Read,
            Body = Body.Json("TextsToScore", Shape.Object(
                null, ("text", Shape.Text(CommentLimits.Text, "One text.")), ("texts", Shape.List(Shape.Text(CommentLimits.Text), ScoreFunctions.MostTexts, 0, "Several texts.")),
                ("community", Shape.Community())), """{ "texts": ["Spedizione velocissima, grazie!"], "community": "demo" }"""),
            Problems = [ProblemType.NotFound],
            Replies =
            [
                Reply.Ok("The scores, in the order of the texts.", new ScoreAnswer(Examples.Model,
                [
                    new ScoreView(
                        new SentimentView(Sentiment.Positive, 0.01, 0.04, 0.95),
                        new SignalsView(new LanguageView("it", 0.99), 0.01, new Harm(0.01, 0, 0, 0, 0, 0), 0.02, 0.01, [new IntentView("praise", 0.93)], [], 0, 0, 0.03, 31, 0, false),
                        Examples.Model,
                        new Dictionary<string, IReadOnlyList<ReasonView>> { ["sentiment"] = [new ReasonView("velocissima", null, 11, 22, 1.52)] }),
                ])),
            ],
        },
        new("AnalyzeComment", "Score a comment as Perspective does",
            "Perspective's analyze call, for software that loses it on 31 December 2026. The key may come as Authorization, as X-Goog-Api-Key or in the address. Errors have Google's shape.")
        {
            Scope = Scope.Read,
            HasOwnRefusals = true,
            Query = [new("key", Shape.Text(200, "The API key, as Perspective's clients send it. A header is better: addresses are logged on the way."))],
            Body = Body.Json("PerspectiveRequest", Shape.Object(null,
                ("comment!", Shape.Object(null, ("text!", Shape.Text(PerspectiveFunctions.LongestText, "At most 20 KiB in UTF-8.", 1)), ("type", Shape.OneOf(null, "PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED")))),
                ("requestedAttributes!", Attributes()),
                ("languages", Shape.List(Shape.Text(20, "it or en."), 20)),
                ("doNotStore", Shape.Flag("Nothing is stored, whatever it says.")),
                ("clientToken", Shape.Text(1_000, "Comes back in the answer."))),
                """{ "comment": { "text": "sei un idiota" }, "requestedAttributes": { "TOXICITY": {} }, "languages": ["it"] }"""),
            Replies =
            [
                Reply.Ok("The scores.", new PerspectiveAnswer(
                    new Dictionary<string, PerspectiveScores>
                    {
                        ["TOXICITY"] = new([new PerspectiveSpan(0, 13, new PerspectiveScore(0.9312, "PROBABILITY"))], new PerspectiveScore(0.9312, "PROBABILITY")),
                    }, ["it"], ["it"], null)),
                Refusal(StatusCodes.Status400BadRequest, "The request is not valid, or the key is none.", "INVALID_ARGUMENT", "Comment must be non-empty.", "COMMENT_EMPTY"),
                Refusal(StatusCodes.Status403Forbidden, "There is no key, or it may not read.", "PERMISSION_DENIED", "The request is missing a valid API key.", null),
                Refusal(StatusCodes.Status429TooManyRequests, "The key makes too many requests.", "RESOURCE_EXHAUSTED", "Quota exceeded for this key's requests per minute.", null) with { Headers = ["Retry-After"] },
            ],
        },
        new("ReceiveWebhook", "A platform delivers",
            "The address to give a platform. What is signed, and how, is the platform's own; nothing is stored of a body whose signature does not hold. What is signed is answered with success once it is stored.")
        {
            Method = "post",
            HasOwnRefusals = true,
            Body = new Body("*/*", [], "") { Required = false },
            Problems = [ProblemType.Unauthorized, ProblemType.TooLarge],
            Replies = [new(StatusCodes.Status200OK, "It is stored, or there was nothing to store. Some platforms are answered with a body of their own.", new Form("*/*", null, [], null))],
        },
        new("ReceiveWebhook", "A platform asks whether this is its address", "The handshakes of those platforms that ask by GET before they deliver. The answer is the platform's own.")
        {
            Method = "get",
            HasOwnRefusals = true,
            Problems = [ProblemType.Forbidden],
            Replies = [new(StatusCodes.Status200OK, "It is: the platform's own answer, such as its challenge.", new Form("*/*", null, [], null))],
        },
    ];

    private static Reply Refusal(int status, string about, string name, string message, string? kind) => Reply.Json(status, about, new PerspectiveRefusal(new PerspectiveError(
        status, message, name, kind is null ? null : [new PerspectiveErrorDetail("type.googleapis.com/google.commentanalyzer.v1alpha1.Error", kind, null)])));

    private static JsonObject Attributes()
    {
        var attribute = Shape.Object(null, ("scoreType", Shape.OneOf(null, "PROBABILITY", "SCORE_TYPE_UNSPECIFIED")), ("scoreThreshold", Shape.Number(0, 1, "Lower scores are left out.")));
        var names = new[] { "TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT", "SEXUALLY_EXPLICIT" };
        var attributes = Shape.Object("Which scores are wanted.", [.. names.Select(n => (n, attribute.DeepClone()))]);
        attributes["additionalProperties"] = false;
        attributes["minProperties"] = 1;
        return attributes;
    }

    private static JsonObject Comments() => new()
    {
        ["description"] = "One comment, or an array of them.",
        ["anyOf"] = new JsonArray(OneComment(), Shape.List(OneComment(), PostComments.LargestBatch, 1)),
    };

    private static JsonObject OneComment() => Shape.Object(
        "A comment. The same id with another text is an edit and is judged again.",
        ("platform!", Shape.Platform()),
        ("id!", Shape.Text(CommentLimits.Id, "The platform's own id of the comment.", 1)),
        ("text", Shape.Text(CommentLimits.Text, "What was written; required unless it was removed. Empty for a picture.")),
        ("textFormat", Shape.OneOf(null, "plain", "html").Usually("plain")),
        ("channel", Shape.Text(CommentLimits.Channel, "The page, profile or forum. Without it the platform's name.")),
        ("threadId", Shape.Text(CommentLimits.Id, "The post, video or topic.")),
        ("parentId", Shape.Text(CommentLimits.Id, "The comment that it answers.")),
        ("permalink", Shape.Text(CommentLimits.Permalink, "Where it was written: an absolute http or https address.", pattern: "^https?://")),
        ("postCreatedAt", Shape.Time("When the post or topic was published.")),
        ("author", Shape.Object("Who wrote it.", ("id!", Shape.Text(CommentLimits.Id, "The platform's id of the person.", 1)), ("name", Shape.Text(CommentLimits.Name, "The name shown.")))),
        ("stars", Shape.Whole(1, 5, about: "A review's stars.")),
        ("createdAt", Shape.Time("When it was written.")),
        ("editedAt", Shape.Time("When it was last edited: puts edits in order.")),
        ("removed", Shape.Flag("It was taken down: its text is erased everywhere.")));
}
