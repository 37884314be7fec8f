using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Scoring;

namespace Moderato.Outcomes;

/// <summary>What happened to comments, as a list, as an export, and one by one.</summary>
public sealed class GetOutcomes(IOutcomeReader reader, Scorer scorer, Cursors cursors, ApiKeys keys, TimeProvider time)
{
    /// <summary>A query whose filter is not served by keys looks at no more outcomes than these.</summary>
    public const int MostScanned = 100_000;
    private const int ContextLines = 20;
    private static readonly TimeSpan ContextReach = TimeSpan.FromDays(1);

    private readonly Reasons _reasons = new(scorer);

    /// <summary><c>GET /api/communities/{community}/outcomes</c>: page by page, oldest receipt first or newest.</summary>
    [Function("GetOutcomes")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/outcomes")] HttpRequest request,
        string community,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var queries = new QueryReader(request.Query, admitted.Id, time.GetUtcNow(), cursors);
        var (query, wrong) = await queries.ReadAsync(QueryReader.LargestLimit, ["fields"], cancellationToken);
        List<FieldError> errors = [.. wrong];
        var fields = Fields.Read<OutcomeView>(request.Query["fields"], errors);
        if (query is null || errors.Count > 0)
            return Problem.Invalid(errors);
        if (await TooBroadAsync(query, cancellationToken) is { } tooBroad)
            return tooBroad;

        var page = await reader.QueryAsync(query, cancellationToken);
        var next = page.Next is null ? null : await queries.CursorAsync(query, page.Next, cancellationToken);
        var items = page.Outcomes.Select(OutcomeView.Of);
        return fields is null
            ? Answer.Cacheable(request, new OutcomeList([.. items], next))
            : Answer.Cacheable(request, new OutcomeFieldsList([.. items.Select(fields.Of)], next));
    }

    /// <summary>
    /// <c>GET …/outcomes/export?format=ndjson|csv</c>: the same query as a stream of up to <c>limit</c> lines. Each line carries the cursor
    /// behind it: an export that broke off, or reached its limit, goes on from the last whole line.
    /// </summary>
    [Function("ExportOutcomes")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/outcomes/export")] HttpRequest request,
        string community,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var queries = new QueryReader(request.Query, admitted.Id, time.GetUtcNow(), cursors);
        var (query, wrong) = await queries.ReadAsync(OutcomeExport.Largest, ["format"], cancellationToken);
        List<FieldError> errors = [.. wrong];
        var format = request.Query["format"].ToString() is { Length: > 0 } named ? named : OutcomeExport.Ndjson;
        if (format is not (OutcomeExport.Ndjson or OutcomeExport.Csv))
            errors.Add(new FieldError("format", "'format' must be ndjson or csv."));
        if (query is null || errors.Count > 0)
            return Problem.Invalid(errors);
        if (!request.Query.ContainsKey("limit"))
            query = query with { Limit = OutcomeExport.Largest };
        return await TooBroadAsync(query, cancellationToken) ?? new OutcomeExport(reader, queries, query, format);
    }

    /// <summary><c>GET /api/communities/{community}/outcomes/{id}</c>: everything about one, with its whole text, its history, the reasons behind its scores and what was written around it.</summary>
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
            return Answer.Cacheable(request, await DetailAsync(outcome, comment, cancellationToken));
        return comment is not null && comment.FirstReceivedAt == parsed.Value.FirstReceivedAt
            ? Answer.Cacheable(request, new OutcomeDetail(OutcomeView.Waiting(comment)))
            : Problem.NotFound("No comment with this id was received here, or it has been erased.");
    }

    private async Task<OutcomeDetail> DetailAsync(Outcome outcome, Comment? comment, CancellationToken cancellationToken)
    {
        // The text shown is the one that was judged; a newer one is still on its way through.
        var whole = comment is not null && comment.Revision == outcome.Revision ? comment.Text : outcome.Comment.Text;
        var actions = await reader.ActionsAsync(outcome.Comment.Community, outcome.Key, cancellationToken);
        // A correction's version stands behind the model's.
        var sameModel = outcome.Signals?.ModelVersion.StartsWith(scorer.ModelVersion, StringComparison.Ordinal) is true;
        return new OutcomeDetail(OutcomeView.Of(outcome) with { Text = whole })
        {
            History = OutcomeDetail.HistoryOf(outcome, actions),
            Reasons = sameModel && whole.Length > 0 ? _reasons.Of(whole, outcome.Signals!) : null,
            AuthorContext = outcome.Comment.Author is null ? null : await AroundAsync(outcome, byAuthor: true, cancellationToken),
            ThreadContext = outcome.Comment.ThreadId is null ? null : await AroundAsync(outcome, byAuthor: false, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<NeighbourView>> AroundAsync(Outcome outcome, bool byAuthor, CancellationToken cancellationToken)
    {
        var at = outcome.Comment.FirstReceivedAt;
        var query = new OutcomeQuery
        {
            Community = outcome.Comment.Community,
            From = byAuthor ? DateTimeOffset.UnixEpoch : at - ContextReach,
            To = byAuthor ? time.GetUtcNow().AddMinutes(1) : at + ContextReach,
            Platform = outcome.Key.Platform,
            Author = byAuthor ? outcome.Comment.Author!.Id : null,
            Thread = byAuthor ? null : outcome.Comment.ThreadId,
            NewestFirst = byAuthor,
            Limit = ContextLines,
        };
        return [.. (await reader.QueryAsync(query, cancellationToken)).Outcomes.Select(NeighbourView.Of)];
    }

    private async Task<IResult?> TooBroadAsync(OutcomeQuery query, CancellationToken cancellationToken) =>
        query.IsScan && await reader.EstimateAsync(query.Community, query.From, query.To, cancellationToken) is > MostScanned and var many
            ? Problem.TooBroad(
                $"The span holds some {many} outcomes, and this filter has to look at each; at most {MostScanned} are looked at. Ask for a shorter span with 'from' and 'to', or for one author's with 'platform', 'author' and 'order=newest'; counts over long spans are in …/statistics.")
            : null;
}

/// <summary>A page of outcomes.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> with the same query for the next page; null at the end.</param>
public sealed record OutcomeList(IReadOnlyList<OutcomeView> Items, string? NextCursor);

/// <summary>A page of outcomes, of which only the fields asked for are shown.</summary>
/// <param name="Items">In the order asked for; each has the fields that were named, those of an outcome.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> with the same query for the next page; null at the end.</param>
public sealed record OutcomeFieldsList(IReadOnlyList<JsonNode> Items, string? NextCursor);
