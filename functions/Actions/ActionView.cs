using Moderato.Comments;

namespace Moderato.Actions;

/// <summary>An action as the HTTP interface shows it.</summary>
public sealed record ActionView(
    string Id, ActionKind Kind, ActionState State, string RequestedBy, DateTimeOffset RequestedAt, int Revision, int Attempts,
    string? Text, string? Undoes, string? Reason, DateTimeOffset? FinishedAt, string? ExternalId, bool CanBeTakenBack)
{
    public static ActionView Of(PlatformAction action, Comment comment) => new(
        action.Id, action.Kind, action.State, action.RequestedBy, action.RequestedAt, action.Revision, action.Attempts,
        action.Text, action.Undoes, action.Reason, action.FinishedAt, action.ExternalId, Opposite(action, comment) is not null);

    /// <summary>What takes an action back on its platform; null if nothing does.</summary>
    public static ActionKind? Opposite(PlatformAction action, Comment comment) =>
        Actors.Find(comment)?.Levers.FirstOrDefault(l => l.Kind == action.Kind)?.TakenBackBy;
}

/// <summary>What was and is to be done about one comment, oldest first.</summary>
public sealed record ActionsAnswer(IReadOnlyList<ActionView> Actions);

/// <summary>What can be done on a platform.</summary>
public sealed record PlatformView(string Platform, IReadOnlyList<LeverView> Can);

/// <summary>Something a platform can do, what takes it back, and the call that does it.</summary>
public sealed record LeverView(ActionKind Kind, ActionKind? TakenBackBy, string Call);

/// <summary>What can be done on every platform.</summary>
public sealed record PlatformsAnswer(IReadOnlyList<PlatformView> Platforms);
