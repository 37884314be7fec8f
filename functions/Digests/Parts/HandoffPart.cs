using Moderato.Comments;
using Moderato.Review;

namespace Moderato.Digests;

/// <summary>What lies with teams.</summary>
public sealed class HandoffPart(IHandoffStore store)
{
    public const int Most = 5;

    /// <returns>What no team has acknowledged, and each team's part of the span.</returns>
    public async Task<(Capped<HandoffItem> Unseen, IReadOnlyDictionary<string, TeamPart> Teams)> OfAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = (await store.DueBeforeAsync(community, now + Handoff.Ahead, cancellationToken)).Select(s => s.Handoff).ToList();
        var teams = all.GroupBy(h => h.Team, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Part: PartOf([.. g], from, to)))
            .Where(t => t.Part is not { Routed: 0, Answered: 0, CameBack: 0, Open.Total: 0 })
            .ToDictionary(t => t.Key, t => t.Part, StringComparer.Ordinal);
        return (First(all.Where(h => h.State == HandoffState.Open)), teams);
    }

    private static TeamPart PartOf(IReadOnlyList<Handoff> handoffs, DateTimeOffset from, DateTimeOffset to)
    {
        bool Within(DateTimeOffset? at) => at >= from && at < to;
        return new TeamPart(
            handoffs.Count(h => Within(h.OpenedAt)),
            handoffs.Count(h => h.State == HandoffState.Answered && Within(h.ChangedAt)),
            handoffs.Count(h => h.State is HandoffState.Returned or HandoffState.Late && Within(h.ChangedAt)),
            First(handoffs.Where(h => !h.IsOver)));
    }

    private static Capped<HandoffItem> First(IEnumerable<Handoff> handoffs)
    {
        var all = handoffs.OrderBy(h => h.DueAt).ThenBy(h => h.Id, StringComparer.Ordinal).ToList();
        return new Capped<HandoffItem>(
            all.Count,
            [.. all.Take(Most).Select(h => new HandoffItem(h.Outcome.ToString(), h.Id, h.Outcome.Key.Platform, h.Team, h.OpenedAt, h.DueAt, h.State == HandoffState.Acknowledged))]);
    }
}
