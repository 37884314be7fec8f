using Moderato.Comments;

namespace Moderato.Scoring.Feedback;

/// <param name="Version">The correction's.</param>
/// <param name="Label">The flag it was learned for last.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Gate">What was measured before it was let in.</param>
public sealed record CorrectionRecord(string Version, string Label, DateTimeOffset SavedAt, GateResult Gate);

/// <summary>Keeps every community's corrections, version by version.</summary>
public interface ICorrectionStore
{
    /// <summary>What speaks now, or none for the shipped model.</summary>
    Task<Correction?> CurrentAsync(CommunityId community, CancellationToken cancellationToken);

    /// <summary>From now on <paramref name="correction"/> speaks. Saving it twice leaves one.</summary>
    Task SaveAsync(CommunityId community, Correction correction, CorrectionRecord record, CancellationToken cancellationToken);

    /// <summary>What ever spoke, newest first; also after it was removed.</summary>
    Task<IReadOnlyList<CorrectionRecord>> HistoryAsync(CommunityId community, CancellationToken cancellationToken);

    /// <summary>From now on the shipped model speaks alone. Removing twice is removing once.</summary>
    Task RemoveAsync(CommunityId community, CancellationToken cancellationToken);
}
