using Moderato.Comments;

namespace Moderato.Actions;

/// <summary>An action as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingAction(PlatformAction Action, string Tag);

/// <summary>What acting asks of storage.</summary>
public interface IActionStore
{
    /// <summary>Hands an action to the queue, to be done after the delay. The message holds all of it.</summary>
    Task EnqueueAsync(PlatformAction action, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Stores an action unless it is there; answers the one that stands.</summary>
    Task<StandingAction> AddAsync(PlatformAction action, CancellationToken cancellationToken);

    /// <summary>Puts a new state in place of the standing one. Null if it stands no longer as it was read.</summary>
    Task<StandingAction?> ReplaceAsync(StandingAction standing, PlatformAction next, CancellationToken cancellationToken);

    /// <summary>Everything that was to be done about a comment, oldest first.</summary>
    Task<IReadOnlyList<PlatformAction>> HistoryAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    /// <summary>Writes into the comment's outcome that something was done about it on its platform, or taken back.</summary>
    Task NoteEffectAsync(Comment comment, Effect effect, CancellationToken cancellationToken);

    /// <summary>Keeps that a comment's author was answered: a mark in their history, under the answer's time. Twice is once.</summary>
    Task NoteAnsweredAsync(PlatformAction answer, Comment comment, CancellationToken cancellationToken);

    /// <summary>The comment as it stands; null if it was erased.</summary>
    Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);
}
