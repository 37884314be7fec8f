using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Outcomes;

namespace Moderato.Contract;

/// <summary>What was decided, as a list, as an export, one by one.</summary>
internal static class OutcomeOperations
{
    private static readonly IReadOnlyList<Parameter> Filters =
    [
        Parameters.From with { Schema = Shape.TimeOrDate("First received at this time or later. Without it seven days before 'to'.") },
        Parameters.To with { Schema = Shape.TimeOrDate("First received before this time. Without it now.") },
        new("decision", Shape.OneOf<Decision>("The decision that holds: a person's, else a rule's."), "hold"),
        new("state", Shape.OneOf<OutcomeState>("How far it has come."), "waiting"),
        new("sentiment", Shape.OneOf<Sentiment>("How it feels."), "negative"),
        new("intent", Shape.OneOf("What it wants, among others perhaps.", IntentNames.All), "question-order"),
        new("toxicity", Shape.Number(0, 1, "At least so toxic.")),
        new("language", Shape.Text(10, "ISO 639-1: it, en, es, fr, de, pt, or other."), "it"),
        Parameters.Platform,
        new("channel", Shape.Text(CommentLimits.Channel, "Only of this page, profile or forum.")),
        new("author", Shape.Text(CommentLimits.Id, "The platform's id of the author.")),
        new("thread", Shape.Text(CommentLimits.Id, "The platform's id of the post, video or topic.")),
        new("route", Shape.Text(CommentLimits.Id, "The team that it was handed to.")),
        new("rule", Shape.Text(CommentLimits.Id, "The rule that decided.")),
        new("label", Shape.Text(CommentLimits.Id, "A label that its author got with it.")),
        new("contains", Shape.Text(QueryReader.LongestContains, "Words of the text, whatever their case; needs 'from'.")),
        new("order", Shape.OneOf("By first receipt.", "oldest", "newest").Usually("oldest"), "oldest"),
    ];

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetOutcomes", "List what was decided", "Outcomes page by page, oldest receipt first or newest. To follow what is new, keep asking with the last cursor and the same query.")
        {
            Scope = Scope.Read,
            Query =
            [
                .. Filters, Parameters.Limit(QueryReader.DefaultLimit, QueryReader.LargestLimit), Parameters.Cursor,
                new("fields", Shape.Text(1_000, "Only these fields of each outcome, by commas, with dots for what lies within."), "id,decision,sentiment.label"),
            ],
            Headers = ["If-None-Match"],
            Problems = [ProblemType.Invalid, ProblemType.TooBroad],
            Replies =
            [
                new(StatusCodes.Status200OK, "A page of outcomes; with 'fields' each has only those.",
                    new Form("application/json", null, AnyList(), new OutcomeList([Examples.Outcome], Examples.Cursor)) { Mentions = [typeof(OutcomeList), typeof(OutcomeFieldsList)] }) { Headers = ["ETag"] },
                Reply.NotModified,
            ],
        },
        new("ExportOutcomes", "Export what was decided",
            "The same query as a stream of up to 100,000 lines. Each line carries the cursor behind it: an export that broke off goes on from the last whole line.")
        {
            Scope = Scope.Read,
            Query =
            [
                .. Filters, Parameters.Limit(100_000, 100_000), Parameters.Cursor,
                new("format", Shape.OneOf("One JSON object a line, or comma-separated values.", "ndjson", "csv").Usually("ndjson"), "ndjson"),
            ],
            Problems = [ProblemType.Invalid, ProblemType.TooBroad],
            Replies =
            [
                new(StatusCodes.Status200OK, "The lines. CSV has a header line; what a spreadsheet would take for a formula has an apostrophe before it.",
                    new Form("application/x-ndjson", null, new JsonObject { ["type"] = "string" }, "{\"id\":\"…\",\"decision\":\"approve\",\"cursor\":\"…\"}\n"),
                    new Form("text/csv", null, new JsonObject { ["type"] = "string" }, "id,platform,…,cursor\r\n")) { Headers = ["Content-Disposition"] },
            ],
        },
        new("GetOutcome", "Look at one outcome", "Everything about one: its whole text, its history, the words behind its scores, what was written around it. Also while it still waits for its judgement.")
        {
            Scope = Scope.Read,
            Headers = ["If-None-Match"],
            Replies = Reply.Cached("The outcome.", Examples.Detail),
        },
        new("GetNotice", "Tell an author why", "What to tell the author of a restricted comment, in their language: what was done, by which rule, and how to object. 404 where nothing is restricted.")
        {
            Scope = Scope.Read,
            Replies =
            [
                Reply.Ok("The notice.", new Policy.AuthorNotice("it", "Bottega Demo: un commento del 10 marzo 2026",
                    "Il commento pubblicato su Bottega Demo (instagram) il 10 marzo 2026 è stato nascosto agli altri.\n\n…")),
            ],
        },
    ];

    private static JsonObject AnyList() => new()
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/schemas/OutcomeList" }, new JsonObject { ["$ref"] = "#/components/schemas/OutcomeFieldsList" }),
    };
}
