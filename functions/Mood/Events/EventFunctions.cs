using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mood;

/// <summary>What is going on in the world, noted by the community's people: so that the watch knows what to expect, and the digest says it.</summary>
public sealed class EventFunctions(IEventStore store, ApiKeys keys, AuditTrail audit, TimeProvider time)
{
    private const int UsualDaysBack = 30;
    private const int MostDays = 1_000;

    /// <summary>
    /// <c>GET …/events?from&amp;to</c>: those that touch a span, by their beginning. Without <c>from</c> the last 30 days, without
    /// <c>to</c> everything to come.
    /// </summary>
    [Function("GetEvents")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/events")] HttpRequest request,
        string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Hosting.Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var read = new AddressReader(request.Query, ["from", "to"]);
        var now = time.GetUtcNow();
        var from = read.Time("from") ?? now.AddDays(-UsualDaysBack);
        var to = read.Time("to") ?? now.AddDays(EventRequest.MostDaysAhead) + NotedEvent.Longest;
        if (read.Errors.Count == 0 && (to <= from || to - from > TimeSpan.FromDays(MostDays)))
            read.Refuse("to", $"must lie after 'from', at most {MostDays} days");
        return read.Errors.Count > 0
            ? Problem.Invalid(read.Errors)
            : Answer.Json(new EventList([.. (await store.EventsAsync(admitted.Id, from, to, cancellationToken)).Select(EventView.Of)]));
    }

    /// <summary><c>POST …/events</c>: notes one. The same event again is the same: the answer is what was noted first.</summary>
    [Function("PostEvent")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/events")] HttpRequest request,
        string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Hosting.Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        if (ApiKeys.CallerOf(request).Apprentice)
            return NotForApprentices();
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, EventRequest.Example, cancellationToken);
        if (body is null)
            return unreadable!;
        var (noted, errors) = EventRequest.Read(body.Value, time.GetUtcNow(), ApiKeys.CallerOf(request).Name);
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        if (await FindAsync(admitted.Id, noted.Id, cancellationToken) is { } there)
            return Answer.Json(EventView.Of(there), StatusCodes.Status201Created);
        await audit.NoteAsync(request, admitted.Id, Acts.EventNoted, noted.Id, body.Value.Text("by"), null, cancellationToken);
        await store.AddAsync(admitted.Id, noted, cancellationToken);
        return Answer.Json(EventView.Of(noted), StatusCodes.Status201Created);
    }

    /// <summary><c>DELETE …/events/{id}?by</c>: it was noted by mistake, or is called off.</summary>
    [Function("DeleteEvent")]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "communities/{community}/events/{id}")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Hosting.Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        if (ApiKeys.CallerOf(request).Apprentice)
            return NotForApprentices();
        var read = new AddressReader(request.Query, ["by"]);
        var by = read.Text("by", EventRequest.LongestBy);
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);
        if (await FindAsync(admitted.Id, id, cancellationToken) is not { } noted)
            return Problem.NotFound("There is no event under this id.");
        await audit.NoteAsync(request, admitted.Id, Acts.EventRemoved, noted.Id, by, null, cancellationToken);
        await store.RemoveAsync(admitted.Id, noted, cancellationToken);
        return Answer.NoContent();
    }

    private async Task<NotedEvent?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken) =>
        EventRequest.DayOf(id) is { } day ? (await store.EventsAsync(community, day, day.AddDays(1), cancellationToken)).FirstOrDefault(e => e.Id == id) : null;

    private static IResult NotForApprentices() => Problem.Forbidden("An apprentice's key proposes what is done about comments; events are noted with another key, since they change what is an alarm.");
}
