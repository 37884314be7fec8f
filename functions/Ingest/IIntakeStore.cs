using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>A comment as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingComment(Comment Comment, string Tag);

/// <summary>What became of an attempt to put a version in place of another.</summary>
public enum Replacement
{
    Done,

    /// <summary>The standing version is no longer the one that was read.</summary>
    Conflict,

    /// <summary>The event was taken in before.</summary>
    KnownEvent,
}

/// <summary>What intake asks of storage.</summary>
public interface IIntakeStore
{
    /// <summary>
    /// Stores each comment that is not there yet, together with the notes that it was received and that its event is known. Answers in
    /// the same order: null for a comment that was stored, else the one that stands. The comments have distinct keys and one community.
    /// </summary>
    Task<IReadOnlyList<StandingComment?>> InsertAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken);

    /// <summary>Puts the next version in place of the standing one, unless the event that brought it is known already.</summary>
    Task<Replacement> ReplaceAsync(StandingComment standing, Comment next, string? eventId, CancellationToken cancellationToken);

    /// <summary>Reads a comment that is known to be there.</summary>
    Task<StandingComment> ReadAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    /// <summary>Whether this revision of the comment, or a later one, has its outcome.</summary>
    Task<bool> IsJudgedAsync(Comment comment, CancellationToken cancellationToken);

    /// <summary>Notes that a comment was delivered again at that time, for the completeness line.</summary>
    Task NoteDuplicateAsync(Comment standing, DateTimeOffset deliveredAt, CancellationToken cancellationToken);

    /// <summary>Parks a part of a delivery that nobody could read. Parking it twice on a day is parking it once.</summary>
    Task ParkAsync(UnreadablePart part, CancellationToken cancellationToken);

    /// <summary>Forgets the events that were taken in before a time.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetEventsAsync(CommunityId community, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Hands comments of one community to moderation.</summary>
    Task EnqueueAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken);
}
