using System.Diagnostics;
using Moderato.Actions;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Mood;
using Moderato.Policy;
using Moderato.Review;
using Moderato.Scoring;
using Moderato.Scoring.Feedback;

namespace Moderato.Moderation;

/// <summary>
/// From a comment to its outcome. May be given the same comment twice, late, or twice at the same time:
/// <list type="bullet">
/// <item>the outcome's key comes from the comment, so a second judgement of the same revision finds the first and keeps it;</item>
/// <item>a newer revision replaces an older one under the tag it was read with, never the other way round;</item>
/// <item>the author's row is written after the outcome and from the outcome that stands; whoever was stopped between the two is
/// repaired by the redelivery, since the message is only deleted after both;</item>
/// <item>what is to be done on the platform is asked for last, under an id made from the decision: asking twice is asking once.</item>
/// </list>
/// </summary>
public sealed class Judge(
    IModerationStore store, Scorer scorer, Corrections corrections, Policies policies, Traffic traffic, Communities communities,
    ReviewQueue reviews, ActionRequests actions, Handoffs handoffs, Announcer announcer, Protections protections, TimeProvider time)
{
    private const int MaxConflicts = 8;

    /// <summary>Judges comments of one community, at most one version of each.</summary>
    public async Task<IReadOnlyList<Outcome>> JudgeAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken)
    {
        var community = comments[0].Community;
        var histories = await ReadHistoriesAsync(comments, cancellationToken);
        var correction = await corrections.CurrentAsync(community, cancellationToken);
        var inForce = await policies.InForceAsync(community, cancellationToken);
        var scored = comments.Select(comment => (Comment: comment, Signals: comment.Removed ? null : Score(comment, correction))).ToList();
        IReadOnlyList<Surroundings?>? around = inForce.Policy.AsksForSurroundings ? await traffic.AroundAsync(scored, cancellationToken) : null;
        var protectedNow = await protections.CurrentAsync(community, cancellationToken);
        var outcomes = scored.Select((one, i) => one.Signals is null ? Describe(one.Comment) : Decide(one.Comment, one.Signals, histories[i], around?[i], inForce, protectedNow)).ToList();

        await store.MarkHoursAsync(community, outcomes.Select(o => o.Comment.FirstReceivedAt), cancellationToken);
        var standing = await store.InsertAsync(outcomes, cancellationToken);
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (standing[i] is { } there)
                outcomes[i] = await MeetAsync(there, comments[i], outcomes[i], cancellationToken);
            else
                Meters.Decided(community, outcomes[i].Verdict?.Decision);
        }

        await store.RecordAuthorsAsync([.. outcomes.Where(o => !o.Removed)], cancellationToken);
        await reviews.FollowAsync(outcomes, cancellationToken);
        await actions.CarryOutAsync(outcomes, cancellationToken);
        await handoffs.FollowAsync(outcomes, cancellationToken);
        await announcer.OutcomesAsync(outcomes, cancellationToken);
        return outcomes;
    }

    private Signals Score(Comment comment, Correction? correction)
    {
        var began = Stopwatch.GetTimestamp();
        var signals = scorer.Score(comment.Text, correction);
        Meters.Scored(Stopwatch.GetElapsedTime(began));
        return signals.WithStars(comment.Stars) with { Fingerprint = Fingerprint.Of(comment.Text) };
    }

    private Outcome Decide(Comment comment, Signals signals, AuthorHistory history, Surroundings? around, InForce inForce, IReadOnlyList<Protection> protectedNow)
    {
        var community = communities.Find(comment.Community)
            ?? throw new InvalidOperationException($"The community '{comment.Community}' is no longer in the settings.");
        var verdict = inForce.Policy.Decide(new Facts(comment, signals, history, around, community), inForce.Version);
        var protection = protectedNow.FirstOrDefault(p => p.Platform == comment.Key.Platform && p.Channel == comment.Channel);
        return Describe(comment) with
        {
            Signals = signals,
            Verdict = protection is null ? verdict : ProtectiveMode.Apply(verdict, signals, history, protection.Since, protection.Until),
            AuthorSnapshot = history.ToSnapshot(comment.ReceivedAt),
            AroundSnapshot = around?.ToSnapshot(),
        };
    }

    /// <summary>
    /// Every comment of a batch is judged by what was known before the batch: the order within it is chance. An author's new comments
    /// share one read; an edited one has its own, since its earlier row must not speak against it.
    /// </summary>
    private Task<AuthorHistory[]> ReadHistoriesAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken)
    {
        var shared = new Dictionary<(PlatformId, string), Task<AuthorHistory>>();
        return Task.WhenAll(comments.Select(comment =>
        {
            if (comment.Removed || comment.Author is not { } author)
                return Task.FromResult(AuthorHistory.Unknown);
            if (comment.Revision > 1)
                return store.ReadHistoryAsync(comment, cancellationToken);
            var key = (comment.Key.Platform, author.Id);
            return shared.TryGetValue(key, out var history) ? history : shared[key] = store.ReadHistoryAsync(comment, cancellationToken);
        }));
    }

    private async Task<Outcome> MeetAsync(StandingOutcome standing, Comment comment, Outcome outcome, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (standing.Outcome.Revision >= outcome.Revision)
                return standing.Outcome;

            // First, since a tombstone no longer says whose history it is in.
            if (comment.Removed)
                await store.ForgetWordsAsync(standing.Outcome, cancellationToken);
            var next = Next(standing.Outcome, outcome);
            if (await store.ReplaceAsync(standing, next, cancellationToken))
            {
                Meters.Decided(comment.Community, outcome.Verdict?.Decision);
                return next;
            }
            standing = await store.FindOutcomeAsync(comment, cancellationToken)
                ?? throw new InvalidOperationException("An outcome vanished while it was replaced.");
        }
        throw new InvalidOperationException($"An outcome changed {MaxConflicts} times while it was replaced.");
    }

    /// <summary>What a newer revision makes of an outcome. What a person took away stays away; what a person let pass was another text.</summary>
    private static Outcome Next(Outcome standing, Outcome newer)
    {
        if (newer.Removed)
        {
            return (newer with
            {
                Signals = standing.Signals,
                Verdict = standing.Verdict is { } verdict ? verdict with { Reply = null } : null,
                Ruling = standing.Ruling,
                Effect = standing.Effect,
                History = standing.History,
                Change = standing.Change,
            }).After(new OutcomeEvent(newer.DecidedAt, OutcomeEventKind.Removed, null, null, newer.Revision, null));
        }
        var next = newer with { Ruling = standing.Ruling is { Outlives: true } ? standing.Ruling : null, Effect = standing.Effect, History = standing.History, Change = standing.Change };
        if (standing.Verdict is { } before)
            next = next.After(new OutcomeEvent(standing.DecidedAt, OutcomeEventKind.Decided, before.Rule, before.Decision, standing.Revision, null));
        return standing.Ruling is { Outlives: false } lapsed
            ? next.After(new OutcomeEvent(newer.DecidedAt, OutcomeEventKind.Lapsed, lapsed.By, lapsed.Decision, lapsed.Revision, null))
            : next;
    }

    private Outcome Describe(Comment comment) =>
        new() { Comment = comment with { Text = Outcome.Snippet(comment.Text) }, DecidedAt = time.GetUtcNow() };
}
