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

/// <summary>A decision with the rule that took it.</summary>
/// <param name="Decision">What is to happen.</param>
/// <param name="Rule">Stable id of the rule.</param>
/// <param name="Because">The reason in words, in English; carries no text of the comment.</param>
/// <param name="PolicyVersion">The version of the policy that the rule belongs to.</param>
public sealed record Verdict(Decision Decision, string Rule, string Because, string PolicyVersion);

/// <summary>
/// What became of one comment. Exactly one exists per comment; a newer revision replaces an older one, never the other way round.
/// </summary>
public sealed record Outcome
{
    /// <summary>How much of the text an outcome keeps, in UTF-16 code units.</summary>
    public const int SnippetLength = 280;

    public required CommunityId Community { get; init; }
    public required CommentKey Key { get; init; }
    public required string Channel { get; init; }
    public string? ThreadId { get; init; }
    public string? ParentId { get; init; }
    public string? Permalink { get; init; }
    public Author? Author { get; init; }

    /// <summary>The beginning of the text; empty once the comment was removed.</summary>
    public required string Snippet { get; init; }

    public required bool Removed { get; init; }

    /// <summary>The revision of the comment that was judged.</summary>
    public required int Revision { get; init; }

    /// <summary>Null only where a comment was removed before it could be judged.</summary>
    public Signals? Signals { get; init; }

    /// <inheritdoc cref="Signals"/>
    public Verdict? Verdict { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public required DateTimeOffset FirstReceivedAt { get; init; }

    /// <summary>When the judged revision arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}
