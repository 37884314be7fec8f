using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>A comment as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingComment(Comment Comment, string Tag);

/// <summary>What intake asks of storage.</summary>
public interface IIntakeStore
{
    /// <summary>
    /// Stores each comment that is not there yet, together with the note that it was received. Answers in the same order: null for
    /// a comment that was stored, else the one that stands. The comments have distinct keys and one community.
    /// </summary>
    Task<IReadOnlyList<StandingComment?>> InsertAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken);

    /// <summary>Puts the next version in place of the standing one. False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(StandingComment standing, Comment next, CancellationToken cancellationToken);

    /// <summary>Reads a comment that is known to be there.</summary>
    Task<StandingComment> ReadAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    /// <summary>Whether this revision of the comment, or a later one, has its outcome.</summary>
    Task<bool> IsJudgedAsync(Comment comment, CancellationToken cancellationToken);

    /// <summary>Notes that a comment was delivered again at that time, for the completeness line.</summary>
    Task NoteDuplicateAsync(Comment standing, DateTimeOffset deliveredAt, CancellationToken cancellationToken);

    /// <summary>Hands comments of one community to moderation.</summary>
    Task EnqueueAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken);
}
