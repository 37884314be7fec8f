using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Review;

/// <summary>Hand-offs: the list for the community's people, the page for the team, and the timer that takes back what was left lying.</summary>
public sealed partial class HandoffFunctions(Handoffs handoffs, IHandoffStore store, IReviewStore reviews, Communities communities, ApiKeys keys, TimeProvider time, ILogger<HandoffFunctions> logger)
{
    private const int LongestNote = 500;

    /// <summary><c>GET /api/communities/{community}/handoffs?team&amp;state</c>: what lies with teams, what is due first first, each with its link.</summary>
    [Function("GetHandoffs")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/handoffs")] HttpRequest request,
        string community, CancellationToken cancellationToken)
    {
        // Moderate, not read: whoever has a link can react.
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var read = new AddressReader(request.Query, ["team", "state"]);
        var (team, state) = (read.Value("team"), read.Name<HandoffState>("state"));
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);
        var views = new List<HandoffView>();
        foreach (var (handoff, _) in await store.DueBeforeAsync(admitted.Id, time.GetUtcNow() + Handoff.Ahead, cancellationToken))
        {
            if ((state is null || handoff.State == state) && (team is null || handoff.Team == team))
                views.Add(HandoffView.Of(handoff, await handoffs.LinkAsync(admitted.Id, handoff, cancellationToken)));
        }
        return Answer.Json(new HandoffList(views));
    }

    /// <summary><c>GET /api/handoffs/{token}</c>: shows the comment to its team. Changes nothing: mail programs open links by themselves.</summary>
    [Function("GetHandoff")]
    public async Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "handoffs/{token}")] HttpRequest request, string token, CancellationToken cancellationToken) =>
        await ShowAsync(token, StatusCodes.Status200OK, notice: null, cancellationToken);

    /// <summary><c>POST /api/handoffs/{token}</c>: a form with <c>reaction</c> (<c>acknowledged</c>, <c>answered</c>, <c>returned</c>) and <c>note</c>.</summary>
    [Function("PostHandoff")]
    public async Task<IResult> React(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "handoffs/{token}")] HttpRequest request, string token, CancellationToken cancellationToken)
    {
        if (await handoffs.OpenLinkAsync(token, cancellationToken) is not var (community, standing))
            return HtmlPage.UnknownLink();
        if (!request.HasFormContentType)
            return Problem.UnsupportedMediaType("Send a form: application/x-www-form-urlencoded, with 'reaction'.");
        if (await FormBody.ReadAsync(request, cancellationToken) is not { } form)
            return Problem.Invalid("body", $"The form must have 'reaction' and, if wanted, 'note' of at most {LongestNote} characters.");
        HandoffState? reaction = form["reaction"].ToString() switch
        {
            "acknowledged" => HandoffState.Acknowledged,
            "answered" => HandoffState.Answered,
            "returned" => HandoffState.Returned,
            _ => null,
        };
        var note = form["note"].ToString();
        var errors = new List<FieldError>();
        if (reaction is null)
            errors.Add(new FieldError("reaction", "'reaction' must be acknowledged, answered or returned."));
        if (note.Length > LongestNote)
            errors.Add(new FieldError("note", $"'note' has at most {LongestNote} characters."));
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        var done = await handoffs.ReactAsync(community, standing, reaction!.Value, note.Length > 0 ? note : null, cancellationToken);
        return await ShowAsync(token, done ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, done, cancellationToken);
    }

    /// <summary>Every five minutes: what a team left lying comes back.</summary>
    [Function("ReturnHandoffs")]
    public Task Return([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        async community =>
        {
            var late = await handoffs.TakeBackLateAsync(community.Id, cancellationToken);
            if (late > 0)
                Log.Late(logger, late, community.Id);
        },
        (failure, community) => Log.Failed(logger, failure, community),
        cancellationToken);

    private async Task<IResult> ShowAsync(string token, int status, bool? notice, CancellationToken cancellationToken)
    {
        if (await handoffs.OpenLinkAsync(token, cancellationToken) is not var (id, standing) || communities.Find(id) is not { } community)
            return HtmlPage.UnknownLink();
        var outcome = (await reviews.FindAsync(id, standing.Handoff.Outcome, cancellationToken))?.Outcome;
        return HandoffPage.Of(community, standing.Handoff, outcome is { Removed: false } && outcome.Revision == standing.Handoff.Revision ? outcome : null, status, notice);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} comments of {Community} came back from teams that did not react in time.")]
        public static partial void Late(ILogger logger, int count, CommunityId community);

        [LoggerMessage(LogLevel.Error, "What teams of {Community} left lying could not be taken back.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}

/// <summary>A hand-off as the HTTP interface shows it. Whoever has its link, below the app's address, can see the comment and react.</summary>
public sealed record HandoffView(
    string OutcomeId, int Revision, string Team, HandoffState State, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset? ChangedAt, string Link)
{
    public static HandoffView Of(Handoff handoff, string link) =>
        new(handoff.Outcome.ToString(), handoff.Revision, handoff.Team, handoff.State, handoff.OpenedAt, handoff.DueAt, handoff.ChangedAt, link);
}

/// <summary>What lies with teams, what is due first first.</summary>
public sealed record HandoffList(IReadOnlyList<HandoffView> Handoffs);
