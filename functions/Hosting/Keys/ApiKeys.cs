using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>What a key may do.</summary>
public enum Scope
{
    /// <summary>Send comments.</summary>
    Ingest,

    /// <summary>Read outcomes and digests.</summary>
    Read,

    /// <summary>Decide, and have digests compiled.</summary>
    Moderate,

    /// <summary>Change settings.</summary>
    Admin,
}

/// <summary>A key, known only by its hash.</summary>
/// <param name="Name">Who holds it; for people, never secret.</param>
/// <param name="Sha256">SHA-256 of the key's UTF-8 bytes. Keys are 256 random bits, so a plain hash cannot be searched.</param>
/// <param name="Communities">The communities it is for; null means all.</param>
/// <param name="Scopes">What it may do there.</param>
public sealed record ApiKey(string Name, byte[] Sha256, IReadOnlySet<CommunityId>? Communities, IReadOnlySet<Scope> Scopes)
{
    /// <summary>What its holder decides is a proposal.</summary>
    public bool Apprentice { get; init; }
}

/// <summary>
/// Checks bearer tokens. Whoever has no right key learns nothing about what exists: the answer is the same for a community that
/// is there and for one that is not.
/// </summary>
public sealed class ApiKeys(IEnumerable<ApiKey> keys, Communities communities)
{
    private readonly ApiKey[] _keys = [.. keys];

    private const string CallerItem = "moderato.caller";

    /// <summary>
    /// The community if the request's key may do that there; otherwise the refusal to answer with. Exactly one of the two is null.
    /// </summary>
    public async Task<(Community? Community, IResult? Refusal)> AdmitAsync(HttpRequest request, string community, Scope scope, CancellationToken cancellationToken)
    {
        if (await KeyOfAsync(request, cancellationToken) is not { } key)
            return (null, Problem.Unauthorized("Send a valid API key in the header: Authorization: Bearer KEY"));
        if (!CommunityId.TryParse(community, out var id) || key.Communities?.Contains(id) is false || !key.Scopes.Contains(scope))
            return (null, Problem.Forbidden($"This needs a key with the scope '{Name(scope)}' for this community."));
        return communities.Find(id) is { } found
            ? (found, null)
            : (null, Problem.NotFound($"There is no community '{id}' in the settings."));
    }

    /// <summary>Whether the request's key may do that in some community: for what belongs to none. Null if so, else the refusal to answer with.</summary>
    public async Task<IResult?> AdmitAsync(HttpRequest request, Scope scope, CancellationToken cancellationToken)
    {
        if (await KeyOfAsync(request, cancellationToken) is not { } key)
            return Problem.Unauthorized("Send a valid API key in the header: Authorization: Bearer KEY");
        return key.Scopes.Contains(scope) ? null : Problem.Forbidden($"This needs a key with the scope '{Name(scope)}'.");
    }

    /// <summary>The key of a request that was admitted.</summary>
    public static ApiKey CallerOf(HttpRequest request) =>
        request.HttpContext.Items[CallerItem] as ApiKey ?? throw new InvalidOperationException("The request was not admitted.");

    /// <summary>A key by its text; null if there is none.</summary>
    public Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        ApiKey? match = null;
        foreach (var key in _keys) // every key is compared, so that time does not tell which one came close
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Sha256))
                match = key;
        }
        return Task.FromResult(match);
    }

    /// <summary>The bearer token of a request; null if it has none.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
    }

    private async Task<ApiKey?> KeyOfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var key = TokenOf(request) is { } token ? await FindAsync(token, cancellationToken) : null;
        request.HttpContext.Items[CallerItem] = key;
        return key;
    }

    private static string Name(Scope scope) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(scope.ToString());
}
