using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
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
public sealed class AuditFunctions(IAuditReader reader, ApiKeys keys, TimeProvider time)
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
        var (query, errors) = ReadQuery(request.Query, community, time.GetUtcNow());
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        // One more than is shown: it says whether there is a next page.
        var found = await reader.ReadAsync(query with { Limit = query.Limit + 1 }, cancellationToken);
        var shown = found.Take(query.Limit).ToList();
        return Answer.Json(new AuditList(
            [.. shown.Select(r => new AuditView(r.Entry.At, r.Entry.Who, r.Entry.Act, r.Entry.Target, r.Entry.Note))],
            found.Count > query.Limit ? CursorAt(shown[^1].Position) : null));
    }

    private static (AuditQuery Query, List<FieldError> Errors) ReadQuery(IQueryCollection from, CommunityId? community, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        foreach (var unknown in from.Keys.Where(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase)))
            errors.Add(new FieldError(unknown, $"'{unknown}' is not known; there are {string.Join(", ", Known)}."));
        var end = Time("to") ?? now.AddMinutes(1);
        var begin = Time("from") ?? end - DefaultSpan;
        if (begin >= end)
            errors.Add(new FieldError("from", "'from' must be before 'to'."));
        var limit = DefaultLimit;
        if (from["limit"] is [{ } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is 0 or > LargestLimit))
            errors.Add(new FieldError("limit", $"'limit' must be a whole number from 1 to {LargestLimit}."));
        AuditPosition? after = null;
        if (from["cursor"] is [{ } cursor] && (after = PositionAt(cursor)) is null)
            errors.Add(new FieldError("cursor", "'cursor' must be a 'nextCursor' of the same query, unchanged."));
        return (new AuditQuery(community, begin, end, limit) { After = after }, errors);

        DateTimeOffset? Time(string field)
        {
            if (from[field] is not [{ Length: > 0 } value])
                return null;
            if (QueryTime.TryParse(value, out var read))
                return read;
            errors.Add(new FieldError(field, $"'{field}' {QueryTime.Rule}."));
            return null;
        }
    }

    private const int PositionBytes = 8 + 16;

    private static string CursorAt(AuditPosition position)
    {
        Span<byte> bytes = stackalloc byte[PositionBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position.At.UtcTicks);
        position.Id.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static AuditPosition? PositionAt(string cursor)
    {
        if (!Base64Url.IsValid(cursor, out var length) || length != PositionBytes)
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new AuditPosition(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes.AsSpan(8))) : null;
    }
}
