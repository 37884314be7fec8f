using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Outcomes;

namespace Moderato.Review;

/// <summary>What waits for a person: the list, and taking something from it so that nobody else gets it.</summary>
public sealed class ReviewFunctions(IReviewStore store, Cursors cursors, ApiKeys keys, TimeProvider time)
{
    private const int DefaultLimit = 20;
    private const int LargestLimit = 100;
    private const int DefaultClaim = 10;
    private const int LargestClaim = 50;
    private const int DefaultMinutes = 15;
    private const int LargestMinutes = 240;
    private const int ItemsAtOnce = 50;

    /// <summary><c>GET /api/communities/{community}/reviews?limit&amp;cursor</c>: what is due first first.</summary>
    [Function("GetReviews")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/reviews")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (read, of) = (new AddressReader(request.Query, ["limit", "cursor"]), $"reviews of {admitted.Id}");
        var limit = read.Limit(DefaultLimit, LargestLimit);
        var after = await read.AfterAsync(cursors, of, cancellationToken);
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);

        var views = new List<ReviewView>();
        do
        {
            (var items, after) = await store.ListAsync(admitted.Id, after, limit - views.Count, cancellationToken);
            views.AddRange(await ViewsAsync(admitted, items, cancellationToken));
        }
        while (after is not null && views.Count < limit);
        return Answer.Json(new ReviewList(views, after is null ? null : await cursors.SealAsync(read.Question(of), after, cancellationToken)));
    }

    /// <summary>
    /// <c>POST …/reviews/claim</c>: <c>by</c>, <c>limit</c>, <c>minutes</c>. What is due first and nobody is at; what <c>by</c> has already comes
    /// along. Until the lease ends nobody else gets it.
    /// </summary>
    [Function("ClaimReviews")]
    public async Task<IResult> ClaimNext(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/reviews/claim")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, claim, refusal) = await ReadClaimAsync(request, community, cancellationToken);
        if (admitted is null || claim is null)
            return refusal!;

        var views = new List<ReviewView>();
        string? after = null;
        do
        {
            (var items, after) = await store.ListAsync(admitted.Id, after, ItemsAtOnce, cancellationToken);
            foreach (var standing in items)
            {
                if (views.Count < claim.Limit && standing.Item.ClaimedAt(time.GetUtcNow()) is var holder && (holder is null || holder == claim.By)
                    && await TakeAsync(admitted.Id, standing, claim, cancellationToken) is { } taken)
                    views.AddRange(await ViewsAsync(admitted, [taken], cancellationToken));
            }
        }
        while (after is not null && views.Count < claim.Limit);
        return Answer.Json(new ClaimedList(views));
    }

    /// <summary><c>POST …/outcomes/{id}/claim</c>: the same for one comment. 409 while somebody else is at it.</summary>
    [Function("ClaimReview")]
    public async Task<IResult> Claim(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/claim")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, claim, refusal) = await ReadClaimAsync(request, community, cancellationToken);
        if (admitted is null || claim is null)
            return refusal!;
        if (await FindAsync(admitted, id, cancellationToken) is not { } standing)
            return Problem.NotFound("This comment does not wait for a person.");
        if (standing.Item.ClaimedAt(time.GetUtcNow()) is { } holder && holder != claim.By)
            return Problem.Conflict($"{holder} is at it until {standing.Item.ClaimedUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
        return await TakeAsync(admitted.Id, standing, claim, cancellationToken) is { } taken && await ViewsAsync(admitted, [taken], cancellationToken) is [var view]
            ? Answer.Json(view)
            : Problem.Conflict("Somebody else was faster.");
    }

    /// <summary><c>POST …/outcomes/{id}/release</c>: gives one back before its lease ends.</summary>
    [Function("ReleaseReview")]
    public async Task<IResult> Release(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/outcomes/{id}/release")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, claim, refusal) = await ReadClaimAsync(request, community, cancellationToken);
        if (admitted is null || claim is null)
            return refusal!;
        if (await FindAsync(admitted, id, cancellationToken) is not { } standing)
            return Problem.NotFound("This comment does not wait for a person.");
        if (standing.Item.ClaimedAt(time.GetUtcNow()) is { } holder && holder != claim.By)
            return Problem.Conflict($"{holder} is at it, and only {holder} can give it back before the lease ends.");
        return await store.ReplaceAsync(admitted.Id, standing, standing.Item with { ClaimedBy = null, ClaimedUntil = null }, cancellationToken)
            ? Answer.NoContent()
            : Problem.Conflict("It was changed meanwhile.");
    }

    private async Task<StandingItem?> FindAsync(Community community, string id, CancellationToken cancellationToken) =>
        OutcomeId.TryParse(id, out var outcome) ? (await store.ItemsOfAsync(community.Id, outcome.Value.Key, cancellationToken)).MaxBy(i => i.Item.Revision) : null;

    /// <summary>The item with its lease; null if somebody else was faster.</summary>
    private async Task<StandingItem?> TakeAsync(CommunityId community, StandingItem standing, ClaimRequest claim, CancellationToken cancellationToken)
    {
        var taken = standing.Item with { ClaimedBy = claim.By, ClaimedUntil = time.GetUtcNow().AddMinutes(claim.Minutes) };
        return await store.ReplaceAsync(community, standing, taken, cancellationToken) ? standing with { Item = taken } : null;
    }

    /// <summary>Items with what they are about. One whose outcome no longer waits is taken off the list: somebody was stopped before it could be.</summary>
    private async Task<IReadOnlyList<ReviewView>> ViewsAsync(Community community, IReadOnlyList<StandingItem> items, CancellationToken cancellationToken)
    {
        var views = await Task.WhenAll(items.Select(async standing =>
        {
            var outcome = (await store.FindAsync(community.Id, standing.Item.Outcome, cancellationToken))?.Outcome;
            if (ReviewQueue.IsCurrent(standing.Item, outcome))
                return ReviewView.Of(standing.Item, outcome!, time.GetUtcNow());
            await store.RemoveAsync(community.Id, standing.Item, cancellationToken);
            return null;
        }));
        return [.. views.OfType<ReviewView>()];
    }

    private async Task<(Community? Community, ClaimRequest? Claim, IResult? Refusal)> ReadClaimAsync(HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return (null, null, refusal);
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"by\": \"anna\"}", cancellationToken);
        if (body is null)
            return (null, null, unreadable);
        var errors = new List<FieldError>();
        var by = RulingReader.ByOf(body.Value, errors);
        if (!body.Value.Has("by"))
            errors.Add(new FieldError("by", "'by' is missing: say who is at it."));
        var limit = WholeOf(body.Value, "limit", DefaultClaim, LargestClaim, errors);
        var minutes = WholeOf(body.Value, "minutes", DefaultMinutes, LargestMinutes, errors);
        return errors.Count > 0 ? (null, null, Problem.Invalid(errors)) : (admitted, new ClaimRequest(AuditTrail.WhoIs(request, by), limit, minutes), null);
    }

    private static int WholeOf(JsonElement body, string field, int usual, int largest, List<FieldError> errors)
    {
        if (!body.Has(field))
            return usual;
        if (body.GetProperty(field) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value >= 1 && value <= largest)
            return value;
        errors.Add(new FieldError(field, $"'{field}' must be a whole number from 1 to {largest}."));
        return usual;
    }

    private sealed record ClaimRequest(string By, int Limit, int Minutes);
}

