using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>A channel on which newcomers and links wait for a person.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The page, profile or forum.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">Until when; then it ends by itself.</param>
/// <param name="Incident">The raid's incident; null where only a person began it.</param>
/// <param name="By">Who began, or ended it; null for nobody.</param>
public sealed record Protection(PlatformId Platform, string Channel, DateTimeOffset Since, DateTimeOffset Until, string? Incident, string? By)
{
    /// <summary>How long after the last comment of a raid it goes on.</summary>
    public static readonly TimeSpan AfterARaid = TimeSpan.FromMinutes(60);

    /// <summary>How long it goes on at most without a person.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
}

/// <summary>A protection as it stands in the store; no protection where there never was one.</summary>
/// <param name="Protection">It; null where there never was one.</param>
/// <param name="Tag">The row's version; null where there is none.</param>
public sealed record StandingProtection(Protection? Protection, string? Tag);

/// <summary>Where protections are kept: one for each channel, which stays when it is over.</summary>
public interface IProtectionStore
{
    /// <summary>Those that last beyond a time. One request.</summary>
    Task<IReadOnlyList<Protection>> LastingAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken);

    Task<StandingProtection> FindAsync(CommunityId community, PlatformId platform, string channel, CancellationToken cancellationToken);

    /// <summary>False if it stands no longer as it was read.</summary>
    Task<bool> SaveAsync(CommunityId community, StandingProtection standing, Protection next, CancellationToken cancellationToken);
}
