using System.Collections.Concurrent;
using Moderato.Comments;
using Moderato.Policy;

namespace Moderato.Moderation;

/// <summary>
/// What goes on in each community, for policies that ask: its last 24 hours are read once from the outcomes, and then what is new, at most
/// every few seconds, so that a comment costs no reading of its own. What this instance judged itself it knows at once.
/// </summary>
public sealed class Traffic(IModerationStore store, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    /// <summary>An outcome may be written some time after the receipt that it bears; so recent times are read again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<CommunityId, Known> _known = new();

    /// <summary>What went on around each comment, in their order; null for one that was removed.</summary>
    public async Task<IReadOnlyList<Surroundings?>> AroundAsync(IReadOnlyList<(Comment Comment, Signals? Signals)> comments, CancellationToken cancellationToken)
    {
        var community = comments[0].Comment.Community;
        var known = _known.GetOrAdd(community, _ => new Known());
        await known.Gate.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(community, known, cancellationToken);
            // Those that come together see one another: a raid may come in one delivery.
            foreach (var (comment, signals) in comments)
            {
                if (signals is not null)
                    known.Comments.Add(Passing.Of(comment, signals));
            }
            return [.. comments.Select(c => c.Signals is { } signals ? known.Comments.Around(c.Comment, signals.Fingerprint) : null)];
        }
        finally
        {
            known.Gate.Release();
        }
    }

    private async Task RefreshAsync(CommunityId community, Known known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - known.ReadAt < Remembered)
            return;
        var from = known.ReadAt == DateTimeOffset.MinValue ? now - PassingComments.Reach : known.ReadAt - Overlap;
        foreach (var outcome in await store.OutcomesSinceAsync(community, from, cancellationToken))
        {
            if (outcome is { Removed: false, Signals: { } signals })
                known.Comments.Add(Passing.Of(outcome.Comment, signals));
        }
        known.Comments.ForgetBefore(now - PassingComments.Reach - Overlap);
        known.ReadAt = now;
    }

    private sealed class Known
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public PassingComments Comments { get; } = new();
        public DateTimeOffset ReadAt { get; set; } = DateTimeOffset.MinValue;
    }
}
