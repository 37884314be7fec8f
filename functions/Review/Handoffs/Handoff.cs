using Moderato.Comments;

namespace Moderato.Review;

/// <summary>How far a team has come with a comment that was handed to it.</summary>
public enum HandoffState
{
    Open,

    /// <summary>The team said that it saw it.</summary>
    Acknowledged,

    /// <summary>The team answered.</summary>
    Answered,

    /// <summary>The team gave it back.</summary>
    Returned,

    /// <summary>Nobody reacted in time: it came back by itself.</summary>
    Late,
}

/// <summary>A comment that is a team's. Holds none of its words.</summary>
/// <param name="Id">Made from the decision that handed it over.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Revision">The revision that was handed over.</param>
/// <param name="Team">The team's name in the policy.</param>
/// <param name="OpenedAt">When it was handed over.</param>
/// <param name="DueAt">Until when the team should have reacted.</param>
public sealed record Handoff(string Id, OutcomeId Outcome, int Revision, string Team, DateTimeOffset OpenedAt, DateTimeOffset DueAt)
{
    public HandoffState State { get; init; }

    /// <summary>When it came to its state; null while it is open.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>How far ahead whoever wants all of them looks: no target is longer.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    public bool IsOver => State is HandoffState.Answered or HandoffState.Returned or HandoffState.Late;
}

/// <summary>A hand-off as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingHandoff(Handoff Handoff, string Tag);

/// <summary>Where hand-offs are kept.</summary>
public interface IHandoffStore
{
    /// <summary>Adds one unless it is there.</summary>
    Task AddAsync(CommunityId community, Handoff handoff, CancellationToken cancellationToken);

    /// <summary>By due time and id.</summary>
    Task<StandingHandoff?> FindAsync(CommunityId community, DateTimeOffset dueAt, string id, CancellationToken cancellationToken);

    /// <summary>Those due before a time, longest due first.</summary>
    Task<IReadOnlyList<StandingHandoff>> DueBeforeAsync(CommunityId community, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(CommunityId community, StandingHandoff standing, Handoff next, CancellationToken cancellationToken);

    Task RemoveAsync(CommunityId community, Handoff handoff, CancellationToken cancellationToken);
}
