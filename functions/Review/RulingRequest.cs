using Moderato.Comments;

namespace Moderato.Review;

/// <summary>What a person wants done about a comment, whole: the queue's message carries it.</summary>
public sealed record RulingRequest
{
    /// <summary>Its id within the comment: asking twice is asking once.</summary>
    public required string Id { get; init; }
    public required CommunityId Community { get; init; }
    public required OutcomeId Outcome { get; init; }

    /// <summary>The revision that the person saw.</summary>
    public required int Revision { get; init; }

    /// <summary>Who wants it: the key's name, and the person behind it.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What is to happen; null to leave it as it is.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The id of the person's decision that is taken back; everything else is then left out.</summary>
    public string? Undoes { get; init; }
    public string? Reason { get; init; }
    public bool Strike { get; init; }

    /// <summary>The author is trusted from now on.</summary>
    public bool TrustAuthor { get; init; }
    public IReadOnlyList<AuthorLabel> Labels { get; init; } = [];

    /// <summary>The team that it is handed to.</summary>
    public Route? Route { get; init; }

    /// <summary>An answer to be sent.</summary>
    public string? Reply { get; init; }

    /// <summary>Who proposed it, where an apprentice did.</summary>
    public string? ProposedBy { get; init; }
}
