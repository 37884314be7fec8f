using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>An audit entry as the HTTP interface shows it.</summary>
public sealed record AuditView(DateTimeOffset At, string Who, string Act, string? Target, string? Note);

/// <summary>A page of the audit.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> with the same query for the next page; null at the end.</param>
public sealed record AuditList(IReadOnlyList<AuditView> Items, string? NextCursor);

/// <summary>Who changed what, over HTTP. It can be read and nothing else.</summary>
public sealed class AuditFunctions(IAuditReader reader, Cursors cursors, ApiKeys keys, TimeProvider time)
{
    private const int DefaultLimit = 100;
    private const int LargestLimit = 1_000;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(30);
    private static readonly string[] Known = ["from", "to", "limit", "cursor"];

    /// <summary><c>GET …/audit?from&amp;to&amp;limit&amp;cursor</c>: oldest first; without times the last 30 days.</summary>
    [Function("GetAudit")]
    public async Task<IResult> OfCommunity(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/audit")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        return await ReadAsync(request, admitted.Id, cancellationToken);
    }

    /// <summary><c>GET /api/audit</c>: what belongs to no community, such as keys for all of them.</summary>
    [Function("GetAuditOfAll")]
    public async Task<IResult> OfAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await keys.AdmitAsync(request, Scope.Admin, cancellationToken) is { } refusal)
            return refusal;
        return ApiKeys.CallerOf(request).Communities is null
            ? await ReadAsync(request, null, cancellationToken)
            : Problem.Forbidden("This needs a key with the scope 'admin' for all communities.");
    }

    private async Task<IResult> ReadAsync(HttpRequest request, CommunityId? community, CancellationToken cancellationToken)
    {
        var (read, of, now) = (new AddressReader(request.Query, Known), $"audit of {community?.ToString() ?? "all"}", time.GetUtcNow());
        var end = read.Time("to") ?? now.AddMinutes(1);
        var begin = read.Time("from") ?? end - DefaultSpan;
        if (begin >= end)
            read.Refuse("from", "must be before 'to'");
        var limit = read.Limit(DefaultLimit, LargestLimit);
        var after = await read.AfterAsync(cursors, of, cancellationToken);
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);
        // One more than is shown: it says whether there is a next page.
        var found = await reader.ReadAsync(new AuditQuery(community, begin, end, limit + 1) { After = after is null ? null : AuditPosition.Parse(after) }, cancellationToken);
        var shown = found.Take(limit).ToList();
        return Answer.Json(new AuditList(
            [.. shown.Select(r => new AuditView(r.Entry.At, r.Entry.Who, r.Entry.Act, r.Entry.Target, r.Entry.Note))],
            found.Count > limit ? await cursors.SealAsync(read.Question(of), shown[^1].Position.ToString(), cancellationToken) : null));
    }
}
