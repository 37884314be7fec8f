using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>What a group of voices has in common, read from their outcomes: only now are there words.</summary>
public sealed class Voicing(IDigestStore store)
{
    /// <summary>How many texts are read for one group.</summary>
    public const int MostTexts = 12;

    /// <summary>More voices than these are not grouped: chance picks which.</summary>
    public const int MostGrouped = 2_000;

    public static IReadOnlyList<Voice> Some(IEnumerable<Voice> voices) =>
        [.. voices.OrderBy(v => v.Comment).ThenBy(v => v.OutcomeId, StringComparer.Ordinal).Take(MostGrouped)];

    /// <summary>One voice of each person, the most typical first: those that say most of what the group is about.</summary>
    public static IReadOnlyList<Voice> Typical(Cause cause) =>
    [
        .. cause.Voices.OrderByDescending(v => v.Terms.Intersect(cause.Terms).Count()).ThenByDescending(v => v.Anger).ThenBy(v => v.Comment).ThenBy(v => v.OutcomeId, StringComparer.Ordinal)
            .DistinctBy(v => v.Person),
    ];

    /// <summary>The channels of a group, the one with most people first.</summary>
    public static IReadOnlyList<EventChannel> Channels(Cause cause) =>
    [
        .. cause.Voices.GroupBy(v => (v.Platform, v.Channel))
            .OrderByDescending(g => g.Select(v => v.Person).Distinct().Count()).ThenBy(g => g.Key.Platform.ToString(), StringComparer.Ordinal).ThenBy(g => g.Key.Channel, StringComparer.Ordinal)
            .Select(g => new EventChannel(g.Key.Platform, g.Key.Channel)),
    ];

    /// <summary>
    /// Concepts and words. One text of each person, so that a word that two texts have is a word that two people used: no other is kept.
    /// </summary>
    public async Task<(IReadOnlyList<string> Concepts, IReadOnlyList<string> Words)> DescribeAsync(CommunityId community, Cause cause, CancellationToken cancellationToken)
    {
        var outcomes = await OutcomesAsync(community, Typical(cause).Take(MostTexts), cancellationToken);
        return Topics.Describe(cause.Terms, [.. outcomes.Where(o => !o.Removed && o.Comment.Text.Length > 0).Select(o => o.Comment.Text)]);
    }

    /// <summary>The outcomes of some voices that are still there.</summary>
    public async Task<IReadOnlyList<Outcome>> OutcomesAsync(CommunityId community, IEnumerable<Voice> voices, CancellationToken cancellationToken) =>
        [.. (await Quotes.OutcomesAsync(store, community, [.. voices.Select(v => v.OutcomeId)], cancellationToken)).Values];
}