/// <summary>Something that waits for a person.</summary>
/// <param name="Cause">Why it waits.</param>
/// <param name="DueAt">When somebody should have looked.</param>
/// <param name="Overdue">Whether that has passed.</param>
/// <param name="ClaimedBy">Who is at it; null for nobody.</param>
/// <param name="ClaimedUntil">Until when nobody else gets it.</param>
/// <param name="Proposal">What an apprentice proposes; null for nothing.</param>
/// <param name="Outcome">The comment, and what was decided so far.</param>
public sealed record ReviewView(
    ReviewCause Cause, DateTimeOffset DueAt, bool Overdue, string? ClaimedBy, DateTimeOffset? ClaimedUntil, ProposalView? Proposal, OutcomeView Outcome)
{
    public static ReviewView Of(ReviewItem item, Outcome outcome, DateTimeOffset now) => new(
        item.Cause, item.DueAt, item.DueAt < now, item.ClaimedAt(now), item.ClaimedAt(now) is null ? null : item.ClaimedUntil,
        item.Proposal is { } proposal ? ProposalView.Of(proposal) : null, OutcomeView.Of(outcome));
}

/// <summary>What an apprentice proposes.</summary>
public sealed record ProposalView(
    string Id, string By, DateTimeOffset At, Decision? Decision, string? Reason, string? Reply, Route? Route, IReadOnlyList<AuthorLabel> Labels, bool Strike, bool TrustAuthor)
{
    public static ProposalView Of(RulingRequest request) => new(
        request.Id, request.By, request.At, request.Decision, request.Reason, request.Reply, request.Route, request.Labels, request.Strike, request.TrustAuthor);
}

/// <summary>A page of what waits, what is due first first.</summary>
/// <param name="Items">The comments.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> for the next page; null at the end.</param>
public sealed record ReviewList(IReadOnlyList<ReviewView> Items, string? NextCursor);

/// <summary>What was taken from the list.</summary>
public sealed record ClaimedList(IReadOnlyList<ReviewView> Items);
