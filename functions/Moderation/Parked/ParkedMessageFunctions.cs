using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Moderation;

/// <summary>Whole messages that nobody could read. They belong to no community: only a key for all of them sees them.</summary>
public sealed class ParkedMessageFunctions(IParkedStore store, ApiKeys keys, AuditTrail audit, TimeProvider time)
{
    private const int Most = 200;

    /// <summary><c>GET /api/parked-messages</c>: the oldest first, at most 200.</summary>
    [Function("GetParkedMessages")]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "parked-messages")] HttpRequest request, CancellationToken cancellationToken) =>
        await RefusalAsync(request, cancellationToken) ?? Answer.Json(new ParkedMessageList(await store.MessagesAsync(Most, cancellationToken)));

    [Function("GetParkedMessage")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "parked-messages/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(request, cancellationToken) is { } refusal)
            return refusal;
        return await store.FindMessageAsync(id, cancellationToken) is { } found ? Answer.Json(ParkedMessageView.Of(found.Message, found.Bytes)) : Missing();
    }

    [Function("DiscardParkedMessage")]
    public async Task<IResult> Discard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "parked-messages/{id}/discard")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(request, cancellationToken) is { } refusal)
            return refusal;
        var (reason, by, unreadable) = await ParkedBody.ReadDiscardAsync(request, cancellationToken);
        if (reason is null)
            return unreadable!;
        if (await store.FindMessageAsync(id, cancellationToken) is null)
            return Missing();
        await audit.NoteAsync(request, null, Acts.ParkedDiscarded, id, by, reason, cancellationToken);
        await store.DiscardMessageAsync(id, AuditTrail.WhoIs(request, by), reason, time.GetUtcNow(), cancellationToken);
        return await store.FindMessageAsync(id, cancellationToken) is { } found ? Answer.Json(ParkedMessageView.Of(found.Message, found.Bytes)) : Missing();
    }

    private async Task<IResult?> RefusalAsync(HttpRequest request, CancellationToken cancellationToken) =>
        await keys.AdmitAsync(request, Scope.Admin, cancellationToken)
        ?? (ApiKeys.CallerOf(request).Communities is null ? null : Problem.Forbidden("This needs a key with the scope 'admin' for all communities."));

    private static IResult Missing() => Problem.NotFound("There is no such message.");
}

/// <summary>A whole message as the HTTP interface shows it. <see cref="Message"/> is null once it is no longer kept.</summary>
public sealed record ParkedMessageView(
    string Id, DateTimeOffset ParkedAt, string Reason, int Length, DateTimeOffset? DiscardedAt, string? DiscardedBy, string? DiscardedBecause, string? Message, bool? MessageIsBase64)
{
    public static ParkedMessageView Of(ParkedMessage parked, byte[]? bytes)
    {
        var (message, isBase64) = ParkedView.Show(bytes);
        return new ParkedMessageView(
            parked.Id, parked.ParkedAt, parked.Reason, parked.Length, parked.DiscardedAt, parked.DiscardedBy, parked.DiscardedBecause, message, isBase64);
    }
}

/// <summary>Whole messages that nobody could read, the oldest first, at most 200.</summary>
public sealed record ParkedMessageList(IReadOnlyList<ParkedMessage> Items);
