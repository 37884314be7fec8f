using Moderato.Comments;

namespace Moderato.Outcomes;

/// <summary>Which outcomes are asked for. Null means any.</summary>
public sealed record OutcomeQuery
{
    public required CommunityId Community { get; init; }

    /// <summary>First receipt at this time or later.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>First receipt before this time.</summary>
    public required DateTimeOffset To { get; init; }

    public Decision? Decision { get; init; }
    public Sentiment? Sentiment { get; init; }
    public PlatformId? Platform { get; init; }

    /// <summary>The platform's id of the author.</summary>
    public string? Author { get; init; }

    /// <summary>At most so many, 1 to 1,000.</summary>
    public required int Limit { get; init; }

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>Some outcomes, oldest receipt first, and where to go on; null at the end.</summary>
public sealed record OutcomePage(IReadOnlyList<Outcome> Outcomes, string? Next);

/// <summary>What this room asks of storage.</summary>
public interface IOutcomeReader
{
    /// <summary>A page may hold fewer than asked for, even none, and still have a next one.</summary>
    Task<OutcomePage> QueryAsync(OutcomeQuery query, CancellationToken cancellationToken);

    Task<Outcome?> FindAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken);

    /// <summary>The comment itself, with its whole text; null if it was erased.</summary>
    Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);
}
