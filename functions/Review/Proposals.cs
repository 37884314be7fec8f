using Moderato.Comments;

namespace Moderato.Review;

/// <summary>What apprentices propose lies with the comment until somebody else agrees or does not.</summary>
public sealed class Proposals(IReviewStore store, TimeProvider time)
{
    /// <summary>How soon a proposal about a comment that did not wait is looked at.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);
    private const int MaxConflicts = 8;

    /// <summary>Puts a proposal to the item that waits, or makes one. A later proposal takes the place of an earlier one.</summary>
    public async Task<ReviewItem> ProposeAsync(RulingRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if ((await store.ItemsOfAsync(request.Community, request.Outcome.Key, cancellationToken)).FirstOrDefault(i => i.Item.Revision == request.Revision) is not { } standing)
            {
                var item = new ReviewItem(request.Outcome, request.Revision, ReviewCause.Proposed, time.GetUtcNow() + Soon) { Proposal = request };
                await store.AddAsync(request.Community, item, cancellationToken);
                continue; // read again: somebody's may have been first
            }
            if (standing.Item.Proposal?.Id == request.Id || await store.ReplaceAsync(request.Community, standing, standing.Item with { Proposal = request }, cancellationToken))
                return standing.Item with { Proposal = request };
        }
        throw new InvalidOperationException($"A comment's review changed {MaxConflicts} times while something was proposed.");
    }

    /// <summary>The item with a proposal about a comment; null if there is none.</summary>
    public async Task<StandingItem?> FindAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        (await store.ItemsOfAsync(community, key, cancellationToken)).FirstOrDefault(i => i.Item.Proposal is not null);

    /// <summary>Somebody does not agree: the comment waits without the proposal, or no longer where it waited only for its sake.</summary>
    public async Task RejectAsync(CommunityId community, StandingItem standing, CancellationToken cancellationToken)
    {
        if (standing.Item.Cause == ReviewCause.Proposed)
            await store.RemoveAsync(community, standing.Item, cancellationToken);
        else
            await store.ReplaceAsync(community, standing, standing.Item with { Proposal = null }, cancellationToken); // changed meanwhile: there is a newer one
    }
}
