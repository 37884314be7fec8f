using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Mood;

namespace Moderato.Contract;

/// <summary>What is going on, and what people are unhappy about.</summary>
internal static class MoodOperations
{
    private static readonly EventView Sale = new(
        "20260704-9f86d081884c7d65", "campaign", "Saldi", new(2026, 7, 4, 0, 0, 0, TimeSpan.Zero), new(2026, 7, 11, 0, 0, 0, TimeSpan.Zero), "comments",
        [new EventChannelView("instagram", "bottega.demo")], "anna");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetEvents", "List what was noted", "Events that touch a span, by their beginning; at most 1,000 days.")
        {
            Scope = Hosting.Scope.Read,
            Query =
            [
                new("from", Shape.TimeOrDate("The beginning; without it 30 days ago."), "2026-03-01"),
                new("to", Shape.TimeOrDate("The end; without it everything to come."), "2026-12-01"),
            ],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("The events.", new EventList([Sale]))],
        },
        new("PostEvent", "Note an event", "Notes a campaign, an outage, a meet-up. The same event noted again is one: the answer is what was noted first.")
        {
            Scope = Hosting.Scope.Moderate,
            Body = Body.Json(
                "EventToNote",
                Shape.Object(
                    null,
                    ("kind!", Shape.OneOf("What it is.", EventRequest.Kinds.Keys)),
                    ("title!", Shape.Text(EventRequest.LongestTitle, "What it is, on one line.", 1)),
                    ("from!", Shape.TimeOrDate($"When it begins, at most {EventRequest.MostDaysAhead} days ahead.")),
                    ("to!", Shape.TimeOrDate($"When it ends, at most {NotedEvent.Longest.TotalDays} days later.")),
                    ("expects", Shape.OneOf("What it makes people do. Without it: comments for a campaign, a release and a meet-up, complaints for an outage, else nothing.", EventRequest.Expectations.Keys)),
                    ("channels", Shape.List(Shape.Object(null, ("platform!", Shape.Platform()), ("channel!", Shape.Text(CommentLimits.Channel, "The page, profile or forum.", 1))), EventRequest.MostChannels, about: "Where; without any, everywhere.")),
                    ("by", Shape.Text(EventRequest.LongestBy, "Who notes it; without it the key's name.", 1))),
                """{ "kind": "campaign", "title": "Saldi", "from": "2026-07-04T00:00:00Z", "to": "2026-07-11T00:00:00Z", "channels": [{ "platform": "instagram", "channel": "bottega.demo" }], "by": "anna" }"""),
            Replies = [Reply.Json(StatusCodes.Status201Created, "It is noted.", Sale)],
        },
        new("DeleteEvent", "Delete an event", "It was noted by mistake, or is called off.")
        {
            Scope = Hosting.Scope.Moderate,
            Query = [Parameters.By],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.NoContent("It is gone.")],
        },
    ];
}
