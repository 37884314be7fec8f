using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>
/// The words behind a digest's lists, and where they were written. A digest keeps neither itself: they are read from the outcomes when somebody looks, so that a
/// comment that was removed or erased in between is not quoted.
/// </summary>
public sealed record Quote(string? Author, string Text, string? Permalink);

/// <inheritdoc cref="Quote"/>
public static class Quotes
{
    /// <summary>So many are read for one digest; a digest without dozens of teams has fewer.</summary>
    public const int Most = 150;

    /// <summary>How many are read at the same time.</summary>
    private const int AtOnce = 8;

    public static async Task<IReadOnlyDictionary<string, Quote>> ReadAsync(IDigestStore store, Digest digest, CancellationToken cancellationToken)
    {
        var outcomes = await OutcomesAsync(store, digest.Community, [.. IdsOf(digest).Distinct(StringComparer.Ordinal).Take(Most)], cancellationToken);
        return outcomes.Where(o => !o.Value.Removed).ToDictionary(
            o => o.Key, o => new Quote(o.Value.Comment.Author?.Name ?? o.Value.Comment.Author?.Id, o.Value.Comment.Text, o.Value.Comment.Permalink), StringComparer.Ordinal);
    }

    /// <summary>The outcomes with these ids that are still there, in the order of the ids.</summary>
    internal static async Task<IReadOnlyDictionary<string, Outcome>> OutcomesAsync(IDigestStore store, CommunityId community, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Outcome>(StringComparer.Ordinal);
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var outcomes = await Task.WhenAll(some.Select(async id => OutcomeId.TryParse(id, out var parsed) ? await store.FindOutcomeAsync(community, parsed.Value, cancellationToken) : null));
            foreach (var (id, outcome) in some.Zip(outcomes))
            {
                if (outcome is not null)
                    found.Add(id, outcome);
            }
        }
        return found;
    }

    private static IEnumerable<string> IdsOf(Digest digest) =>
    [
        .. digest.Attention.Select(i => i.OutcomeId),
        .. digest.NeedsYou.Items.Select(i => i.OutcomeId),
        .. digest.Causes.Items.SelectMany(c => c.Examples),
        .. digest.Questions.Items.SelectMany(q => q.Answer is { } answer ? [q.Example, answer] : new[] { q.Example }),
        .. digest.Handoffs.Items.Select(h => h.OutcomeId),
        .. digest.Threads.Items.Select(t => t.OutcomeId),
        .. new[] { digest.People.FirstTimers, digest.People.StandardBearers, digest.People.WonBack, digest.People.Offenders }.SelectMany(p => p.Items.Select(i => i.OutcomeId)),
        .. digest.Teams.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.Open.Items.Select(h => h.OutcomeId)),
    ];
}
