using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Outcomes;

namespace Moderato.Review;

/// <summary>People decide about comments, alone or many at once, propose, agree, and take back.</summary>
public sealed class DecisionFunctions(
    IReviewStore store, Rulings rulings, RulingReader reader, Proposals proposals, PersonsActions actions, BulkSelection bulk, AuditTrail audit, ApiKeys keys, TimeProvider time)
{
    /// <summary>
    /// <c>POST /api/communities/{community}/outcomes/{id}/decision</c>: <c>decision</c>, <c>by</c>, <c>reason</c>, <c>route</c>, <c>reply</c>,
    /// <c>labels</c>, <c>strike</c>, <c>trustAuthor</c>; <c>revision</c>, the one that was seen. An apprentice's is a proposal.
    /// </summary>
    [Function("PostDecision")]
    public async Task<IResult> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/decision")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, RulingReader.Example, cancellationToken);
        if (body is null)
            return unreadable!;
        var (wanted, errors) = await reader.ReadAsync(request, admitted, body.Value, cancellationToken);
        if (body.Value.Has("revision") && !(body.Value.GetProperty("revision") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out _)))
            errors.Add(new FieldError("revision", "'revision' must be the whole number of the revision that you saw."));
        if (wanted is null || errors.Count > 0)
            return Problem.Invalid(errors);
        var (outcome, nothing) = await FindAsync(admitted, id, cancellationToken);
        if (outcome is null)
            return nothing!;
        if (body.Value.Has("revision") && body.Value.GetProperty("revision").GetInt32() != outcome.Revision)
            return Problem.Conflict("The comment was edited since you saw it: look at it again.");
        if (wanted.Reply is not null && !actions.CanReply(outcome))
            return Problem.Invalid("reply", $"No answer can be sent on {outcome.Key.Platform}: the platform, or a missing ActionToken of its source, does not allow it.");
        if (await ClaimedElsewhereAsync(outcome, wanted.By, cancellationToken) is { } holder)
            return Problem.Conflict($"{holder} is at it. Ask {holder}, or wait until the lease ends.");

        wanted = wanted with { Outcome = OutcomeId.Of(outcome.Comment), Revision = outcome.Revision };
        await audit.NoteAsync(request, admitted.Id, Acts.Decided, wanted.Outcome.ToString(), body.Value.Text("by"), wanted.Reason, cancellationToken);
        if (!ApiKeys.CallerOf(request).Apprentice)
            return Shown(await rulings.DecideAsync(wanted, cancellationToken));
        var item = await proposals.ProposeAsync(wanted, cancellationToken);
        return Answer.Json(ReviewView.Of(item, outcome, time.GetUtcNow()), StatusCodes.Status202Accepted);
    }

    /// <summary><c>POST …/outcomes/{id}/decision/undo</c>: <c>by</c>, <c>reason</c>. What the rule had decided holds again. 409 where the platform does not take it back.</summary>
    [Function("UndoDecision")]
    public async Task<IResult> Undo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/decision/undo")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (outcome, by, reason, refusal) = await ReadShortAsync(request, community, id, cancellationToken);
        if (outcome is null)
            return refusal!;
        if (ApiKeys.CallerOf(request).Apprentice)
            return Problem.Forbidden("An apprentice's key proposes; taking back is for others.");
        if (outcome.Ruling is not { } ruling)
            return Problem.Conflict("No person's decision holds here: there is nothing to take back.");
        if (await actions.IrreversibleAsync(outcome, cancellationToken) is { } kind)
            return Problem.Conflict($"On {outcome.Key.Platform} nothing takes back '{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}'.");
        var undo = new RulingRequest
        {
            Id = RulingReader.IdOf(request, time.GetUtcNow()),
            Community = outcome.Comment.Community,
            Outcome = OutcomeId.Of(outcome.Comment),
            Revision = outcome.Revision,
            By = AuditTrail.WhoIs(request, by),
            At = time.GetUtcNow(),
            Undoes = ruling.Id,
            Reason = reason,
        };
        await audit.NoteAsync(request, undo.Community, Acts.DecisionUndone, undo.Outcome.ToString(), by, reason, cancellationToken);
        return Shown(await rulings.DecideAsync(undo, cancellationToken));
    }

    /// <summary><c>POST …/outcomes/{id}/proposal/confirm</c>: <c>by</c>. Somebody else agrees with an apprentice: it is done.</summary>
    [Function("ConfirmProposal")]
    public async Task<IResult> Confirm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/proposal/confirm")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (standing, by, reason, refusal) = await ReadProposalAsync(request, community, id, cancellationToken);
        if (standing is not { Item.Proposal: { } proposal })
            return refusal!;
        await audit.NoteAsync(request, proposal.Community, Acts.Decided, proposal.Outcome.ToString(), by, reason, cancellationToken);
        var agreed = proposal with { By = AuditTrail.WhoIs(request, by), ProposedBy = proposal.By, At = time.GetUtcNow(), Reason = reason ?? proposal.Reason };
        return Shown(await rulings.DecideAsync(agreed, cancellationToken));
    }

    /// <summary><c>POST …/outcomes/{id}/proposal/reject</c>: <c>by</c>, <c>reason</c>. The comment waits as before.</summary>
    [Function("RejectProposal")]
    public async Task<IResult> Reject(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/proposal/reject")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (standing, by, reason, refusal) = await ReadProposalAsync(request, community, id, cancellationToken);
        if (standing is null)
            return refusal!;
        var proposal = standing.Item.Proposal!;
        await audit.NoteAsync(request, proposal.Community, Acts.ProposalRejected, proposal.Outcome.ToString(), by, reason, cancellationToken);
        await proposals.RejectAsync(proposal.Community, standing, cancellationToken);
        return Answer.NoContent();
    }

    /// <summary>
    /// <c>POST /api/communities/{community}/decisions</c>: one decision about many: <c>author</c> (<c>platform</c>, <c>id</c>) or <c>like</c> (an
    /// outcome's id: its near-duplicates); of what waits, and with <c>days</c> of what came in the last days too. <c>dryRun</c> only lists.
    /// </summary>
    [Function("PostDecisions")]
    public async Task<IResult> DecideMany(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/decisions")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"author\": {\"platform\": \"facebook\", \"id\": \"7\"}, \"decision\": \"hide\", \"by\": \"anna\"}", cancellationToken);
        if (body is null)
            return unreadable!;
        var (wanted, errors) = await reader.ReadAsync(request, admitted, body.Value, cancellationToken);
        var selection = BulkSelection.Read(body.Value, errors);
        if (wanted is null || errors.Count > 0)
            return Problem.Invalid(errors);
        if (ApiKeys.CallerOf(request).Apprentice)
            return Problem.Forbidden("An apprentice's key proposes one decision at a time.");
        var (outcomes, more) = await bulk.FindAsync(admitted.Id, selection, cancellationToken);
        if (body.Value.IsTrue("dryRun"))
            return Answer.Json(new BulkAnswer(true, outcomes.Count, more, [.. outcomes.Select(o => new BulkLine(OutcomeId.Of(o.Comment).ToString(), null))]));

        await audit.NoteAsync(request, admitted.Id, Acts.Decided, $"{outcomes.Count} comments", body.Value.Text("by"), wanted.Reason, cancellationToken);
        var lines = new List<BulkLine>();
        foreach (var outcome in outcomes)
        {
            var id = OutcomeId.Of(outcome.Comment);
            var (result, _) = await rulings.DecideAsync(wanted with { Outcome = id, Revision = outcome.Revision }, cancellationToken);
            lines.Add(new BulkLine(id.ToString(), result));
        }
        return Answer.Json(new BulkAnswer(false, outcomes.Count, more, lines));
    }

    private async Task<(Outcome? Outcome, IResult? Refusal)> FindAsync(Community community, string id, CancellationToken cancellationToken)
    {
        var outcome = OutcomeId.TryParse(id, out var parsed) ? (await store.FindAsync(community.Id, parsed.Value, cancellationToken))?.Outcome : null;
        return outcome switch
        {
            null => (null, Problem.NotFound("There is no outcome under this id. A comment that was just received is judged within seconds.")),
            { Removed: true } => (null, Problem.Conflict("The comment was taken down: there is nothing to decide.")),
            _ => (outcome, null),
        };
    }

    /// <summary>Who else is at it; null for nobody.</summary>
    private async Task<string?> ClaimedElsewhereAsync(Outcome outcome, string by, CancellationToken cancellationToken) =>
        (await store.ItemsOfAsync(outcome.Comment.Community, outcome.Key, cancellationToken))
            .Select(i => i.Item.ClaimedAt(time.GetUtcNow())).FirstOrDefault(holder => holder is not null && holder != by);

    private async Task<(Outcome? Outcome, string? By, string? Reason, IResult? Refusal)> ReadShortAsync(
        HttpRequest request, string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return (null, null, null, refusal);
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"by\": \"anna\"}", cancellationToken);
        if (body is null)
            return (null, null, null, unreadable);
        var errors = new List<FieldError>();
        var (by, reason) = (RulingReader.ByOf(body.Value, errors), RulingReader.ReasonOf(body.Value, errors));
        if (errors.Count > 0)
            return (null, null, null, Problem.Invalid(errors));
        var (outcome, nothing) = await FindAsync(admitted, id, cancellationToken);
        return (outcome, by, reason, nothing);
    }

    private async Task<(StandingItem? Standing, string? By, string? Reason, IResult? Refusal)> ReadProposalAsync(
        HttpRequest request, string community, string id, CancellationToken cancellationToken)
    {
        var (outcome, by, reason, refusal) = await ReadShortAsync(request, community, id, cancellationToken);
        if (outcome is null)
            return (null, null, null, refusal);
        if (await proposals.FindAsync(outcome.Comment.Community, outcome.Key, cancellationToken) is not { } standing)
            return (null, null, null, Problem.NotFound("Nothing is proposed about this comment."));
        if (ApiKeys.CallerOf(request).Apprentice || standing.Item.Proposal!.By == AuditTrail.WhoIs(request, by))
            return (null, null, null, Problem.Forbidden("Somebody else than who proposed it, and no apprentice, must agree or not."));
        return (standing, by, reason, null);
    }

    private static IResult Shown((RulingResult Result, Outcome? Outcome) made) => made.Result switch
    {
        RulingResult.Done => Answer.Json(OutcomeView.Of(made.Outcome!)),
        RulingResult.Overtaken => Problem.Conflict("Somebody decided later, or the comment was edited meanwhile: look at it again."),
        _ => Problem.NotFound("The comment is gone."),
    };
}

/// <summary>One comment of many.</summary>
/// <param name="OutcomeId">Its outcome.</param>
/// <param name="Result">What became of the decision; null if it was only listed.</param>
public sealed record BulkLine(string OutcomeId, RulingResult? Result);

/// <summary>What one decision about many came to.</summary>
/// <param name="DryRun">Whether they were only listed.</param>
/// <param name="Matched">How many there are, at most 200.</param>
/// <param name="More">Whether there are more: send the same again.</param>
/// <param name="Items">One line each, oldest receipt first.</param>
public sealed record BulkAnswer(bool DryRun, int Matched, bool More, IReadOnlyList<BulkLine> Items);
