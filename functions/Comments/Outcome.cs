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

/// <summary>
/// What became of one comment. Exactly one exists per comment; a newer revision replaces an older one, never the other way round.
/// </summary>
public sealed record Outcome
{
    /// <summary>How much of the text an outcome keeps, in UTF-16 code units.</summary>
    public const int SnippetLength = 280;

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

    public CommentKey Key => Comment.Key;
    public int Revision => Comment.Revision;
    public bool Removed => Comment.Removed;

    /// <summary>The beginning of a text, with an ellipsis if there was more.</summary>
    public static string Snippet(string text)
    {
        if (text.Length <= SnippetLength)
            return text;
        var cut = SnippetLength - 1;
        return text[..(char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut)] + "…";
    }
}
