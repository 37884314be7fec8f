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

    /// <summary>Change settings and keys, read who changed what.</summary>
    Admin,
}

/// <summary>A key that holds, wherever it is kept; what proves it is kept apart.</summary>
/// <param name="Id"><c>settings-0</c> for the first one of the settings; 12 letters and digits for one that was made over HTTP.</param>
/// <param name="Name">Who holds it; for people, never secret.</param>
/// <param name="Communities">The communities it is for; null means all.</param>
/// <param name="Scopes">What it may do there.</param>
public sealed record ApiKey(string Id, string Name, IReadOnlySet<CommunityId>? Communities, IReadOnlySet<Scope> Scopes)
{
    /// <summary>Unless something else is said.</summary>
    public const int DefaultRequestsPerMinute = 600;

    public const int MostRequestsPerMinute = 100_000;

    /// <summary>How many requests it may make a minute, of each instance of the app; 1 to 100,000.</summary>
    public int RequestsPerMinute { get; init; } = DefaultRequestsPerMinute;

    /// <summary>Whether who holds it is still learning: what it decides are proposals.</summary>
    public bool Apprentice { get; init; }

    /// <summary>Whether everything that another key may do is something that this one may do. Only then may it see or make it.</summary>
    public bool Covers(IReadOnlySet<CommunityId>? others) => Communities is null || (others is not null && Communities.IsSupersetOf(others));

    /// <summary>Whether it may hand out a text that can do so much: nobody gives away more than they have.</summary>
    public bool MayGive(IReadOnlySet<CommunityId>? communities, IReadOnlySet<Scope> scopes, bool apprentice) =>
        Covers(communities) && Scopes.IsSupersetOf(scopes) && (apprentice || !Apprentice);
}

/// <summary>A key of the settings.</summary>
/// <param name="Key">What it may do.</param>
/// <param name="Sha256">SHA-256 of its text's UTF-8 bytes. These keys are 256 random bits, so a plain hash cannot be searched.</param>
public sealed record SettingsKey(ApiKey Key, byte[] Sha256);
