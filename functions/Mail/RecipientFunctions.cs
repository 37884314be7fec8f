using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mail;

/// <summary>Recipients over HTTP: what each is sent, and bounces, which come back by mail where we cannot read them.</summary>
public sealed class RecipientFunctions(IMailStore store, ApiKeys keys, AuditTrail audit, TimeProvider time)
{
    internal const int LongestReason = 200;

    /// <summary><c>GET /api/communities/{community}/recipients</c>: those of the settings, with what became of each edition.</summary>
    [Function("GetRecipients")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/recipients")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        var views = new List<RecipientView>();
        foreach (var recipient in admitted.Recipients)
            views.Add(RecipientView.Of(recipient, await store.AboutAsync(admitted.Id, recipient.Address, cancellationToken)));
        return Answer.Json(new RecipientList(views));
    }

    /// <summary><c>POST /api/communities/{community}/mails/bounces</c>: no mail reaches an address, as a provider's hook or a person knows.</summary>
    [Function("NoteBounce")]
    public async Task<IResult> Bounced(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/mails/bounces")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, recipient, reason, refusal) = await ReadAsync(request, community, cancellationToken);
        if (admitted is null || recipient is null)
            return refusal!;
        await audit.NoteAsync(request, admitted.Id, Acts.RecipientBounced, recipient.Address, null, reason, cancellationToken);
        await store.NoteBounceAsync(admitted.Id, recipient.Address, new Bounce(time.GetUtcNow(), reason ?? "noted by hand"), cancellationToken);
        return await ShowAsync(admitted.Id, recipient, cancellationToken);
    }

    /// <summary><c>POST /api/communities/{community}/recipients/clear</c>: mails reach the address again.</summary>
    [Function("ClearRecipient")]
    public async Task<IResult> Clear(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/recipients/clear")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, recipient, reason, refusal) = await ReadAsync(request, community, cancellationToken);
        if (admitted is null || recipient is null)
            return refusal!;
        await audit.NoteAsync(request, admitted.Id, Acts.RecipientCleared, recipient.Address, null, reason, cancellationToken);
        await store.NoteBounceAsync(admitted.Id, recipient.Address, null, cancellationToken);
        return await ShowAsync(admitted.Id, recipient, cancellationToken);
    }

    private async Task<IResult> ShowAsync(CommunityId community, Recipient recipient, CancellationToken cancellationToken) =>
        Answer.Json(RecipientView.Of(recipient, await store.AboutAsync(community, recipient.Address, cancellationToken)));

    private async Task<(Community? Community, Recipient? Recipient, string? Reason, IResult? Refusal)> ReadAsync(HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return (null, null, null, refusal);
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"address\": \"anna@example.org\"}", cancellationToken);
        if (body is not { } asked)
            return (null, null, null, unreadable);
        var (address, reason, errors) = (asked.Field("address"), asked.Field("reason"), new List<FieldError>());
        if (address.ValueKind != JsonValueKind.String)
            errors.Add(new FieldError("address", "'address' must be a recipient's mail address, such as anna@example.org."));
        if (reason.ValueKind is not (JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Undefined) || (reason.ValueKind == JsonValueKind.String && reason.GetString()!.Length > LongestReason))
            errors.Add(new FieldError("reason", $"'reason' must be a text of at most {LongestReason} characters."));
        if (errors.Count > 0)
            return (null, null, null, Problem.Invalid(errors));
        return admitted.Find(address.GetString()!) is { } recipient
            ? (admitted, recipient, reason.ValueKind == JsonValueKind.String ? reason.GetString() : null, null)
            : (null, null, null, Problem.NotFound("This community has no such recipient in the settings."));
    }
}
