using Moderato.Comments;
using Moderato.Policy;

namespace Moderato.Moderation;

/// <summary>An outcome as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingOutcome(Outcome Outcome, string Tag);

/// <summary>What moderation asks of storage.</summary>
public interface IModerationStore
{
    /// <summary>The comment as it stands; null if it was erased.</summary>
    Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    /// <summary>What is known of a comment's author, that comment left out. Unknown where there is no author.</summary>
    Task<AuthorHistory> ReadHistoryAsync(Comment comment, CancellationToken cancellationToken);

    /// <summary>
    /// Stores each outcome that is not there yet. Answers in the same order: null for one that was stored, else the one that stands.
    /// The outcomes have distinct keys and one community.
    /// </summary>
    Task<IReadOnlyList<StandingOutcome?>> InsertAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken);

    /// <summary>Says that what is counted of these comments' hours is about to change.</summary>
    Task MarkHoursAsync(CommunityId community, IEnumerable<DateTimeOffset> firstReceived, CancellationToken cancellationToken);

    /// <summary>Puts a newer outcome in place of the standing one. False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(StandingOutcome standing, Outcome next, CancellationToken cancellationToken);

    /// <summary>The outcome of a comment; null if it has none yet.</summary>
    Task<StandingOutcome?> FindOutcomeAsync(Comment comment, CancellationToken cancellationToken);

    /// <summary>Outcomes of comments first received since then, in their order.</summary>
    Task<IReadOnlyList<Outcome>> OutcomesSinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Lets go of the words of a comment that was removed, in its author's history.</summary>
    Task ForgetWordsAsync(Outcome removed, CancellationToken cancellationToken);

    /// <summary>Adds each outcome to its author's history; a row of an older revision gives way, one of a newer stays.</summary>
    Task RecordAuthorsAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken);
}
