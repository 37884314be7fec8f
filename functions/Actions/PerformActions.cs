using Microsoft.Extensions.Logging;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions;

/// <summary>
/// Takes actions from the queue <c>actions</c> and does them, once per effect however often a message comes: what is done already is not
/// done again; what something newer contradicts, or whose comment is gone, is not done at all. A platform that wants to be left alone is:
/// the action is put back into the queue with a delay, and no function sleeps. What failed for a day is given up, in the comment's history.
/// </summary>
public sealed partial class PerformActions(
    Sources sources, IActionStore store, Announcer announcer, PlatformHttp http, TimeProvider time, ILogger<PerformActions> logger)
{
    /// <summary>How long an action is tried.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    /// <summary>How long a token that does not work is left alone: somebody has to renew it.</summary>
    private static readonly TimeSpan CredentialWait = TimeSpan.FromHours(1);
    private const int MaxConflicts = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(2);

    [Function("PerformActions")]
    public async Task Run([QueueTrigger(QueueNames.Actions)] string message, CancellationToken cancellationToken)
    {
        var standing = await store.AddAsync(ActionMessage.Parse(message), cancellationToken);
        if (standing.Action.IsFinal)
            return;

        var comment = await store.FindCommentAsync(standing.Action.Community, standing.Action.Key, cancellationToken);
        if (await ObstacleAsync(standing.Action, comment, cancellationToken) is { } obstacle)
            await FinishAsync(standing, comment, obstacle.State, obstacle.Reason, null, cancellationToken);
        else
            await TryAsync(standing, comment!, cancellationToken);
    }

    /// <summary>Why it must not, or cannot, be done; null if nothing speaks against it.</summary>
    private async Task<(ActionState State, string Reason)?> ObstacleAsync(PlatformAction action, Comment? comment, CancellationToken cancellationToken)
    {
        var family = PlatformAction.FamilyOf(action.Kind);
        if (comment is null || comment.Erased || (comment.Removed && family != "author"))
            return (ActionState.Overtaken, "the comment was removed");
        if (action.ByRule && comment.Revision > action.Revision)
            return (ActionState.Overtaken, "the comment was edited, and is judged anew");
        if (family is not null)
        {
            var history = await store.HistoryAsync(action.Community, action.Key, cancellationToken);
            if (history.Any(a => a.Id != action.Id && PlatformAction.FamilyOf(a.Kind) == family && a.RequestedAt > action.RequestedAt))
                return (ActionState.Overtaken, "something newer was decided");
        }
        if (sources.Find(comment.Source) is not { ActionToken: not null })
            return (ActionState.Refused, "the source has no token for acting");
        if (Actors.Find(comment)?.Levers.Any(l => l.Kind == action.Kind) is not true)
            return (ActionState.Refused, "the platform cannot do this");
        if (action is { Kind: ActionKind.Reply, State: ActionState.Started } && !Actors.Find(comment)!.RepliesOnce)
            return (ActionState.Uncertain, "it was stopped while it was sent: look before sending it again");
        return null;
    }

    private async Task TryAsync(StandingAction standing, Comment comment, CancellationToken cancellationToken)
    {
        var action = standing.Action;
        var order = new Order(sources.Find(comment.Source)!, comment, action);
        if (await store.ReplaceAsync(standing, action with { State = ActionState.Started, Attempts = action.Attempts + 1 }, cancellationToken) is not { } started)
            return; // another message of the same action is at it

        try
        {
            var made = await Actors.Find(comment)!.ActAsync(http, order, cancellationToken);
            await FinishAsync(started, comment, ActionState.Done, null, made, cancellationToken);
        }
        catch (PlatformException failure) when (failure.Kind is FailureKind.Later or FailureKind.Credential)
        {
            await PutBackAsync(started, comment, failure, cancellationToken);
        }
        catch (PlatformException failure)
        {
            var state = failure.Kind switch
            {
                // A try before this one was cut off: what it left behind is our own doing.
                FailureKind.AlreadyDone => action.State == ActionState.Started ? ActionState.Done : ActionState.AlreadyDone,
                FailureKind.Gone => ActionState.Gone,
                _ => ActionState.Refused,
            };
            await FinishAsync(started, comment, state, failure.Message, null, cancellationToken);
        }
    }

    private async Task PutBackAsync(StandingAction started, Comment comment, PlatformException failure, CancellationToken cancellationToken)
    {
        var action = started.Action;
        var wait = failure.RetryAfter
            ?? (failure.Kind == FailureKind.Credential ? CredentialWait : Min(FirstWait * Math.Pow(2, Math.Min(action.Attempts - 1, 12)), LongestWait));
        if (time.GetUtcNow() + wait > action.RequestedAt + GiveUpAfter)
        {
            await FinishAsync(started, comment, ActionState.Failed, failure.Message, null, cancellationToken);
            return;
        }
        // A refusal with an answer from the platform means that nothing was sent; only a broken connection leaves that open.
        var next = action with { State = failure.MayHaveArrived ? ActionState.Started : ActionState.Pending, Reason = failure.Message };
        if (await store.ReplaceAsync(started, next, cancellationToken) is not null)
            await store.EnqueueAsync(next, wait, cancellationToken);
        Log.Later(logger, action.Kind, action.Key.Platform, action.Community, failure.Kind, failure.Message, wait);
    }

    private async Task FinishAsync(StandingAction standing, Comment? comment, ActionState state, string? reason, string? made, CancellationToken cancellationToken)
    {
        var finished = standing.Action with { State = state, Reason = reason, FinishedAt = time.GetUtcNow(), ExternalId = made };
        // Before the action is over: whoever is stopped between the two does this again.
        if (comment is not null && state is ActionState.Done or ActionState.AlreadyDone && PlatformAction.FamilyOf(finished.Kind) == "comment")
            await store.NoteEffectAsync(comment!, finished.Undoes is null ? Effect.Acted : Effect.Undone, cancellationToken);
        if (finished is { Kind: ActionKind.Reply, State: ActionState.Done or ActionState.AlreadyDone } && comment is not null)
            await store.NoteAnsweredAsync(finished, comment, cancellationToken); // before it is final: after that nobody looks at it again
        // A second message of the same action may have called it uncertain meanwhile; what is known for sure is worth more.
        for (var tries = 0; await store.ReplaceAsync(standing, finished, cancellationToken) is null && tries < MaxConflicts; tries++)
        {
            standing = await store.AddAsync(finished, cancellationToken);
            if (standing.Action.State is ActionState.Done or ActionState.AlreadyDone or ActionState.Gone)
                return;
        }
        await announcer.ActionAsync(finished, comment, cancellationToken);
        Meters.Acted(finished.Key.Platform, finished.Kind, state);
        Log.Finished(logger, finished.Kind, finished.Key.Platform, finished.Community, state, reason ?? "-");
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Kind} on {Platform} for {Community}: {State} ({Reason}).")]
        public static partial void Finished(ILogger logger, ActionKind kind, PlatformId platform, CommunityId community, ActionState state, string reason);

        [LoggerMessage(LogLevel.Warning, "{Kind} on {Platform} for {Community} did not work yet ({Failure}: {Reason}); the next try is in {Wait}.")]
        public static partial void Later(ILogger logger, ActionKind kind, PlatformId platform, CommunityId community, FailureKind failure, string reason, TimeSpan wait);
    }
}
