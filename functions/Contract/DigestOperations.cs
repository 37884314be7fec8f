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

    private static readonly QuotedView Quoted = new(Examples.Outcome.Id, Examples.Outcome.Permalink, "Anna", Examples.Outcome.Text);
    private static readonly PlaceView Place = new("instagram", "bottega.demo");
    private static readonly TeamItemView WithCare = new(Quoted, "instagram", "customer-care", Examples.At.AddHours(-3), Examples.At.AddHours(1), false);

    private static readonly DigestView Digest = new(
        "demo", "Bottega Demo", Day, 1, "Europe/Rome", "it", false, Examples.At, Examples.At, DayVerdict.NeedsYou, 12, Complete, new SentimentCounts(31, 60, 71),
        new(0, []),
        new(12, [new NeedView(Quoted, "instagram", "bottega.demo", "decision", Decision.Escalate, "angry-customers", Examples.At.AddHours(-3), Examples.At.AddHours(-2))]),
        new(1, [new ChannelDayView("instagram", "bottega.demo", 162, 98, 14, new SentimentCounts(31, 60, 71), MoodBeside.Worse, 3_900, 460)]),
        new(1, [new CauseView("20260308-9c31f0aa", ["consegne e spedizioni"], ["pacco"], 9, 13, [Place], Day.AddDays(-1), 2, 0.71, [Quoted])]),
        new(1, [new QuestionView("20260309-51e2c7d0", ["resi e rimborsi"], ["taglia"], 5, 1, 4, [Place], Quoted, null)]),
        new(1, [WithCare]),
        new(1, [new ThreadView(Quoted, "instagram", "bottega.demo", ThreadHint.WentQuiet, 8, 21, 17, Examples.At.AddHours(-30))]),
        new PeopleView(98, 14, new(14, [new PersonView(Quoted, "instagram", "primo commento il 2026-03-09, 1 in tutto.")]), new(0, []), new(0, []), new(0, [])),
        new PolicyDayView(
            new Dictionary<string, int> { ["approve"] = 150, ["hold"] = 9, ["escalate"] = 3 }, 2, 4, 1, 3, 0,
            new Dictionary<string, int> { ["otherwise"] = 150 }, new Dictionary<string, int> { ["shouting"] = 4 }),
        new(0, []),
        new Dictionary<string, TeamView> { ["customer-care"] = new(3, 2, 0, new(1, [WithCare])) });

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetDigests", "List digests", "Digests, newest first.")
        {
            Scope = Scope.Read,
            Query = [Parameters.Limit(30, 1_000), Parameters.Cursor],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of digests.", new DigestList([new DigestLine(Day, false, Examples.At, DayVerdict.NeedsYou, 12, Complete, 12)], "2026-03-09"))],
        },
        new("GetDigest", "Read a digest", "The digest of a day or a week as JSON; as HTML or text by 'format', or by Accept.")
        {
            Scope = Scope.Read,
            Query =
            [
                new("format", Shape.OneOf("Stands above Accept.", "json", "html", "text"), "json"),
                new("language", Shape.OneOf("The language of labels, reasons and pages. Without it the community's.", "it", "en"), "it"),
                new("team", Shape.Text(100, "Only this team's part: as HTML and text its own edition; as JSON the only one under 'teams'."), "customer-care"),
            ],
            Problems = [ProblemType.Invalid],
            Replies =
            [
                new(StatusCodes.Status200OK, "The digest.",
                    new Form("application/json", typeof(DigestView), null, Digest),
                    new Form("text/html", null, new JsonObject { ["type"] = "string" }, "<!doctype html>…"),
                    new Form("text/plain", null, new JsonObject { ["type"] = "string" }, "Bottega Demo, 9 marzo 2026…")),
            ],
        },
        new("CompileDigestNow", "Compile a digest now", "Compiles a day or a week now; what is not over is compiled so far, and marked partial. Mails go out by themselves when they are due, and never twice.")
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
