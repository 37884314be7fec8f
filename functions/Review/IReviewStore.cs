using Moderato.Comments;

namespace Moderato.Review;

/// <summary>An outcome as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingRuling(Outcome Outcome, string Tag);

/// <summary>A message of the queue <c>rulings</c>, as whoever sent it knows it.</summary>
public sealed record QueuedRuling(string MessageId, string PopReceipt);

/// <summary>What this room asks of storage.</summary>
public interface IReviewStore
{
    /// <summary>Hands a person's decision to the queue: whoever is stopped afterwards, it is carried out.</summary>
    Task<QueuedRuling> EnqueueAsync(RulingRequest request, CancellationToken cancellationToken);

    /// <summary>All of it is done: nobody needs to take it from the queue. One that was taken already is left to whoever took it.</summary>
    Task ForgetAsync(QueuedRuling queued, CancellationToken cancellationToken);

    Task<StandingRuling?> FindAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken);

    /// <summary>Puts an outcome in place of the standing one. False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(StandingRuling standing, Outcome next, CancellationToken cancellationToken);

    /// <summary>Says that what is counted of this comment's hour is about to change.</summary>
    Task MarkHourAsync(Outcome outcome, CancellationToken cancellationToken);

    /// <summary>Writes the outcome into its author's history.</summary>
    Task RecordAuthorAsync(Outcome outcome, CancellationToken cancellationToken);

    /// <summary>What waits, what is due first first; from behind a position, null for the beginning.</summary>
    Task<(IReadOnlyList<StandingItem> Items, string? Next)> ListAsync(CommunityId community, string? after, int most, CancellationToken cancellationToken);

    /// <summary>Every item of one comment.</summary>
    Task<IReadOnlyList<StandingItem>> ItemsOfAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    /// <summary>Adds an item unless it is there.</summary>
    Task AddAsync(CommunityId community, ReviewItem item, CancellationToken cancellationToken);

    /// <summary>Puts an item in place of the standing one. False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(CommunityId community, StandingItem standing, ReviewItem next, CancellationToken cancellationToken);

    Task RemoveAsync(CommunityId community, ReviewItem item, CancellationToken cancellationToken);

    /// <summary>Outcomes of an author's comments received since then, newest first, at most so many.</summary>
    Task<IReadOnlyList<Outcome>> OfAuthorAsync(CommunityId community, PlatformId platform, string author, DateTimeOffset since, int most, CancellationToken cancellationToken);

    /// <summary>Outcomes of comments received since then.</summary>
    Task<IReadOnlyList<Outcome>> SinceAsync(CommunityId community, DateTimeOffset since, int most, CancellationToken cancellationToken);
}
