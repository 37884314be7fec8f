using System.Globalization;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Review;

/// <summary>
/// Hands comments to teams, and takes back what they return or leave lying. A team reacts through a link that only we can make, and that
/// works until the comment is answered or back. Every step writes the outcome and the list first and the hand-off last: stopped between,
/// the next try does the rest.
/// </summary>
public sealed class Handoffs(IHandoffStore store, IReviewStore reviews, Announcer announcer, Cursors cursors, TimeProvider time)
{
    /// <summary>How long one that is over can still be looked at.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    private const string Purpose = "handoff";
    private const int MaxConflicts = 8;

    /// <summary>After outcomes were judged: opens what rules hand to teams.</summary>
    public async Task FollowAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var outcome in outcomes.Where(o => o is { Removed: false, Ruling: null, Verdict.Route: not null }))
            await OpenAsync(outcome, string.Create(CultureInfo.InvariantCulture, $"rule-{outcome.Revision}"), outcome.Verdict!.Route!, cancellationToken);
    }

    /// <summary>Hands a comment to a team. Done twice it is done once.</summary>
    public async Task OpenAsync(Outcome outcome, string decision, Route route, CancellationToken cancellationToken)
    {
        var (community, id) = (outcome.Comment.Community, OutcomeId.Of(outcome.Comment));
        var handoff = new Handoff($"{decision}~{id}", id, outcome.Revision, route.Team, outcome.Ruling?.At ?? outcome.DecidedAt, route.DueAt);
        await store.AddAsync(community, handoff, cancellationToken);
        await announcer.HandoffAsync(outcome, route, handoff.Id, await LinkAsync(community, handoff, cancellationToken), cancellationToken);
    }

    /// <summary>The address at which a team sees the comment and reacts, below the app's own.</summary>
    public async Task<string> LinkAsync(CommunityId community, Handoff handoff, CancellationToken cancellationToken) => "/api/handoffs/" + await cursors.SealAsync(
        Purpose, string.Create(CultureInfo.InvariantCulture, $"{community}|{handoff.DueAt.UtcTicks}|{handoff.Id}"), cancellationToken);

    /// <summary>What a link leads to; null if it is none of ours, or its hand-off is forgotten.</summary>
    public async Task<(CommunityId Community, StandingHandoff Standing)?> OpenLinkAsync(string token, CancellationToken cancellationToken)
    {
        if ((await cursors.OpenAsync(Purpose, token, cancellationToken))?.Split('|', 3) is not [var community, var due, var id])
            return null;
        var of = CommunityId.Parse(community);
        var dueAt = new DateTimeOffset(long.Parse(due, CultureInfo.InvariantCulture), TimeSpan.Zero);
        return await store.FindAsync(of, dueAt, id, cancellationToken) is { } standing ? (of, standing) : null;
    }

    /// <summary>A team reacts, or did not. False if the hand-off was over, or had come that far already.</summary>
    public async Task<bool> ReactAsync(CommunityId community, StandingHandoff standing, HandoffState reaction, string? note, CancellationToken cancellationToken)
    {
        var (handoff, now) = (standing.Handoff, time.GetUtcNow());
        if (handoff.IsOver || handoff.State == reaction)
            return false;
        var comesBack = reaction is HandoffState.Returned or HandoffState.Late;
        if (await NoteAsync(community, handoff, reaction, note, now, cancellationToken) && comesBack)
            await reviews.AddAsync(community, new ReviewItem(handoff.Outcome, handoff.Revision, ReviewCause.Returned, Min(handoff.DueAt, now)), cancellationToken);
        return await store.ReplaceAsync(community, standing, handoff with { State = reaction, ChangedAt = now }, cancellationToken);
    }

    /// <summary>Takes back what is due and nobody reacted to, and forgets what has long been over.</summary>
    /// <returns>How many came back.</returns>
    public async Task<int> TakeBackLateAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var (late, now) = (0, time.GetUtcNow());
        foreach (var standing in await store.DueBeforeAsync(community, now, cancellationToken))
        {
            if (standing.Handoff.State == HandoffState.Open && await ReactAsync(community, standing, HandoffState.Late, null, cancellationToken))
                late++;
            else if (standing.Handoff.State != HandoffState.Open && standing.Handoff.ChangedAt < now - Memory)
                await store.RemoveAsync(community, standing.Handoff, cancellationToken);
        }
        return late;
    }

    /// <summary>Writes a reaction into the outcome's history, once. False if the comment is no longer what was handed over.</summary>
    private async Task<bool> NoteAsync(CommunityId community, Handoff handoff, HandoffState reaction, string? note, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var what = reaction switch
        {
            HandoffState.Acknowledged => OutcomeEventKind.Acknowledged,
            HandoffState.Answered => OutcomeEventKind.Answered,
            _ => OutcomeEventKind.Returned,
        };
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await reviews.FindAsync(community, handoff.Outcome, cancellationToken) is not { Outcome: { Removed: false } outcome } standing || outcome.Revision != handoff.Revision)
                return false;
            if (outcome.History.Any(h => h.What == what && h.By == handoff.Team && h.At >= handoff.OpenedAt))
                return true;
            if (await reviews.ReplaceAsync(standing, outcome.After(new OutcomeEvent(now, what, handoff.Team, null, outcome.Revision, note)), cancellationToken))
                return true;
        }
        throw new InvalidOperationException($"An outcome changed {MaxConflicts} times while a team's reaction was written down.");
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
