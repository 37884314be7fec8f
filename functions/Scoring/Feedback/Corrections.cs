using System.Collections.Concurrent;
using Moderato.Comments;

namespace Moderato.Scoring.Feedback;

/// <summary>Learns from a community's decisions, lets in what the gate accepts, and knows what speaks now.</summary>
public sealed class Corrections(Scorer scorer, ICorrectionStore store, TimeProvider time)
{
    /// <summary>How long scoring may go on with what it knows: so long after a removal the shipped model speaks again everywhere.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    /// <summary>One decision in so many is kept aside for the gate, chosen by its text's hash.</summary>
    private const int HeldOutShare = 4;

    private readonly ConcurrentDictionary<CommunityId, (DateTimeOffset ReadAt, Correction? Correction)> _known = new();
    private readonly Lazy<CorrectionGate> _gate = new(() => new CorrectionGate(scorer.Model, Benchmark.BuiltIn()));

    /// <summary>What speaks for a community, as read at most a minute ago: a storage request a minute, not one a comment.</summary>
    public async Task<Correction?> CurrentAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(community, out var known) && now - known.ReadAt < Remembered) return known.Correction;
        var correction = await store.CurrentAsync(community, cancellationToken);
        _known[community] = (now, correction);
        return correction;
    }

    /// <summary>Learns one flag and saves the correction if it is let in; other flags keep theirs.</summary>
    /// <param name="community">Whose decisions they are.</param>
    /// <param name="label">The flag.</param>
    /// <param name="decisions">All there are, in any order; those on other flags are left aside.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    /// <exception cref="ModelFileException">There is no such flag.</exception>
    public async Task<GateResult> LearnAsync(CommunityId community, string label, IReadOnlyList<PersonDecision> decisions, CancellationToken cancellationToken)
    {
        var latest = decisions.Where(decision => decision.Label == label).GroupBy(decision => decision.Text)
            .Select(sameText => sameText.MaxBy(decision => decision.At)!).ToList();
        var heldOut = latest.Where(decision => IsHeldOut(decision.Text)).ToList();
        var current = await store.CurrentAsync(community, cancellationToken);
        if (current?.ModelVersion != scorer.ModelVersion) current = null;

        var learned = CorrectionLearner.Learn(scorer.Model, label, [.. latest.Where(decision => !IsHeldOut(decision.Text))]);
        var candidate = new Correction(scorer.ModelVersion, [.. (current?.Labels ?? []).Where(other => other.Label != label), learned]);
        var result = _gate.Value.Check(candidate, current, label, heldOut);
        if (!result.Accepted) return result;
        await store.SaveAsync(community, candidate, new CorrectionRecord(candidate.Version, label, time.GetUtcNow(), result), cancellationToken);
        _known.TryRemove(community, out _);
        return result;
    }

    /// <summary>The shipped model speaks again.</summary>
    public async Task RemoveAsync(CommunityId community, CancellationToken cancellationToken)
    {
        await store.RemoveAsync(community, cancellationToken);
        _known.TryRemove(community, out _);
    }

    private static bool IsHeldOut(string text) => Fnv1a.Fold(Fnv1a.Add(Fnv1a.OffsetBasis, text), 16) % HeldOutShare == 0;
}
