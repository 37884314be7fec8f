using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>
/// Keys over HTTP. Whoever holds an admin key makes keys of what they have themselves: within their communities, with scopes of theirs.
/// A key that reaches further is for them as if it were not there.
/// </summary>
public sealed class KeyFunctions(IKeyStore store, ApiKeys keys, Communities communities, AuditTrail audit, TimeProvider time)
{
    /// <summary>How often a change is tried again that another one overtook.</summary>
    private const int MostTries = 5;
    private const int LongestOverlap = 168;

    [Function("GetKeys")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "keys")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await keys.AdmitAsync(request, Scope.Admin, cancellationToken) is { } refusal)
            return refusal;
        var (caller, now) = (ApiKeys.CallerOf(request), time.GetUtcNow());
        var stored = await store.ListAsync(cancellationToken);
        return Answer.Json(new KeyList(
        [
            .. keys.OfSettings.Where(k => caller.Covers(k.Communities)).Select(KeyView.Of),
            .. stored.Where(k => caller.Covers(k.Key.Communities)).Select(k => KeyView.Of(k, now)),
        ]));
    }

    [Function("GetKey")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "keys/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await keys.AdmitAsync(request, Scope.Admin, cancellationToken) is { } refusal)
            return refusal;
        if (OfSettings(request, id) is { } ofSettings)
            return Answer.Json(KeyView.Of(ofSettings));
        return await FindAsync(request, id, cancellationToken) is { } standing ? Answer.Json(KeyView.Of(standing.Key, time.GetUtcNow())) : NoSuchKey();
    }

    /// <summary>
    /// <c>POST /api/keys</c>: <c>name</c>, <c>communities</c>, <c>scopes</c>, and if wanted <c>expiresAt</c>, <c>requestsPerMinute</c>,
    /// <c>apprentice</c>. With a header <c>Idempotency-Key</c> the same caller's second request makes no second key; as the text is
    /// shown once, it is told the key's id.
    /// </summary>
    [Function("PostKey")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "keys")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await keys.AdmitAsync(request, Scope.Admin, cancellationToken) is { } refusal)
            return refusal;
        var (caller, now) = (ApiKeys.CallerOf(request), time.GetUtcNow());
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, KeyRequest.Example, cancellationToken);
        if (body is null)
            return unreadable!;
        var (asked, errors) = KeyRequest.Read(body.Value, now);
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        if (!caller.MayGive(asked.Communities, asked.Scopes, asked.Apprentice))
            return TooMuch();
        if (asked.Communities?.Where(c => communities.Find(c) is null).ToList() is [_, ..] missing)
            return Problem.Invalid([.. missing.Select(c => new FieldError("communities", $"There is no community '{c}' in the settings."))]);

        var words = request.Headers["Idempotency-Key"].ToString();
        var id = words.Length > 0 ? KeyText.IdOf($"{caller.Id}\n{words}") : KeyText.NewId();
        if (words.Length > 0 && await store.FindAsync(id, cancellationToken) is not null)
            return MadeAlready(request, id);
        var secret = RandomNumberGenerator.GetBytes(KeyText.SecretBytes);
        var key = new ApiKey(id, asked.Name, asked.Communities, asked.Scopes) { RequestsPerMinute = asked.RequestsPerMinute, Apprentice = asked.Apprentice };
        var made = new StoredKey(key, SecretHash.Of(secret), now, caller.Name) { ExpiresAt = asked.ExpiresAt };
        await NoteAsync(request, key, Acts.KeyCreated, cancellationToken);
        if (!await store.AddAsync(made, cancellationToken) && !IsThere(made, await store.FindAsync(id, cancellationToken)))
            return MadeAlready(request, id);
        keys.Forget(id);
        request.HttpContext.Response.Headers.Location = $"/api/keys/{id}";
        return Answer.Json(new NewKeyAnswer(KeyText.Of(id, secret), KeyView.Of(made, now)), StatusCodes.Status201Created);
    }

    /// <summary><c>POST /api/keys/{id}/rotate</c>: a new text; the old one opens for another <c>overlapHours</c>, 0 to 168, 24 if left out.</summary>
    [Function("RotateKey")]
    public async Task<IResult> Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "keys/{id}/rotate")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await keys.AdmitAsync(request, Scope.Admin, cancellationToken) is { } refusal)
            return refusal;
        if (OfSettings(request, id) is not null)
            return ChangedInSettings();
        var (overlap, unreadable) = await ReadOverlapAsync(request, cancellationToken);
        if (unreadable is not null)
            return unreadable;

        var secret = RandomNumberGenerator.GetBytes(KeyText.SecretBytes);
        var (hash, now, noted) = (SecretHash.Of(secret), time.GetUtcNow(), false);
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await FindAsync(request, id, cancellationToken) is not { } standing)
                return NoSuchKey();
            // What storage did although its answer got lost is done.
            var done = standing.Key.Secret.Hash.AsSpan().SequenceEqual(hash.Hash);
            if (!done && NotToBeRotated(ApiKeys.CallerOf(request), standing.Key, now, overlap) is { } not)
                return not;
            if (!noted)
                await NoteAsync(request, standing.Key.Key, Acts.KeyRotated, cancellationToken);
            noted = true;
            var next = done ? standing.Key : standing.Key.Rotated(hash, now, overlap);
            if (!done && !await store.ReplaceAsync(standing, next, cancellationToken))
                continue;
            keys.Forget(id);
            return Answer.Json(new NewKeyAnswer(KeyText.Of(id, secret), KeyView.Of(next, now)));
        }
        return Overtaken();
    }

    /// <summary><c>DELETE /api/keys/{id}</c>: it opens nothing any more, here at once and everywhere within 15 seconds. Once more is the same.</summary>
    [Function("DeleteKey")]
    public async Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "keys/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await keys.AdmitAsync(request, Scope.Admin, cancellationToken) is { } refusal)
            return refusal;
        if (OfSettings(request, id) is not null)
            return ChangedInSettings();
        var noted = false;
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await FindAsync(request, id, cancellationToken) is not { } standing)
                return NoSuchKey();
            if (standing.Key.RevokedAt is null)
            {
                if (!noted)
                    await NoteAsync(request, standing.Key.Key, Acts.KeyRevoked, cancellationToken);
                noted = true;
                if (!await store.ReplaceAsync(standing, standing.Key with { RevokedAt = time.GetUtcNow(), Earlier = [] }, cancellationToken))
                    continue;
            }
            keys.Forget(id);
            return Answer.NoContent();
        }
        return Overtaken();
    }

    private ApiKey? OfSettings(HttpRequest request, string id) => keys.OfSettings.FirstOrDefault(k => k.Id == id && ApiKeys.CallerOf(request).Covers(k.Communities));

    /// <summary>The key if the caller may see it.</summary>
    private async Task<StandingKey?> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        KeyText.IsId(id) && await store.FindAsync(id, cancellationToken) is { } standing && ApiKeys.CallerOf(request).Covers(standing.Key.Key.Communities) ? standing : null;

    /// <summary>Why the caller gets no new text of this key; null if they do.</summary>
    private static IResult? NotToBeRotated(ApiKey caller, StoredKey stored, DateTimeOffset now, TimeSpan overlap)
    {
        if (!caller.MayGive(stored.Key.Communities, stored.Key.Scopes, stored.Key.Apprentice))
            return TooMuch();
        if (!stored.HoldsAt(now))
            return Problem.Conflict("This key was revoked or has expired. Make another one.");
        return overlap > TimeSpan.Zero && stored.StillOpen(now).Count() >= StoredKey.MostEarlier
            ? Problem.Conflict($"{StoredKey.MostEarlier} earlier texts of this key still open. Wait until one stops, or send overlapHours 0, which stops them all.")
            : null;
    }

    private static bool IsThere(StoredKey made, StandingKey? there) => there is not null && there.Key.Secret.Hash.AsSpan().SequenceEqual(made.Secret.Hash);

    private static async Task<(TimeSpan Overlap, IResult? Refusal)> ReadOverlapAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        const int hours = 24;
        if (request.ContentLength is null or 0 && string.IsNullOrEmpty(request.ContentType))
            return (TimeSpan.FromHours(hours), null);
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"overlapHours\": 24}", cancellationToken);
        if (body is not { } read)
            return (default, unreadable);
        var asked = read.Has("overlapHours") ? read.Number("overlapHours") : hours;
        return asked is >= 0 and <= LongestOverlap && read.EnumerateObject().All(p => p.Name == "overlapHours")
            ? (TimeSpan.FromHours(asked.Value), null)
            : (default, Problem.Invalid("overlapHours", $"The body has one field: 'overlapHours', a whole number from 0 to {LongestOverlap}."));
    }

    /// <summary>In every community that the key is for; once, in none, for a key for all.</summary>
    private async Task NoteAsync(HttpRequest request, ApiKey key, string act, CancellationToken cancellationToken)
    {
        foreach (var community in key.Communities?.Select(c => (CommunityId?)c) ?? [null])
            await audit.NoteAsync(request, community, act, key.Id, null, null, cancellationToken);
    }

    private static IResult MadeAlready(HttpRequest request, string id)
    {
        request.HttpContext.Response.Headers.Location = $"/api/keys/{id}";
        return Problem.Conflict($"The key {id} was made already by this Idempotency-Key, and its text was shown then. If it got lost, rotate or revoke it.");
    }

    private static IResult TooMuch() => Problem.Forbidden("A key can be given no community and no scope that the giving key has not, and an apprentice's keys are apprentices.");

    private static IResult NoSuchKey() => Problem.NotFound("There is no such key.");

    private static IResult ChangedInSettings() => Problem.Conflict("This key is one of the settings (Moderato__ApiKeys__N__…): change it there.");

    private static IResult Overtaken() => Problem.Conflict("The key was changed by others all the while. Look at it and try again.");
}
