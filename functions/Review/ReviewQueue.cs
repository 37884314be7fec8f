using Moderato.Comments;

namespace Moderato.Review;

/// <summary>
/// Keeps the list of what waits for a person in step with the outcomes. The outcome is what counts: an item whose outcome no longer
/// waits, since somebody was stopped between the two, is taken off the list by whoever comes upon it.
/// </summary>
public sealed class ReviewQueue(IReviewStore store)
{
    /// <summary>After outcomes were judged. Comes a second time with a redelivered message, and then changes nothing.</summary>
    public async Task FollowAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var outcome in outcomes)
        {
            var (community, wanted) = (outcome.Comment.Community, ItemOf(outcome));
            if (wanted is not null)
                await store.AddAsync(community, wanted, cancellationToken);
            if (outcome.Revision > 1)
                await RemoveAsync(outcome, item => item.Revision < outcome.Revision, cancellationToken);
        }
    }

    /// <summary>After a person decided: what still waits is asked for anew, everything else is off the list.</summary>
    /// <param name="outcome">The outcome as it is now.</param>
    /// <param name="handedOff">It is another team's for now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SettleAsync(Outcome outcome, bool handedOff, CancellationToken cancellationToken)
    {
        var wanted = handedOff ? null : ItemOf(outcome);
        if (wanted is not null)
            await store.AddAsync(outcome.Comment.Community, wanted, cancellationToken);
        // One of a later revision is somebody else's, who knows more.
        await RemoveAsync(outcome, item => item.Revision <= outcome.Revision && (item.DueAt != wanted?.DueAt || item.Revision != wanted.Revision), cancellationToken);
    }

    /// <summary>Whether an item still says what its outcome says.</summary>
    public static bool IsCurrent(ReviewItem item, Outcome? outcome) => outcome is { Removed: false } && outcome.Revision == item.Revision && item.Cause switch
    {
        ReviewCause.Decision => outcome.State == OutcomeState.Waiting,
        ReviewCause.Edited => outcome.Ruling is { } ruling && ruling.Revision < item.Revision,
        ReviewCause.Returned => outcome.History.LastOrDefault(h => h.What is OutcomeEventKind.Returned or OutcomeEventKind.Overruled)?.What == OutcomeEventKind.Returned,
        _ => true,
    };

    private static ReviewItem? ItemOf(Outcome outcome)
    {
        ReviewCause? cause = outcome.State == OutcomeState.Waiting ? ReviewCause.Decision
            : outcome is { Removed: false, Ruling: { Outlives: true } ruling } && ruling.Revision < outcome.Revision ? ReviewCause.Edited
            : null;
        return cause is { } why ? new ReviewItem(OutcomeId.Of(outcome.Comment), outcome.Revision, why, DueAt(outcome, why)) : null;
    }

    /// <summary>What was edited waits since its edit, not since the decision about what it was.</summary>
    private static DateTimeOffset DueAt(Outcome outcome, ReviewCause why) => ReviewPriority.DueAt(why == ReviewCause.Edited ? outcome with { Ruling = null } : outcome);

    private async Task RemoveAsync(Outcome outcome, Func<ReviewItem, bool> isOver, CancellationToken cancellationToken)
    {
        foreach (var (item, _) in await store.ItemsOfAsync(outcome.Comment.Community, outcome.Key, cancellationToken))
        {
            if (isOver(item))
                await store.RemoveAsync(outcome.Comment.Community, item, cancellationToken);
        }
    }
}
