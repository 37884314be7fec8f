using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Outcomes;

/// <summary>What happened to comments, as a list and one by one.</summary>
public sealed class GetOutcomes(IOutcomeReader reader, ApiKeys keys, TimeProvider time)
{
    /// <summary><c>GET /api/communities/{community}/outcomes</c>: oldest receipt first, page by page.</summary>
    [Function("GetOutcomes")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/outcomes")] HttpRequest request,
        string community,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var queries = new QueryReader(request.Query, admitted.Id, time.GetUtcNow());
        var (query, errors) = queries.Read();
        if (query is null)
            return Problem.Invalid(errors);

        var page = await reader.QueryAsync(query, cancellationToken);
        return Answer.Json(new OutcomeList(
            [.. page.Outcomes.Select(OutcomeView.Of)],
            page.Next is null ? null : queries.CursorAt(page.Next)));
    }

    /// <summary><c>GET /api/communities/{community}/outcomes/{id}</c>: everything about one, with its whole text.</summary>
    [Function("GetOutcome")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/outcomes/{id}")] HttpRequest request,
        string community,
        string id,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        if (!OutcomeId.TryParse(id, out var parsed))
            return Problem.NotFound("This is no outcome's id. Ids come from a list of outcomes or from the answer to a post of comments.");

        var outcome = await reader.FindAsync(admitted.Id, parsed.Value, cancellationToken);
        var comment = await reader.FindCommentAsync(admitted.Id, parsed.Value.Key, cancellationToken);
        if (outcome is not null)
        {
            // The text shown is the one that was judged; a newer one is still on its way through.
            var whole = comment is not null && comment.Revision == outcome.Revision ? comment.Text : outcome.Comment.Text;
            return Answer.Json(OutcomeView.Of(outcome) with { Text = whole });
        }
        return comment is not null && comment.FirstReceivedAt == parsed.Value.FirstReceivedAt
            ? Answer.Json(OutcomeView.Waiting(comment))
            : Problem.NotFound("No comment with this id was received here, or it has been erased.");
    }
}

/// <summary>A page of outcomes.</summary>
/// <param name="Items">Oldest receipt first.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> with the same query for the next page; null at the end.</param>
public sealed record OutcomeList(IReadOnlyList<OutcomeView> Items, string? NextCursor);
