using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>Digests and statistics.</summary>
internal static class DigestOperations
{
    private static readonly DateOnly Day = new(2026, 3, 9);
    private static readonly Completeness Complete = new(164, 164, 3, 0, 0, 0);

    private static readonly DigestView Digest = new(
        "demo", "Bottega Demo", Day, "Europe/Rome", "it", false, Examples.At, Examples.At, Complete, 2, new Dictionary<string, int> { ["approve"] = 150, ["hold"] = 9, ["escalate"] = 3 },
        new SentimentCounts(31, 60, 71), [new ChannelView("instagram", "bottega.demo", 90, new SentimentCounts(11, 30, 49))],
        new AttentionView(12, [new AttentionItemView(Examples.Outcome.Id, "instagram", "bottega.demo", Decision.Escalate, "angry-customers", Examples.At, Examples.Outcome.Permalink, "Anna", Examples.Outcome.Text)]),
        new Dictionary<string, int> { ["shouting"] = 4 });

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetDigests", "List digests", "Digests, newest first.")
        {
            Scope = Scope.Read,
            Query = [Parameters.Limit(30, 1_000), Parameters.Cursor],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of digests.", new DigestList([new DigestLine(Day, false, Examples.At, Complete, 12)], "2026-03-09"))],
        },
        new("GetDigest", "Read a digest", "One day's digest as JSON; as HTML or text by 'format', or by Accept.")
        {
            Scope = Scope.Read,
            Query = [new("format", Shape.OneOf("Stands above Accept.", "json", "html", "text"), "json")],
            Problems = [ProblemType.Invalid],
            Replies =
            [
                new(StatusCodes.Status200OK, "The digest.",
                    new Form("application/json", typeof(DigestView), null, Digest),
                    new Form("text/html", null, new JsonObject { ["type"] = "string" }, "<!doctype html>…"),
                    new Form("text/plain", null, new JsonObject { ["type"] = "string" }, "Bottega Demo, 9 marzo 2026…")),
            ],
        },
        new("CompileDigestNow", "Compile a digest now", "Compiles a day now; of today that is the day so far, marked partial. A day that is over is never mailed twice.")
        {
            Scope = Scope.Moderate,
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("The digest.", Digest with { Partial = true, MailedAt = null })],
        },
        new("GetStatistics", "Count over time",
            "How many comments there were of what, by hour or by day of the community's zone; from roll-ups, so that long spans cost little. At most 31 days by the hour, 100 by the day.")
        {
            Scope = Scope.Read,
            Query =
            [
                new("from", Shape.TimeOrDate("The beginning; a date is that day's where the community is. Without it 30 days before 'to', a day by the hour."), "2026-02-09"),
                new("to", Shape.TimeOrDate("The end; without it now."), "2026-03-10"),
                new("interval", Shape.OneOf("One point for each.", "hour", "day").Usually("day"), "day"),
                new("by", Shape.OneOf("What is counted.", Dimensions.All).Usually("decision"), "sentiment"),
                Parameters.Platform,
                new("channel", Shape.Text(CommentLimits.Channel, "Only of this page, profile or forum.")),
            ],
            Headers = ["If-None-Match"],
            Problems = [ProblemType.Invalid],
            Replies = Reply.Cached("The counts.", new StatisticsView(
                Examples.At.AddDays(-29), Examples.At, "day", "Europe/Rome", "sentiment", 0, new PointView(null, 164, new Dictionary<string, int> { ["negative"] = 31, ["neutral"] = 60, ["positive"] = 73 }),
                [new PointView("2026-03-09", 164, new Dictionary<string, int> { ["negative"] = 31, ["neutral"] = 60, ["positive"] = 73 })])),
        },
    ];
}
