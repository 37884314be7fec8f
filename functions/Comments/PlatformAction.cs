namespace Moderato.Comments;

/// <summary>What can be done on a platform. Each has its opposite, where a platform knows one.</summary>
public enum ActionKind
{
    /// <summary>It disappears for everybody but its author.</summary>
    Hide,
    Unhide,

    /// <summary>It waits on the platform, unseen, for a person.</summary>
    Hold,

    /// <summary>It is shown after it waited, or marked as looked at.</summary>
    Approve,
    MarkSpam,
    UnmarkSpam,
    Delete,
    Restore,

    /// <summary>An answer under the comment, or in the conversation.</summary>
    Reply,

    /// <summary>The author may not write for a while, or is no longer shown to us.</summary>
    RestrictAuthor,
    UnrestrictAuthor,
    BanAuthor,
    UnbanAuthor,
}

/// <summary>Something a platform can do.</summary>
/// <param name="Kind">What.</param>
/// <param name="TakenBackBy">What takes it back; null if nothing does.</param>
/// <param name="Call">The call that does it, for people.</param>
public sealed record Lever(ActionKind Kind, ActionKind? TakenBackBy, string Call);

/// <summary>How far an action has come.</summary>
public enum ActionState
{
    /// <summary>Waits its turn, or for the platform.</summary>
    Pending,

    /// <summary>Handed to the platform; whether it arrived is not known yet.</summary>
    Started,
    Done,

    /// <summary>It was that way already.</summary>
    AlreadyDone,

    /// <summary>What it was about is no longer there.</summary>
    Gone,

    /// <summary>Something newer was decided, or the author took the comment away: it was not done.</summary>
    Overtaken,

    /// <summary>The platform, or our rights there, do not allow it.</summary>
    Refused,

    /// <summary>It failed for longer than a day.</summary>
    Failed,

    /// <summary>The app was stopped while an answer was under way: it may have been sent, and is not sent twice. A person must look.</summary>
    Uncertain,
}

/// <summary>One thing to be done on a platform about one comment, and what became of it.</summary>
public sealed record PlatformAction
{
    /// <summary>Its id within the comment: of a rule's action made from revision and kind, so that deciding twice asks once.</summary>
    public required string Id { get; init; }
    public required CommunityId Community { get; init; }
    public required CommentKey Key { get; init; }
    public required ActionKind Kind { get; init; }

    /// <summary>The revision of the comment that was decided about.</summary>
    public required int Revision { get; init; }

    /// <summary><c>rule:</c> and a rule's id, or <c>person:</c> and who asked.</summary>
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The words of an answer.</summary>
    public string? Text { get; init; }

    /// <summary>The id of the action that this one takes back.</summary>
    public string? Undoes { get; init; }

    public ActionState State { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it is as it is; carries nothing of what was written.</summary>
    public string? Reason { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The platform's id of what was made: an answer's.</summary>
    public string? ExternalId { get; init; }

    public bool IsFinal => State is not (ActionState.Pending or ActionState.Started);

    public bool ByRule => RequestedBy.StartsWith("rule:", StringComparison.Ordinal);

    /// <summary>Actions of one family overtake each other: what a comment looks like, what its author may do. Answers stand alone.</summary>
    public static string? FamilyOf(ActionKind kind) => kind switch
    {
        ActionKind.Reply => null,
        ActionKind.RestrictAuthor or ActionKind.UnrestrictAuthor or ActionKind.BanAuthor or ActionKind.UnbanAuthor => "author",
        _ => "comment",
    };
}
