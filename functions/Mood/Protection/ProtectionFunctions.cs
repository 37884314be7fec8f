using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using KeyScope = Moderato.Hosting.Scope;

namespace Moderato.Mood;

/// <summary>Which channels are protected, and protecting one by hand.</summary>
public sealed class ProtectionFunctions(Protections protections, IProtectionStore store, ApiKeys keys, AuditTrail audit, TimeProvider time)
{
    private const int FewestMinutes = 5;
    private const int MostMinutes = 1_440;

    /// <summary><c>GET /api/communities/{community}/protections</c>: the channels that are protected now.</summary>
    [Function("GetProtections")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/protections")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, KeyScope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var lasting = await store.LastingAsync(admitted.Id, time.GetUtcNow(), cancellationToken);
        return Answer.Json(new ProtectionList([.. lasting.Select(ProtectionView.Of)]));
    }

    /// <summary><c>POST …/protections</c>: <c>platform</c>, <c>channel</c>, <c>minutes</c> (5 to 1440), <c>by</c>. One that lasts longer already goes on as long.</summary>
    [Function("PostProtection")]
    public async Task<IResult> Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/protections")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await AdmitAsync(request, community, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"platform\": \"instagram\", \"channel\": \"bottega.demo\", \"minutes\": 60, \"by\": \"anna\"}", cancellationToken);
        if (body is null)
            return unreadable!;
        var (errors, from) = (new List<FieldError>(), body.Value);
        if (!PlatformId.TryParse(from.Text("platform"), out var platform))
            errors.Add(new FieldError("platform", $"'platform' must have {PlatformId.Rule}."));
        var channel = TextOf(from, "channel", CommentLimits.Channel, errors);
        var by = TextOf(from, "by", IncidentFunctions.LongestName, errors);
        var minutes = 0;
        if (from.Field("minutes") is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt32(out minutes) || minutes is < FewestMinutes or > MostMinutes)
            errors.Add(new FieldError("minutes", $"'minutes' must be a whole number from {FewestMinutes} to {MostMinutes}."));
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        await audit.NoteAsync(request, admitted.Id, Acts.ProtectionBegun, $"{platform}/{channel}", by, null, cancellationToken);
        return Answer.Json(ProtectionView.Of(await protections.BeginAsync(admitted.Id, platform, channel, TimeSpan.FromMinutes(minutes), by, cancellationToken)));
    }

    /// <summary><c>DELETE …/protections/{platform}/{channel}?by</c>: ends it now. A raid that goes on does not begin it again.</summary>
    [Function("DeleteProtection")]
    public async Task<IResult> End(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "communities/{community}/protections/{platform}/{channel}")] HttpRequest request,
        string community, string platform, string channel, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await AdmitAsync(request, community, cancellationToken);
        if (admitted is null)
            return refusal!;
        var read = new AddressReader(request.Query, ["by"]);
        var by = read.Text("by", IncidentFunctions.LongestName);
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);
        var name = AuthorAddress.IdOf(channel);
        if (!PlatformId.TryParse(platform, out var on) || name.Length > CommentLimits.Channel
            || (await store.FindAsync(admitted.Id, on, name, cancellationToken)).Protection?.Until > time.GetUtcNow() is not true)
            return NotProtected();
        await audit.NoteAsync(request, admitted.Id, Acts.ProtectionEnded, $"{on}/{name}", by, null, cancellationToken);
        return await protections.EndAsync(admitted, on, name, by ?? AuditTrail.WhoIs(request, null), cancellationToken) ? Answer.NoContent() : NotProtected();
    }

    /// <summary>What a protection holds nobody decided about yet: an apprentice's key proposes, and here there is nothing to propose.</summary>
    private async Task<(Community? Community, IResult? Refusal)> AdmitAsync(HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, KeyScope.Moderate, cancellationToken);
        return admitted is not null && ApiKeys.CallerOf(request).Apprentice
            ? (null, Problem.Forbidden("An apprentice's key neither begins nor ends a protection."))
            : (admitted, refusal);
    }

    private static string TextOf(JsonElement body, string field, int longest, List<FieldError> errors)
    {
        if (body.Text(field) is { } text && !string.IsNullOrWhiteSpace(text) && text.Length <= longest)
            return text;
        errors.Add(new FieldError(field, $"'{field}' must have 1 to {longest} characters."));
        return "";
    }

    private static IResult NotProtected() => Problem.NotFound("This channel is not protected.");
}
