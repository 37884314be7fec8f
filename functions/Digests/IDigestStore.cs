using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>The raw rows of a span of time: what roll-ups are rebuilt from.</summary>
/// <param name="Received">Notes of first receipts.</param>
/// <param name="Outcomes">Outcomes of comments first received in the span.</param>
/// <param name="Duplicates">When known comments were delivered again.</param>
/// <param name="Parked">Keys and first receipts of what lies in the dead letters.</param>
public sealed record Rows(
    IReadOnlyList<ReceiptNote> Received, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<DateTimeOffset> Duplicates, IReadOnlyList<CommentKey> Parked);

/// <summary>An hour to be rebuilt.</summary>
/// <param name="Hour">The hour's beginning.</param>
/// <param name="MarkedAt">When it was last marked.</param>
/// <param name="Tag">Says that it was not marked again since.</param>
public sealed record StaleHour(DateTimeOffset Hour, DateTimeOffset MarkedAt, string Tag);

/// <summary>What the digest's room asks of storage. Spans include their beginning and exclude their end.</summary>
public interface IDigestStore
{
    Task<Rows> ReadRowsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Whether a comment is still there to be judged.</summary>
    Task<bool> IsStoredAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    /// <summary>The roll-ups of a span that were made, in their order.</summary>
    Task<IReadOnlyList<HourRollup>> ReadRollupsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Hours whose roll-ups no longer say what their rows say.</summary>
    Task<IReadOnlyList<StaleHour>> StaleHoursAsync(CommunityId community, CancellationToken cancellationToken);

    /// <summary>An hour was rebuilt. One whose change may not be written yet, or that was marked again meanwhile, stays marked.</summary>
    Task ClearStaleAsync(CommunityId community, StaleHour hour, CancellationToken cancellationToken);

    /// <summary>Until when hours were rolled up; null if none ever was.</summary>
    Task<DateTimeOffset?> RolledUpThroughAsync(CommunityId community, CancellationToken cancellationToken);

    Task SaveRolledUpThroughAsync(CommunityId community, DateTimeOffset through, CancellationToken cancellationToken);

    Task SaveRollupsAsync(IReadOnlyList<HourRollup> rollups, CancellationToken cancellationToken);

    /// <summary>What of the hours of a span that were rolled up the coming weeks are compared with. One request for 28 days.</summary>
    Task<IReadOnlyList<HourMood>> ReadMoodsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    Task<Digest?> FindDigestAsync(CommunityId community, DigestName name, CancellationToken cancellationToken);

    /// <summary>Days' digests newest first, those before a date if one is given.</summary>
    Task<IReadOnlyList<Digest>> ReadDigestsAsync(CommunityId community, DateOnly? before, int most, CancellationToken cancellationToken);

    Task SaveDigestAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Since when the community is looked after: remembered the first time this is asked.</summary>
    Task<DateTimeOffset> KnownSinceAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken);

    Task<Outcome?> FindOutcomeAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken);

    /// <summary>Whether an answer to a comment was sent from here.</summary>
    Task<bool> WasRepliedToAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);
}
