namespace Moderato.Comments;

/// <summary>What is to happen to a comment.</summary>
public enum Decision
{
    /// <summary>It stays as it is.</summary>
    Approve,

    /// <summary>It disappears for everybody but its author; can be taken back.</summary>
    Hide,

    /// <summary>It waits for a person.</summary>
    Hold,

    /// <summary>It is removed for good. Never decided unless a rule asks for it in words.</summary>
    Delete,

    /// <summary>It stays visible, and a person must look at once.</summary>
    Escalate,
}

/// <summary>How far what became of a comment has come.</summary>
public enum OutcomeState
{
    /// <summary>It waits: for its judgement, or for a person.</summary>
    Waiting,

    /// <summary>It was decided, and nothing had to be done on the platform, or is not done yet.</summary>
    Decided,

    /// <summary>It was decided, and done on the platform.</summary>
    Acted,

    /// <summary>What was done on the platform was taken back.</summary>
    Undone,

    /// <summary>It was taken down by its author or by the platform.</summary>
    Removed,
}

/// <summary>What was done about a comment on its platform.</summary>
public enum Effect
{
    None,
    Acted,
    Undone,
}

/// <summary>What a person decided about a comment. It stands above every rule.</summary>
/// <param name="Id">Its id within the comment, so that the same decision sent twice is one.</param>
/// <param name="Decision">What is to happen.</param>
/// <param name="By">Who decided: the key's name, and the person behind it.</param>
/// <param name="At">When.</param>
/// <param name="Revision">The revision of the comment that was decided about.</param>
public sealed record Ruling(string Id, Decision Decision, string By, DateTimeOffset At, int Revision)
{
    /// <summary>Why, for colleagues.</summary>
    public string? Reason { get; init; }

    /// <summary>It counts against the author.</summary>
    public bool Strike { get; init; }

    /// <summary>Labels that the author gets with this comment.</summary>
    public IReadOnlyList<AuthorLabel> Labels { get; init; } = [];

    /// <summary>The team that it is handed to, if it is.</summary>
    public Route? Route { get; init; }

    /// <summary>Who proposed it, where an apprentice did and <see cref="By"/> agreed.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>Whether it holds for a later revision too: what was approved is looked at anew when it is edited, what was taken away stays away.</summary>
    public bool Outlives => Decision is Decision.Hide or Decision.Delete;
}

/// <summary>One thing that happened to a comment here.</summary>
/// <param name="At">When.</param>
/// <param name="What">What.</param>
/// <param name="By">A rule's id, or who did it; null for what nobody decided.</param>
/// <param name="Decision">What was decided, where something was.</param>
/// <param name="Revision">The revision of the comment.</param>
/// <param name="Reason">Why, in the words of whoever did it.</param>
public sealed record OutcomeEvent(DateTimeOffset At, OutcomeEventKind What, string? By, Decision? Decision, int Revision, string? Reason);

/// <summary>What can happen to a comment here.</summary>
public enum OutcomeEventKind
{
    /// <summary>A rule decided.</summary>
    Decided,

    /// <summary>A person decided.</summary>
    Overruled,

    /// <summary>A person took a person's decision back.</summary>
    Undone,

    /// <summary>A person's decision no longer holds: the comment was edited.</summary>
    Lapsed,

    /// <summary>It was taken down by its author or by the platform.</summary>
    Removed,

    /// <summary>It was handed to a team.</summary>
    HandedOff,

    /// <summary>Its team said that it saw it.</summary>
    Acknowledged,

    /// <summary>Its team answered.</summary>
    Answered,

    /// <summary>Its team gave it back, or did not react in time.</summary>
    Returned,

    /// <summary>Its author was erased.</summary>
    Erased,
}

/// <summary>
/// What became of one comment. Exactly one exists per comment; a newer revision replaces an older one, never the other way round.
/// </summary>
public sealed record Outcome
{
    /// <summary>How much of the text an outcome keeps, in UTF-16 code units.</summary>
    public const int SnippetLength = 280;

    /// <summary>How many events an outcome remembers.</summary>
    public const int LongestHistory = 50;

    /// <summary>The revision that was judged. Of its text only the beginning is here; nothing once it was removed.</summary>
    public required Comment Comment { get; init; }

    /// <summary>Null only where a comment was removed before it could be judged.</summary>
    public Signals? Signals { get; init; }

    /// <inheritdoc cref="Signals"/>
    public Verdict? Verdict { get; init; }

    /// <summary>What was known of the author, and what went on around, when it was decided: a draft of a policy is asked with the same.</summary>
    public string? AuthorSnapshot { get; init; }

    /// <inheritdoc cref="AuthorSnapshot"/>
    public string? AroundSnapshot { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>What a person decided; null where nobody did, or where it was taken back.</summary>
    public Ruling? Ruling { get; init; }

    /// <summary>What was done on the platform: nothing, something that stands, or something that was taken back.</summary>
    public Effect Effect { get; init; }

    /// <summary>What happened before, oldest first, at most <see cref="LongestHistory"/>; the first is never dropped.</summary>
    public IReadOnlyList<OutcomeEvent> History { get; init; } = [];

    /// <summary>1, and one more each time that anything of it changed: orders what is written about it elsewhere.</summary>
    public int Change { get; init; } = 1;

    /// <summary>The decision that holds: a person's, else a rule's. Null only where a comment was removed before it could be judged.</summary>
    public Decision? Decision => Ruling?.Decision ?? Verdict?.Decision;

    /// <summary>Whether it counts against its author: what a person let pass does not.</summary>
    public bool Strike => Ruling is { } ruling ? ruling.Strike : Verdict?.Strike is true;

    /// <summary>The team that it was handed to.</summary>
    public Route? Route => Ruling?.Route ?? Verdict?.Route;

    public OutcomeState State =>
        Removed ? OutcomeState.Removed
        : Decision is Comments.Decision.Hold or Comments.Decision.Escalate ? OutcomeState.Waiting
        : Effect switch { Effect.Acted => OutcomeState.Acted, Effect.Undone => OutcomeState.Undone, _ => OutcomeState.Decided };

    public CommentKey Key => Comment.Key;
    public int Revision => Comment.Revision;
    public bool Removed => Comment.Removed;

    /// <summary>The outcome with something more in its history.</summary>
    public Outcome After(OutcomeEvent happened) => this with
    {
        Change = Change + 1,
        History = History.Count < LongestHistory ? [.. History, happened] : [History[0], .. History.Skip(2), happened],
    };

    /// <summary>What stays of it where its author asked to be erased: what was found and decided, for the counts, and no words of anybody.</summary>
    /// <param name="comment">The erased comment.</param>
    /// <param name="at">When.</param>
    public Outcome AsErased(Comment comment, DateTimeOffset at) => (this with
    {
        Comment = comment,
        Signals = Signals is { } signals ? signals with { LinkHosts = [], Fingerprint = 0 } : null,
        Verdict = Verdict is { } verdict ? verdict with { Reply = null } : null,
        AuthorSnapshot = null,
        AroundSnapshot = null,
        Ruling = Ruling is { } ruling ? ruling with { Reason = null } : null,
        History = [.. History.Select(h => h with { Reason = null })],
    }).After(new OutcomeEvent(at, OutcomeEventKind.Erased, null, null, comment.Revision, null));

    /// <summary>The beginning of a text, with an ellipsis if there was more.</summary>
    public static string Snippet(string text)
    {
        if (text.Length <= SnippetLength)
            return text;
        var cut = SnippetLength - 1;
        return text[..(char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut)] + "…";
    }
}
