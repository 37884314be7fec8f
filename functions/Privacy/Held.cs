using Moderato.Comments;

namespace Moderato.Privacy;

/// <summary>What the community's people say of an author.</summary>
public sealed record HeldProfile(bool Trusted, bool Team, IReadOnlyList<AuthorLabel> Labels);

/// <summary>One comment with everything that is kept about it. Without an outcome it still waits.</summary>
public sealed record HeldComment(Comment Comment, Outcome? Outcome, IReadOnlyList<PlatformAction> Actions);

/// <summary>What an export asks of storage.</summary>
public interface IHeldStore
{
    /// <summary>Null where nobody said anything.</summary>
    Task<HeldProfile?> FindProfileAsync(CommunityId community, PlatformId platform, string author, CancellationToken cancellationToken);

    /// <summary>Every comment that names the author, in no order; few are in memory at a time.</summary>
    IAsyncEnumerable<HeldComment> CommentsOfAsync(CommunityId community, PlatformId platform, string author, CancellationToken cancellationToken);
}
