using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Privacy;

/// <summary>An author's rights over HTTP: to be erased, and to be told what is held.</summary>
public sealed class PrivacyFunctions(Erasures erasures, IErasureStore receipts, IHeldStore held, ApiKeys keys, AuditTrail audit, TimeProvider time)
{
    private const int LongestReason = 500;
    private const int LongestName = 100;
    private const int MostReceipts = 200;

    /// <summary><c>POST …/authors/{platform}/{author}/erase</c>: <c>reason</c>, required, and <c>by</c>. Asking twice is harmless.</summary>
    [Function("EraseAuthor")]
    public async Task<IResult> Erase(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/authors/{platform}/{author}/erase")] HttpRequest request,
        string community, string platform, string author, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"reason\": \"request by mail of 3 March\", \"by\": \"Anna\"}", cancellationToken);
        if (body is null)
            return unreadable!;
        var errors = new List<FieldError>();
        var (on, id) = AuthorAddress.Read(platform, author, errors);
        var (reason, by) = (Text(body.Value, "reason"), Text(body.Value, "by"));
        if (reason is not { Length: > 0 and <= LongestReason })
            errors.Add(new FieldError("reason", $"'reason' must say why, in 1 to {LongestReason} characters."));
        if (by?.Length > LongestName)
            errors.Add(new FieldError("by", $"'by' must have at most {LongestName} characters."));
        if (errors.Count > 0)
            return Problem.Invalid(errors);

        var now = time.GetUtcNow();
        var message = new ErasureMessage(
            admitted.Id.ToString(), Guid.CreateVersion7(now).ToString("n"), platform, id, AuditTrail.AuthorTarget(admitted.Id, on, id), AuditTrail.WhoIs(request, by), reason!, now, 0);
        await audit.NoteAsync(request, admitted.Id, Acts.AuthorErased, message.Pseudonym, by, reason, cancellationToken);
        var erasure = await erasures.AskAsync(message, cancellationToken);
        request.HttpContext.Response.Headers.Location = $"/api/communities/{admitted.Id}/erasures/{erasure.Id}";
        return Answer.Json(ErasureView.Of(erasure), StatusCodes.Status202Accepted);
    }

    [Function("GetErasure")]
    public async Task<IResult> Receipt(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/erasures/{id}")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        return await receipts.FindAsync(admitted.Id, id, cancellationToken) is { } erasure
            ? Answer.Json(ErasureView.Of(erasure))
            : Problem.NotFound("There is no such erasure.");
    }

    /// <summary><c>GET …/erasures</c>: the newest first, at most 200.</summary>
    [Function("GetErasures")]
    public async Task<IResult> Receipts(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/erasures")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        return Answer.Json(new ErasureList([.. (await receipts.NewestAsync(admitted.Id, MostReceipts, cancellationToken)).Select(ErasureView.Of)]));
    }

    /// <summary><c>GET …/authors/{platform}/{author}/export</c>: one document, streamed.</summary>
    [Function("ExportAuthor")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/authors/{platform}/{author}/export")] HttpRequest request,
        string community, string platform, string author, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        var errors = new List<FieldError>();
        var (on, id) = AuthorAddress.Read(platform, author, errors);
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        var pseudonym = AuditTrail.AuthorTarget(admitted.Id, on, id);
        await audit.NoteAsync(request, admitted.Id, Acts.AuthorExported, pseudonym, null, null, cancellationToken);
        return new AuthorExport(admitted.Id, on, id, held, time.GetUtcNow(), $"{admitted.Id}-{pseudonym.Replace('/', '-')}.json");
    }

    private static string? Text(JsonElement body, string field) =>
        body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : null;
}

/// <summary>The receipt of an erasure as the HTTP interface shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Author">The platform and a short hash of the author's id.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it was done, or given up.</param>
/// <param name="Erased">How many rows were erased, by table.</param>
public sealed record ErasureView(
    string Id, ErasureState State, string Author, string By, string Reason, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, IReadOnlyDictionary<string, int> Erased)
{
    public static ErasureView Of(Erasure erasure) =>
        new(erasure.Id, erasure.State, erasure.Author, erasure.By, erasure.Reason, erasure.StartedAt, erasure.FinishedAt, erasure.Erased);
}

/// <summary>Receipts, the newest first, at most 200.</summary>
public sealed record ErasureList(IReadOnlyList<ErasureView> Items);
