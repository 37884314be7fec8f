using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Policy;

/// <summary>What a community's people say of authors, and what authors are told.</summary>
public sealed class AuthorFunctions(IAuthorStore authors, IReplayStore outcomes, Policies policies, ApiKeys keys, AuditTrail audit)
{
    [Function("GetAuthorProfile")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/authors/{platform}/{author}/profile")] HttpRequest request,
        string community, string platform, string author, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        return PlatformId.TryParse(platform, out var on)
            ? Answer.Json(await authors.ProfileAsync(admitted.Id, on, AuthorAddress.IdOf(author), cancellationToken))
            : Problem.NotFound("There is no such platform.");
    }

    /// <summary><c>PUT …/authors/{platform}/{author}/profile</c>: <c>trusted</c>, <c>team</c>, <c>labels</c> (<c>name</c>, <c>until</c>). What is left out is no longer so.</summary>
    [Function("PutAuthorProfile")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "communities/{community}/authors/{platform}/{author}/profile")] HttpRequest request,
        string community, string platform, string author, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        if (ApiKeys.CallerOf(request).Apprentice)
            return Problem.Forbidden("An apprentice's key proposes: use …/outcomes/{id}/decision, with 'labels' or 'trustAuthor'.");
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"trusted\": true, \"labels\": [{\"name\": \"vip\"}]}", cancellationToken);
        if (body is null)
            return unreadable!;
        var errors = new List<FieldError>();
        var (on, id) = AuthorAddress.Read(platform, author, errors);
        var profile = Read(body.Value, errors);
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        await audit.NoteAsync(request, admitted.Id, Acts.ProfileChanged, AuditTrail.AuthorTarget(admitted.Id, on, id), null, null, cancellationToken);
        await authors.SaveProfileAsync(admitted.Id, on, id, profile, cancellationToken);
        return Answer.Json(profile);
    }

    /// <summary><c>GET …/outcomes/{id}/notice</c>: what to tell the author of a restricted comment, in the author's language.</summary>
    [Function("GetNotice")]
    public async Task<IResult> Notice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/outcomes/{id}/notice")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        if (!OutcomeId.TryParse(id, out var parsed) || await outcomes.FindOutcomeAsync(admitted.Id, parsed.Value, cancellationToken) is not { } outcome)
            return Problem.NotFound("There is no outcome under this id.");
        var inForce = await policies.InForceAsync(admitted.Id, cancellationToken);
        return AuthorNotice.Of(outcome, admitted, inForce.Guidelines, inForce.Policy.Values.GetValueOrDefault("mail")) is { } notice
            ? Answer.Json(notice)
            : Problem.NotFound("This comment is not restricted: there is nothing to explain.");
    }

    private static AuthorProfile Read(JsonElement body, List<FieldError> errors)
    {
        return new AuthorProfile(body.IsTrue("trusted"), body.IsTrue("team"), LabelReader.Read(body, errors));
    }
}
