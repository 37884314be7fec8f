using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>
/// Checks bearer tokens. Whoever has no right key learns nothing about what exists: the answer is the same for a community that
/// is there and for one that is not.
/// </summary>
/// <param name="settings">The keys of the settings.</param>
/// <param name="communities">The communities of the settings.</param>
/// <param name="store">The other keys.</param>
/// <param name="time">What the time is.</param>
public sealed class ApiKeys(IReadOnlyList<SettingsKey> settings, Communities communities, IKeyStore store, TimeProvider time)
{
    private readonly KeyCache _cache = new(time);
    private readonly RateLimits _limits = new(time);

    private const string CallerItem = "moderato.caller";

    /// <summary>
    /// The community if the request's key may do that there; otherwise the refusal to answer with. Exactly one of the two is null.
    /// </summary>
    public async Task<(Community? Community, IResult? Refusal)> AdmitAsync(HttpRequest request, string community, Scope scope, CancellationToken cancellationToken)
    {
        var (key, refusal) = await CallerAsync(request, cancellationToken);
        if (key is null)
            return (null, refusal);
        if (!CommunityId.TryParse(community, out var id) || key.Communities?.Contains(id) is false || !key.Scopes.Contains(scope))
            return (null, Problem.Forbidden($"This needs a key with the scope '{Name(scope)}' for this community."));
        return communities.Find(id) is { } found
            ? (found, null)
            : (null, Problem.NotFound($"There is no community '{id}' in the settings."));
    }

    /// <summary>Whether the request's key may do that in some community: for what belongs to none. Null if so, else the refusal to answer with.</summary>
    public async Task<IResult?> AdmitAsync(HttpRequest request, Scope scope, CancellationToken cancellationToken)
    {
        var (key, refusal) = await CallerAsync(request, cancellationToken);
        if (key is null)
            return refusal;
        return key.Scopes.Contains(scope) ? null : Problem.Forbidden($"This needs a key with the scope '{Name(scope)}'.");
    }

    /// <summary>The key of a request that was admitted.</summary>
    public static ApiKey CallerOf(HttpRequest request) =>
        (request.HttpContext.Items[CallerItem] as Caller)?.Key ?? throw new InvalidOperationException("The request was not admitted.");

    /// <summary>The keys of the settings.</summary>
    public IReadOnlyList<ApiKey> OfSettings { get; } = [.. settings.Select(s => s.Key)];

    /// <summary>A key by its text; null if there is none, or if it expired or was revoked (on another instance: up to 15 seconds ago).</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        ApiKey? match = null;
        foreach (var (key, sha256) in settings) // every key is compared, so that time does not tell which one came close
        {
            if (CryptographicOperations.FixedTimeEquals(hash, sha256))
                match = key;
        }
        if (match is not null || KeyText.Parse(text) is not var (id, secret))
            return match;
        var stored = await _cache.FindAsync(id, async wanted => (await store.FindAsync(wanted, cancellationToken))?.Key) ?? StoredKey.Nobody;
        return stored.Opens(secret, time.GetUtcNow()) ? stored.Key : null;
    }

    /// <summary>Takes one request from what a key may make in a minute.</summary>
    /// <returns>Null if there was one; else after how many seconds there will be, at least 1.</returns>
    public int? Take(ApiKey key) => _limits.Take(key);

    /// <summary>A key was changed: on this instance that counts at once.</summary>
    public void Forget(string id) => _cache.Forget(id);

    /// <summary>The bearer token of a request; null if it has none.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
    }

    private async Task<(ApiKey? Key, IResult? Refusal)> CallerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var token = TokenOf(request);
        if (request.HttpContext.Items[CallerItem] is Caller known && known.Token == token)
            return (known.Key, null); // a function asks about several things: it is one request
        request.HttpContext.Items[CallerItem] = null;
        if (token is null || await FindAsync(token, cancellationToken) is not { } key)
            return (null, Problem.Unauthorized("Send a valid API key in the header: Authorization: Bearer KEY"));
        if (Take(key) is { } seconds)
            return (null, Problem.TooManyRequests(seconds));
        request.HttpContext.Items[CallerItem] = new Caller(token, key);
        return (key, null);
    }

    private sealed record Caller(string Token, ApiKey Key);

    /// <summary>A scope as the interface writes it.</summary>
    internal static string Name(Scope scope) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(scope.ToString());
}
