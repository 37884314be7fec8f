using Microsoft.AspNetCore.Http;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>What is done on platforms, and taken back.</summary>
internal static class ActionOperations
{
    private static readonly ActionView Hidden = new(
        "asked-8f3b1c2e", ActionKind.Hide, ActionState.Pending, "person:anna", Examples.At.AddMinutes(20), 1, 0, null, null, null, null, null, true);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetPlatforms", "See what each platform can do", "The matrix of what can be done on each platform, and what takes it back. It is the same for all.")
        {
            Replies = [Reply.Ok("The platforms.", new PlatformsAnswer([new PlatformView("facebook", [new LeverView(ActionKind.Hide, ActionKind.Unhide, "POST /{comment-id} is_hidden=true")])]))],
        },
        new("GetActions", "See what was done about a comment", "Everything that was and is to be done about one comment on its platform, oldest first, and what became of it.")
        {
            Scope = Scope.Read,
            Replies = [Reply.Ok("The actions.", new ActionsAnswer([Hidden with { State = ActionState.Done, Attempts = 1, FinishedAt = Examples.At.AddMinutes(21) }]))],
        },
        new("PostAction", "Do something on the platform", "Asks for something that the comment's platform can do; an answer needs its text. It is done within seconds.")
        {
            Scope = Scope.Moderate,
            Headers = ["Idempotency-Key"],
            Body = Body.Json("ActionToDo", Shape.Object(null,
                ("kind!", Shape.OneOf<ActionKind>("What is to be done; see GET /api/platforms.")), ("by", Shape.Text(100, "Who asks.")), ("text", Shape.Text(8_000, "The words of an answer.", 1))),
                """{ "kind": "hide", "by": "anna" }"""),
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "Asked for.", Hidden)],
        },
        new("UndoAction", "Take an action back", "Takes an action back, whether it was done yet or not. 409 where nothing on the platform takes it back.")
        {
            Scope = Scope.Moderate,
            Query = [Parameters.By],
            Problems = [ProblemType.Conflict],
            Replies =
            [
                Reply.Json(StatusCodes.Status202Accepted, "Asked for.", Hidden with { Id = "undo-asked-8f3b1c2e", Kind = ActionKind.Unhide, Undoes = "asked-8f3b1c2e" }),
            ],
        },
    ];
}
