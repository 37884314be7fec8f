using System.Text.Json;
using Moderato.Comments;
using Moderato.Review;

namespace Moderato.Digests;

/// <summary>What waits for a person at this moment.</summary>
public sealed class NeedPart(IReviewStore reviews, IDigestStore store)
{
    public const int Most = 5;

    /// <summary>Up to here the number of those that wait is exact.</summary>
    public const int MostCounted = 1_000;

    /// <summary>How many are looked at to find those to show: some are still listed though they wait no longer.</summary>
    private const int MostLookedAt = 25;

    public async Task<Capped<NeedItem>> OfAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var (standing, _) = await reviews.ListAsync(community, null, MostCounted, cancellationToken);
        var waiting = standing.Select(s => s.Item).DistinctBy(i => i.Outcome).ToList();
        var (items, over) = (new List<NeedItem>(), 0);
        foreach (var item in waiting.Take(MostLookedAt))
        {
            if (items.Count == Most)
                break;
            if (await store.FindOutcomeAsync(community, item.Outcome, cancellationToken) is { } outcome && ReviewQueue.IsCurrent(item, outcome))
                items.Add(Of(item, outcome));
            else
                over++;
        }
        return new Capped<NeedItem>(waiting.Count - over, items);
    }

    private static NeedItem Of(ReviewItem item, Outcome outcome) => new(
        item.Outcome.ToString(), outcome.Key.Platform, outcome.Comment.Channel, JsonNamingPolicy.CamelCase.ConvertName(item.Cause.ToString()),
        outcome.Decision, outcome.Ruling is null ? outcome.Verdict?.Rule : null, Since(item, outcome), item.DueAt);

    private static DateTimeOffset Since(ReviewItem item, Outcome outcome) => item.Cause switch
    {
        ReviewCause.Returned => outcome.History.LastOrDefault(h => h.What == OutcomeEventKind.Returned)?.At ?? item.DueAt,
        ReviewCause.Proposed when item.Proposal is { } proposal => proposal.At,
        ReviewCause.Decision when outcome.Ruling is { } ruling => ruling.At,
        _ => outcome.Comment.ReceivedAt,
    };
}
