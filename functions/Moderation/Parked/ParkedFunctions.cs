using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Moderation;

/// <summary>Parked work over HTTP: what lies there, trying it again, saying that nothing is to be done.</summary>
public sealed class ParkedFunctions(IParkedStore store, Cursors cursors, ApiKeys keys, AuditTrail audit, TimeProvider time)
{
    /// <summary>How many are tried again in one call.</summary>
    public const int MostAtOnce = 1_000;
    private const int AtATime = 16;

    private const string SendItYourself =
        "Nobody could read this part, so it cannot be tried again by itself. Read it (GET on this address), send its comment by POST …/comments, then discard it.";

    /// <summary><c>GET …/parked</c>: <c>from</c>, <c>to</c> (first receipt), <c>state</c>, <c>limit</c>, <c>cursor</c>; by day, oldest first.</summary>
    [Function("GetParked")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/parked")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (query, read) = await ParkedQueryReader.ReadAsync(request.Query, admitted.Id, time.GetUtcNow(), cursors, cancellationToken);
        if (query is null)
            return Problem.Invalid(read.Errors);
        var (items, next) = await store.QueryAsync(query, cancellationToken);
        return Answer.Json(new ParkedList(
            [.. items.Select(ParkedView.Of)], next is null ? null : await cursors.SealAsync(read.Question(ParkedQueryReader.Of(admitted.Id)), next, cancellationToken)));
    }

    /// <summary><c>GET …/parked/{id}</c>: everything, with the comment's words or the part's bytes.</summary>
    [Function("GetParkedOne")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/parked/{id}")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        return await store.FindAsync(admitted.Id, id, cancellationToken) is { } whole ? Answer.Json(ParkedView.Of(whole)) : Missing();
    }

    /// <summary><c>POST …/parked/{id}/replay?by=</c>: hands it over once more. What was discarded is taken up again.</summary>
    [Function("ReplayParked")]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/parked/{id}/replay")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var by = request.Query["by"].ToString();
        if (by.Length > ParkedBody.LongestName)
            return Problem.Invalid("by", $"'by' must have at most {ParkedBody.LongestName} characters.");
        if (await store.FindAsync(admitted.Id, id, cancellationToken) is null)
            return Missing();
        await audit.NoteAsync(request, admitted.Id, Acts.ParkedReplayed, id, by, null, cancellationToken);
        var replayed = await store.ReplayAsync(admitted.Id, id, AuditTrail.WhoIs(request, by), time.GetUtcNow(), cancellationToken);
        return replayed switch
        {
            Replayed.Missing => Missing(),
            Replayed.Unreadable => Problem.Conflict(SendItYourself),
            Replayed.Gone => Problem.Conflict("Its words, or the comment itself, are no longer kept: there is nothing to try again. Discard it."),
            _ => Answer.Json(ParkedView.Of((await store.FindAsync(admitted.Id, id, cancellationToken))!), StatusCodes.Status202Accepted),
        };
    }

    /// <summary><c>POST …/parked/replay</c>: <c>ids</c>, or <c>all</c>: what nobody did anything about, the oldest first; at most 1,000 in one call.</summary>
    [Function("ReplayManyParked")]
    public async Task<IResult> ReplayMany(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/parked/replay")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"ids\": [\"…\"]} or {\"all\": true}", cancellationToken);
        if (body is null)
            return unreadable!;
        var (asked, by, errors) = ParkedBody.ReadMany(body.Value);
        if (errors.Count > 0)
            return Problem.Invalid(errors);

        var (ids, left) = asked is null ? await store.UntouchedAsync(admitted.Id, MostAtOnce, cancellationToken) : (asked, 0);
        await audit.NoteAsync(
            request, admitted.Id, Acts.ParkedReplayed, asked is null ? "all" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ids.Count} ids"), by, null, cancellationToken);
        var (who, now) = (AuditTrail.WhoIs(request, by), time.GetUtcNow());
        var results = new Replayed[ids.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ids.Count), new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (i, cancel) => results[i] = await store.ReplayAsync(admitted.Id, ids[i], who, now, cancel));
        return Answer.Json(
            new ReplayedAnswer(
                results.Count(r => r == Replayed.Done),
                [.. ids.Zip(results).Where(r => r.Second != Replayed.Done).Select(r => new NotReplayed(r.First, r.Second))],
                left),
            StatusCodes.Status202Accepted);
    }

    /// <summary><c>POST …/parked/{id}/discard</c>: <c>reason</c>, required, and <c>by</c>. The row stays, and the day's accounts count it.</summary>
    [Function("DiscardParked")]
    public async Task<IResult> Discard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/parked/{id}/discard")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (reason, by, unreadable) = await ParkedBody.ReadDiscardAsync(request, cancellationToken);
        if (reason is null)
            return unreadable!;
        if (await store.FindAsync(admitted.Id, id, cancellationToken) is not { } whole)
            return Missing();
        if (whole.Item.State == ParkedState.Settled)
            return Problem.Conflict("It has its outcome by now: there is nothing to discard.");
        if (whole.Item.State != ParkedState.Discarded)
            await audit.NoteAsync(request, admitted.Id, Acts.ParkedDiscarded, id, by, reason, cancellationToken);
        await store.DiscardAsync(admitted.Id, id, AuditTrail.WhoIs(request, by), reason, time.GetUtcNow(), cancellationToken);
        return await store.FindAsync(admitted.Id, id, cancellationToken) is { } discarded ? Answer.Json(ParkedView.Of(discarded)) : Missing();
    }

    private static IResult Missing() => Problem.NotFound("Nothing is parked here under this id.");
}
