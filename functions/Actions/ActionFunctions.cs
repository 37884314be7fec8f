using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions;

/// <summary>Actions over HTTP: what can be done where, what was done about a comment, doing something, taking it back.</summary>
public sealed class ActionFunctions(ActionRequests requests, IActionStore store, Sources sources, AuditTrail audit, ApiKeys keys, TimeProvider time)
{
    /// <summary>The longest answer any platform takes; most take less and refuse more themselves.</summary>
    private const int LongestReply = 8_000;

    /// <summary><c>GET /api/platforms</c>: the matrix of what can be done and what takes it back. Needs no key: it is the same for all.</summary>
    [Function("GetPlatforms")]
    public static IResult Platforms([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "platforms")] HttpRequest request) => Answer.Json(new PlatformsAnswer(
        [.. Actors.All.Select(a => new PlatformView(a.Platform.ToString(), [.. a.Levers.Select(l => new LeverView(l.Kind, l.TakenBackBy, l.Call))]))]));

    [Function("GetActions")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/outcomes/{id}/actions")] HttpRequest request,
        string community,
        string id,
        CancellationToken cancellationToken)
    {
        var (comment, refusal) = await FindAsync(request, community, id, Scope.Read, cancellationToken);
        if (comment is null)
            return refusal!;
        var history = await store.HistoryAsync(comment.Community, comment.Key, cancellationToken);
        return Answer.Json(new ActionsAnswer([.. history.Select(a => ActionView.Of(a, comment))]));
    }

    /// <summary>
    /// <c>POST …/outcomes/{id}/actions</c>: <c>kind</c>, <c>by</c> (who asks), <c>text</c> (for an answer). With a header
    /// <c>Idempotency-Key</c> the same request sent again asks once.
    /// </summary>
    [Function("PostAction")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/actions")] HttpRequest request,
        string community,
        string id,
        CancellationToken cancellationToken)
    {
        var (comment, refusal) = await FindAsync(request, community, id, Scope.Moderate, cancellationToken);
        if (comment is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"kind\": \"hide\"}", cancellationToken);
        if (body is null)
            return unreadable!;
        var (kind, by, text, errors) = Read(body.Value, comment);
        if (errors.Count > 0)
            return Problem.Invalid(errors);

        await audit.NoteAsync(request, comment.Community, Acts.ActionAsked, OutcomeId.Of(comment).ToString(), by, kind.ToString(), cancellationToken);
        var action = await requests.RequestAsync(Of(comment, request, kind, by) with { Text = text }, cancellationToken);
        return Answer.Json(ActionView.Of(action, comment), StatusCodes.Status202Accepted);
    }

    /// <summary><c>POST …/actions/{action}/undo</c>: takes an action back, whether it was done yet or not.</summary>
    [Function("UndoAction")]
    public async Task<IResult> Undo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/actions/{action}/undo")] HttpRequest request,
        string community,
        string id,
        string action,
        CancellationToken cancellationToken)
    {
        var (comment, refusal) = await FindAsync(request, community, id, Scope.Moderate, cancellationToken);
        if (comment is null)
            return refusal!;
        var undone = (await store.HistoryAsync(comment.Community, comment.Key, cancellationToken)).FirstOrDefault(a => a.Id == action);
        if (undone is null)
            return Problem.NotFound("This comment has no such action.");
        if (ActionView.Opposite(undone, comment) is not { } opposite)
            return Problem.Conflict($"On {comment.Key.Platform} nothing takes this back.");

        var undo = Of(comment, request, opposite, request.Query["by"].ToString() is { Length: > 0 and <= 100 } by ? by : "api") with { Id = $"undo-{undone.Id}", Undoes = undone.Id };
        await audit.NoteAsync(request, comment.Community, Acts.ActionUndone, OutcomeId.Of(comment).ToString(), by: null, undone.Kind.ToString(), cancellationToken);
        return Answer.Json(ActionView.Of(await requests.RequestAsync(undo, cancellationToken), comment), StatusCodes.Status202Accepted);
    }

    /// <summary>The comment that an address names, for whoever may see it; else the refusal to answer with.</summary>
    private async Task<(Comment? Comment, IResult? Refusal)> FindAsync(HttpRequest request, string community, string id, Scope scope, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, scope, cancellationToken);
        if (admitted is null)
            return (null, refusal);
        if (scope == Scope.Moderate && ApiKeys.CallerOf(request).Apprentice)
            return (null, Problem.Forbidden("An apprentice's key proposes: use …/outcomes/{id}/decision."));
        var comment = OutcomeId.TryParse(id, out var outcome) ? await store.FindCommentAsync(admitted.Id, outcome.Value.Key, cancellationToken) : null;
        return comment is null ? (null, Problem.NotFound("There is no comment under this id.")) : (comment, null);
    }

    private PlatformAction Of(Comment comment, HttpRequest request, ActionKind kind, string by) => new()
    {
        Id = request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 100 } key] ? $"asked-{key}" : $"asked-{Guid.CreateVersion7(time.GetUtcNow()):n}",
        Community = comment.Community,
        Key = comment.Key,
        Kind = kind,
        Revision = comment.Revision,
        RequestedBy = $"person:{by}",
        RequestedAt = time.GetUtcNow(),
    };

    private (ActionKind Kind, string By, string? Text, List<FieldError> Errors) Read(JsonElement body, Comment comment)
    {
        var errors = new List<FieldError>();
        var levers = Actors.Find(comment)?.Levers ?? [];
        var offered = levers.Count == 0 ? "nothing can be done on this platform" : $"on {comment.Key.Platform} one of: {string.Join(", ", levers.Select(l => JsonNamingPolicy.CamelCase.ConvertName(l.Kind.ToString())))}";
        if (!Enum.TryParse<ActionKind>(body.Text("kind"), ignoreCase: true, out var kind) || (body.Text("kind") is [var first, ..] && char.IsAsciiDigit(first)) || !levers.Any(l => l.Kind == kind))
            errors.Add(new FieldError("kind", $"'kind' must be {offered}."));
        if (sources.Find(comment.Source) is not { ActionToken: not null })
            errors.Add(new FieldError("kind", "The comment's source has no ActionToken in the settings: nothing can be done there."));
        var by = body.Text("by") ?? "api";
        if (by.Length > 100)
            errors.Add(new FieldError("by", "'by' must have at most 100 characters."));
        var text = body.Text("text");
        if (kind == ActionKind.Reply && text is not { Length: > 0 and <= LongestReply })
            errors.Add(new FieldError("text", $"'text' is required for an answer and has at most {LongestReply} characters."));
        return (kind, by, kind == ActionKind.Reply ? text : null, errors);
    }
}
