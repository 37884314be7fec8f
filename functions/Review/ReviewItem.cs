using Moderato.Comments;

namespace Moderato.Review;

/// <summary>Why a comment waits for a person.</summary>
public enum ReviewCause
{
    /// <summary>A rule, or a person, held or escalated it.</summary>
    Decision,

    /// <summary>A person took it away, and its author has edited it since.</summary>
    Edited,

    /// <summary>The team that it was handed to gave it back, or did not react in time.</summary>
    Returned,

    /// <summary>An apprentice proposed something about it.</summary>
    Proposed,
}

/// <summary>A comment that waits for a person. Holds none of its words.</summary>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Revision">The revision that waits.</param>
/// <param name="Cause">Why it waits.</param>
/// <param name="DueAt">When somebody should have looked: what is due first comes first.</param>
public sealed record ReviewItem(OutcomeId Outcome, int Revision, ReviewCause Cause, DateTimeOffset DueAt)
{
    /// <summary>Who is at it; null for nobody.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Until when nobody else gets it.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>What an apprentice proposes.</summary>
    public RulingRequest? Proposal { get; init; }

    /// <summary>Who is at it at a time; null for nobody.</summary>
    public string? ClaimedAt(DateTimeOffset now) => ClaimedUntil > now ? ClaimedBy : null;
}

/// <summary>An item as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingItem(ReviewItem Item, string Tag);

/// <summary>When somebody should have looked at a comment.</summary>
/// <remarks>
/// A comment that waits is due after a time that shrinks with harm, anger and reach, and is never longer than <see cref="Longest"/>. What is
/// due first comes first: so a grave one overtakes, and a harmless one that waited long is no longer overtaken. Nothing starves.
/// </remarks>
public static class ReviewPriority
{
    /// <summary>How long the most harmless comment that is held may wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>The same for one that stays visible and should be looked at at once.</summary>
    public static readonly TimeSpan LongestEscalated = TimeSpan.FromHours(1);

    /// <summary>From this probability on a threat, or somebody's distress, is due at once.</summary>
    private const double AtOnceFrom = 0.5;

    /// <summary>A review with so few stars is read by everybody who looks for the shop.</summary>
    private const int FewStars = 2;

    /// <summary>Under a post this young many are still to come.</summary>
    private static readonly TimeSpan FreshPost = TimeSpan.FromHours(6);

    public static DateTimeOffset DueAt(Outcome outcome)
    {
        var since = outcome.Ruling?.At ?? outcome.Comment.ReceivedAt;
        if (outcome.Signals is not { } signals)
            return since + Longest;
        if (signals.Distress >= AtOnceFrom || signals.Harm.Threat >= AtOnceFrom)
            return since;
        var grave = Math.Max(Math.Max(signals.Harm.Toxicity, signals.Anger), 0.5 * signals.Negative);
        var longest = outcome.Decision == Decision.Escalate ? LongestEscalated : Longest;
        return since + (longest * (1 - grave) * (HasReach(outcome.Comment) ? 0.5 : 1));
    }

    private static bool HasReach(Comment comment) =>
        comment.Stars <= FewStars || (comment is { ParentId: null, PostCreatedAt: { } posted } && comment.ReceivedAt - posted < FreshPost);
}
