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

    /// <summary>The decision that holds: a person's, else a rule's.</summary>
    public Decision? Decision { get; init; }
    public OutcomeState? State { get; init; }
    public Sentiment? Sentiment { get; init; }

    /// <summary>An intent that holds, among others perhaps.</summary>
    public Intent? Intent { get; init; }

    /// <summary>Toxicity of at least this, 0 to 1.</summary>
    public double? Toxicity { get; init; }
    public string? Language { get; init; }
    public PlatformId? Platform { get; init; }
    public string? Channel { get; init; }

    /// <summary>The platform's id of the author.</summary>
    public string? Author { get; init; }

    /// <summary>The platform's id of the post, video or topic.</summary>
    public string? Thread { get; init; }

    /// <summary>The team that it was handed to.</summary>
    public string? Route { get; init; }

    /// <summary>Id of the rule that decided.</summary>
    public string? Rule { get; init; }

    /// <summary>A label that its author got with it.</summary>
    public string? Label { get; init; }

    /// <summary>The text has this somewhere, whatever the case of its letters.</summary>
    public string? Contains { get; init; }

    /// <summary>Newest receipt first; else oldest first.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>At most so many, 1 to 1,000.</summary>
    public required int Limit { get; init; }

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? After { get; init; }

    /// <summary>One author's, newest first: that is how they lie.</summary>
    public bool IsAnAuthorsHistory => NewestFirst && Author is not null && Platform is not null;

    /// <summary>Storage cannot compare these: rows are read, and looked at here.</summary>
    public bool IsSifted => Intent is not null || Label is not null || Contains is not null;

    /// <summary>Rows that match lie among rows that do not: every row of the span may have to be looked at. One author's are few.</summary>
    public bool IsScan => !IsAnAuthorsHistory && (IsSifted || Decision is not null || State is not null || Sentiment is not null || Toxicity is not null || Language is not null || Channel is not null
        || Thread is not null || Route is not null || Rule is not null || Platform is not null || Author is not null);

    /// <summary>Whether an outcome is one of those, as far as <see cref="IsSifted"/> asks.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="text">The whole text, or as much as is there.</param>
    public bool Takes(Outcome outcome, string text) =>
        (Intent is not { } intent || outcome.Signals?.Intents.Any(i => i.Intent == intent) is true)
        && (Label is null || (outcome.Verdict?.Labels ?? []).Concat(outcome.Ruling?.Labels ?? []).Any(l => l.Name == Label))
        && (Contains is null || text.Contains(Contains, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Some outcomes in the order asked for, and where to go on; null at the end.</summary>
/// <param name="Outcomes">The outcomes.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record OutcomePage(IReadOnlyList<Outcome> Outcomes, string? Next);

/// <summary>What this room asks of storage.</summary>
public interface IOutcomeReader
{
    /// <summary>A page may hold fewer than asked for, even none, and still have a next one.</summary>
    Task<OutcomePage> QueryAsync(OutcomeQuery query, CancellationToken cancellationToken);

    /// <summary>The place behind an outcome in the order of a query, where its next page would begin.</summary>
    string PositionAfter(OutcomeQuery query, Outcome outcome);

    /// <summary>About how many outcomes lie in a span, as far as hours were rolled up.</summary>
    Task<int> EstimateAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    Task<Outcome?> FindAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken);

    /// <summary>The comment itself, with its whole text; null if it was erased.</summary>
    Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    /// <summary>What was and is to be done about it on its platform, oldest first.</summary>
    Task<IReadOnlyList<PlatformAction>> ActionsAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);
}
