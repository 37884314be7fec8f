using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>A replay as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingReplay(Replay Replay, string Tag);

/// <summary>What replays ask of storage.</summary>
public interface IReplayStore
{
    Task AddAsync(Replay replay, CancellationToken cancellationToken);

    Task<StandingReplay?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken);

    /// <summary>False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(StandingReplay standing, Replay next, CancellationToken cancellationToken);

    /// <summary>Hands the next piece over.</summary>
    Task EnqueueAsync(CommunityId community, string id, int step, CancellationToken cancellationToken);

    /// <summary>Removes all but the newest.</summary>
    Task KeepNewestAsync(CommunityId community, int most, CancellationToken cancellationToken);

    /// <summary>Outcomes by time, a piece of them, and where the next piece begins; null at the end.</summary>
    Task<(IReadOnlyList<Outcome> Outcomes, string? Next)> PageAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, string? after, int most, CancellationToken cancellationToken);

    /// <summary>One outcome; null if there is none.</summary>
    Task<Outcome?> FindOutcomeAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken);

    /// <summary>The comment with its whole text; null if it was erased.</summary>
    Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);
}
