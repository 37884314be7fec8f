using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;
using Moderato.Moderation;

namespace Moderato.Contract;

/// <summary>Parked work: what lies there, trying it again, discarding it.</summary>
internal static class ParkedOperations
{
    private static readonly ParkedView Item = new()
    {
        Id = "ZGVtb18yMDI2MDMxMA",
        Kind = ParkedKind.Comment,
        Platform = "instagram",
        CommentId = "17912345",
        OutcomeId = Parameters.OutcomeExample,
        FirstReceivedAt = Examples.At,
        ParkedAt = Examples.At.AddMinutes(3),
        Reason = "It failed every try to judge it.",
        State = ParkedState.Parked,
    };

    private static readonly ParkedView Whole = Item with
    {
        Comment = new ParkedComment(Examples.Outcome.Text, Examples.Outcome.Author, Examples.Outcome.Permalink, "bottega.demo", "17900001", Examples.Outcome.CreatedAt, 1, false, false),
    };

    private static readonly ParkedMessage Message = new("ZGVhZC0x", Examples.At, "The message is not valid JSON of type 'comments'.", 18, null, null, null);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetParked", "List what is parked", "What could not be judged, fetched or read, by day, oldest first. Without times all of it.")
        {
            Scope = Scope.Moderate,
            Query = [Parameters.From, Parameters.To, new("state", Shape.OneOf<ParkedState>("Only in this state."), "parked"), Parameters.Limit(100, 1_000), Parameters.Cursor],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of parked things, without words.", new ParkedList([Item], Examples.Cursor))],
        },
        new("GetParkedOne", "Look at one", "One with the comment's words, or the bytes that nobody could read.")
        {
            Scope = Scope.Moderate,
            Replies = [Reply.Ok("All of it.", Whole)],
        },
        new("ReplayParked", "Try one again", "Hands it over once more. 409 where nobody could read it, or its words are no longer kept.")
        {
            Scope = Scope.Moderate,
            Query = [Parameters.By],
            Problems = [ProblemType.Invalid, ProblemType.Conflict],
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "It is tried again.", Whole with { State = ParkedState.Replayed, ReplayedAt = Examples.At.AddHours(1), ReplayedBy = "office/anna" })],
        },
        new("ReplayManyParked", "Try many again", "Hands many over once more: those named, or the oldest that nobody did anything about; at most 1,000 in one call.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("ParkedToReplay", Shape.Object("Either 'ids' or 'all'.", ("ids", Shape.List(Shape.Text(4096), ParkedFunctions.MostAtOnce, 1)), ("all", Shape.Flag()), ("by", Shape.Text(100))),
                """{ "all": true, "by": "anna" }"""),
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "They are tried again.", new ReplayedAnswer(12, [new NotReplayed("ZGVtb18yMDI2MDMxMB", Replayed.Unreadable)], 0))],
        },
        new("DiscardParked", "Discard one", "Says that nothing is to be done. It stays in the books. 409 where it has its outcome by now.")
        {
            Scope = Scope.Moderate,
            Body = Body.Json("Discarding", Discarding(), """{ "reason": "spam from a test account", "by": "anna" }"""),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Ok("Discarded.", Whole with { State = ParkedState.Discarded, DiscardedAt = Examples.At.AddHours(1), DiscardedBy = "office/anna", DiscardedBecause = "spam from a test account" })],
        },
        new("GetParkedMessages", "List whole messages that nobody could read", "Whole messages of the queue, of no community, the oldest first, at most 200.")
        {
            Scope = Scope.Admin,
            ForAllCommunities = true,
            Replies = [Reply.Ok("The messages, without their text.", new ParkedMessageList([Message]))],
        },
        new("GetParkedMessage", "Look at such a message", "One with its text, or its bytes in base64.")
        {
            Scope = Scope.Admin,
            ForAllCommunities = true,
            Problems = [ProblemType.NotFound],
            Replies = [Reply.Ok("All of it.", ParkedMessageView.Of(Message, "no message of ours"u8.ToArray()))],
        },
        new("DiscardParkedMessage", "Discard such a message", "Says that nothing is to be done.")
        {
            Scope = Scope.Admin,
            ForAllCommunities = true,
            Body = Body.Json("Discarding", Discarding(), """{ "reason": "not ours", "by": "anna" }"""),
            Problems = [ProblemType.NotFound],
            Replies =
            [
                Reply.Ok("Discarded.", ParkedMessageView.Of(
                    Message with { DiscardedAt = Examples.At.AddHours(1), DiscardedBy = "office/anna", DiscardedBecause = "not ours" }, "no message of ours"u8.ToArray())),
            ],
        },
    ];

    private static JsonObject Discarding() => Shape.Object(null, ("reason!", Shape.Text(500, "Why.", 1)), ("by", Shape.Text(100, "Who says so.")));
}
