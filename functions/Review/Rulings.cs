using Microsoft.Extensions.Logging;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Policy;

namespace Moderato.Review;

/// <summary>What became of a person's decision.</summary>
public enum RulingResult
{
    /// <summary>It holds.</summary>
    Done,

    /// <summary>Somebody decided later, or the comment is no longer what was decided about.</summary>
    Overtaken,

    /// <summary>There is no such comment any more.</summary>
    Gone,
}

/// <summary>
/// Carries out what people decide. The message goes to the queue first and holds everything; then it is carried out at once, by the same
/// code that takes the message later. Each step says the same when it is done again:
/// <list type="bullet">
/// <item>the outcome is changed under the tag it was read with; a decision that is there is not made again, an older one never replaces a later;</item>
/// <item>the author's row, the trust and the list of what waits follow from the outcome;</item>
/// <item>what is done on the platform has an id made from the decision, like a rule's.</item>
/// </list>
/// </summary>
public sealed partial class Rulings(
    IReviewStore store, ReviewQueue queue, Handoffs handoffs, IAuthorStore authors, PersonsActions actions, Announcer announcer, ILogger<Rulings> logger)
{
    private const int MaxConflicts = 8;

    /// <summary>Takes a decision on: from here on it is carried out, whatever happens.</summary>
    public async Task<(RulingResult Result, Outcome? Outcome)> DecideAsync(RulingRequest request, CancellationToken cancellationToken)
    {
        var queued = await store.EnqueueAsync(request, cancellationToken);
        var made = await CarryOutAsync(request, cancellationToken);
        await store.ForgetAsync(queued, cancellationToken);
        return made;
    }

    /// <summary>Carries a decision out, for the first time or again.</summary>
    public async Task<(RulingResult Result, Outcome? Outcome)> CarryOutAsync(RulingRequest request, CancellationToken cancellationToken)
    {
        var (result, outcome) = await RecordAsync(request, cancellationToken);
        if (result != RulingResult.Done)
        {
            Log.NotDone(logger, request.Community, result);
            return (result, outcome);
        }
        await store.RecordAuthorAsync(outcome!, cancellationToken);
        if (request.TrustAuthor && outcome!.Comment.Author is { } author)
            await TrustAsync(outcome, author, cancellationToken);
        if (request.Route is { } route)
            await handoffs.OpenAsync(outcome!, request.Id, route, cancellationToken);
        await queue.SettleAsync(outcome!, handedOff: request.Route is not null, cancellationToken);
        if (request.Undoes is { } undone)
            await actions.TakeBackAsync(outcome!, undone, request.By, cancellationToken);
        else
            await actions.CarryOutAsync(outcome!, request.Id, request.By, request.Decision is not null, request.Reply, cancellationToken);
        await announcer.OutcomesAsync([outcome!], cancellationToken);
        return (result, outcome);
    }

    /// <summary>Changes the outcome, unless it is so already.</summary>
    private async Task<(RulingResult Result, Outcome? Outcome)> RecordAsync(RulingRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await store.FindAsync(request.Community, request.Outcome, cancellationToken) is not { Outcome: { Removed: false, Verdict: not null } outcome } standing)
                return (RulingResult.Gone, null);
            var last = outcome.History.LastOrDefault(h => h.What is OutcomeEventKind.Overruled or OutcomeEventKind.Undone);
            var done = request.Undoes is null ? outcome.Ruling?.Id == request.Id : outcome.Ruling is null && last?.What == OutcomeEventKind.Undone && last.At == request.At;
            if (done)
                return (RulingResult.Done, outcome);
            if (outcome.Revision != request.Revision || last?.At >= request.At || (request.Undoes is { } undone && outcome.Ruling?.Id != undone))
                return (RulingResult.Overtaken, outcome);

            await store.MarkHourAsync(outcome, cancellationToken);
            var next = Next(outcome, request);
            if (await store.ReplaceAsync(standing, next, cancellationToken))
                return (RulingResult.Done, next);
        }
        throw new InvalidOperationException($"An outcome changed {MaxConflicts} times while a person's decision was recorded.");
    }

    private static Outcome Next(Outcome outcome, RulingRequest request)
    {
        if (request.Undoes is not null)
        {
            return (outcome with { Ruling = null })
                .After(new OutcomeEvent(request.At, OutcomeEventKind.Undone, request.By, outcome.Ruling!.Decision, outcome.Revision, request.Reason));
        }
        var decision = request.Decision ?? outcome.Decision!.Value;
        var ruling = new Ruling(request.Id, decision, request.By, request.At, outcome.Revision)
        {
            Reason = request.Reason,
            Strike = request.Strike,
            Labels = request.Labels,
            Route = request.Route,
            ProposedBy = request.ProposedBy,
        };
        return (outcome with { Ruling = ruling }).After(new OutcomeEvent(request.At, OutcomeEventKind.Overruled, request.By, decision, outcome.Revision, request.Reason));
    }

    private async Task TrustAsync(Outcome outcome, Author author, CancellationToken cancellationToken)
    {
        var (community, platform) = (outcome.Comment.Community, outcome.Key.Platform);
        var profile = await authors.ProfileAsync(community, platform, author.Id, cancellationToken);
        if (!profile.Trusted)
            await authors.SaveProfileAsync(community, platform, author.Id, profile with { Trusted = true }, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "A person's decision of {Community} was not carried out: {Result}.")]
        public static partial void NotDone(ILogger logger, CommunityId community, RulingResult result);
    }
}
