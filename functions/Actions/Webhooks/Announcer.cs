using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Webhooks;

/// <summary>
/// Tells the user's own systems what happened. What is told has ids and decisions and no words: whoever wants to read the comment asks
/// for the outcome, with a key. Telling the same twice is telling it once: the message's id comes from what it tells.
/// </summary>
public sealed class Announcer(Endpoints endpoints, IWebhookStore store, TimeProvider time)
{
    public async Task OutcomesAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var outcome in outcomes)
        {
            var comment = outcome.Comment;
            var id = OutcomeId.Of(comment).ToString();
            var person = PersonsPart(outcome);
            var what = Decided(id, outcome.Revision) + person;
            await TellAsync(comment.Community, outcome.Removed ? EventTypes.CommentRemoved : EventTypes.OutcomeDecided, what, outcome.Ruling?.At ?? outcome.DecidedAt, new OutcomeEventData(
                comment.Community.ToString(), id, comment.Key.Platform.ToString(), comment.Key.Id, comment.Channel,
                person is null ? comment.ThreadId : null, person is null ? comment.Permalink : null, comment.Revision, outcome.Decision,
                outcome.Ruling?.By, outcome.Verdict?.Rule, outcome.Verdict?.Because, outcome.Verdict?.Paragraph, outcome.Route, outcome.Signals?.Sentiment), cancellationToken);
            if (outcome is { Removed: false, Ruling: null, Verdict: { Notify.Count: > 0 } verdict })
            {
                await TellAsync(comment.Community, EventTypes.CommentNotify, Notified(id, outcome.Revision), outcome.DecidedAt, new NotifyEventData(
                    comment.Community.ToString(), id, comment.Key.Platform.ToString(), comment.Permalink, verdict.Notify, verdict.Decision, verdict.Rule,
                    verdict.AlsoRules, verdict.Because), cancellationToken);
            }
        }
    }

    public Task HandoffAsync(Outcome outcome, Route route, string handoff, string link, CancellationToken cancellationToken) => TellAsync(
        outcome.Comment.Community, EventTypes.CommentHandoff, handoff, outcome.Ruling?.At ?? outcome.DecidedAt, new HandoffEventData(
            outcome.Comment.Community.ToString(), OutcomeId.Of(outcome.Comment).ToString(), outcome.Key.Platform.ToString(), route.Team, route.DueAt, link), cancellationToken);

    public Task ActionAsync(PlatformAction action, Comment? comment, CancellationToken cancellationToken) => TellAsync(
        action.Community, EventTypes.ActionFinished, $"{action.Key.Platform}/{action.Key.Id}/{action.Id}/{action.State}", action.FinishedAt ?? time.GetUtcNow(), new ActionEventData(
            action.Community.ToString(), comment is null ? null : OutcomeId.Of(comment).ToString(), action.Key.Platform.ToString(), action.Key.Id, action.Id,
            action.Kind, action.State, action.Reason, action.RequestedBy, action.Undoes), cancellationToken);

    /// <summary>How it stands with an incident; the same change is told once.</summary>
    public Task IncidentAsync(CommunityId community, string type, DateTimeOffset at, IncidentEventData data, CancellationToken cancellationToken) =>
        TellAsync(community, type, string.Create(CultureInfo.InvariantCulture, $"{data.IncidentId}/{data.Change}"), at, data, cancellationToken);

    /// <summary>Sends one endpoint something to see whether it arrives.</summary>
    public async Task<WebhookDelivery> TestAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var delivery = Make(endpoint, EventTypes.Test, $"test/{now.UtcTicks}", now, new TestEventData(endpoint.Community.ToString(), endpoint.Id));
        await store.EnqueueAsync(delivery, TimeSpan.Zero, cancellationToken);
        return delivery;
    }

    /// <summary>Ids of everything that one endpoint may have been told of a comment with a link in it.</summary>
    public static IEnumerable<string> IdsWithLinks(string endpoint, Comment comment)
    {
        var id = OutcomeId.Of(comment).ToString();
        return Enumerable.Range(1, comment.Revision).SelectMany(revision => new[]
        {
            IdOf(endpoint, EventTypes.OutcomeDecided, Decided(id, revision)),
            IdOf(endpoint, EventTypes.CommentRemoved, Decided(id, revision)),
            IdOf(endpoint, EventTypes.CommentNotify, Notified(id, revision)),
        });
    }

    private static string Decided(string outcome, int revision) => string.Create(CultureInfo.InvariantCulture, $"{outcome}/{revision}");

    /// <summary>
    /// What a person did about a revision is told beside what the rule did. Without links, which the outcome has: they go with it when its
    /// author is erased.
    /// </summary>
    private static string? PersonsPart(Outcome outcome) => outcome.Ruling is { } ruling ? $"/{ruling.Id}"
        : outcome.History.LastOrDefault(h => h.What is OutcomeEventKind.Overruled or OutcomeEventKind.Undone) is { What: OutcomeEventKind.Undone } undone && undone.Revision == outcome.Revision
            ? string.Create(CultureInfo.InvariantCulture, $"/undone-{undone.At.UtcTicks}")
            : null;

    private static string Notified(string outcome, int revision) => string.Create(CultureInfo.InvariantCulture, $"{outcome}/{revision}/notify");

    private static string IdOf(string endpoint, string type, string what) =>
        $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint}\n{type}\n{what}")).AsSpan(0, 16))}";

    private async Task TellAsync<T>(CommunityId community, string type, string what, DateTimeOffset at, T data, CancellationToken cancellationToken)
    {
        foreach (var endpoint in endpoints.Of(community).Where(e => e.Events.Contains(type)))
            await store.EnqueueAsync(Make(endpoint, type, what, at, data), TimeSpan.Zero, cancellationToken);
    }

    private WebhookDelivery Make<T>(Endpoint endpoint, string type, string what, DateTimeOffset at, T data) => new()
    {
        Id = IdOf(endpoint.Id, type, what),
        Community = endpoint.Community,
        Endpoint = endpoint.Id,
        Type = type,
        Body = JsonSerializer.Serialize(new WebhookEvent<T>(type, at, data), Json.Options),
        CreatedAt = time.GetUtcNow(),
    };
}
