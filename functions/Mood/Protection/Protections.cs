using System.Collections.Concurrent;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>Which channels are protected, as read at most some seconds ago; begun and ended by hand.</summary>
public sealed class Protections(IProtectionStore store, Incidents incidents, TimeProvider time)
{
    /// <summary>How long every instance may go on with what it knows: within 10 seconds a protection holds everywhere.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(8);

    private const int MaxConflicts = 8;

    private readonly ConcurrentDictionary<CommunityId, (DateTimeOffset ReadAt, IReadOnlyList<Protection> Lasting)> _known = new();

    /// <summary>What is protected now, as far as this instance knows.</summary>
    public async Task<IReadOnlyList<Protection>> CurrentAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!_known.TryGetValue(community, out var known) || now - known.ReadAt >= Remembered)
            _known[community] = known = (now, await store.LastingAsync(community, now, cancellationToken));
        return known.Lasting.Any(p => p.Until <= now) ? [.. known.Lasting.Where(p => p.Until > now)] : known.Lasting;
    }

    /// <summary>Protects a channel until a time, or longer where it is protected longer already.</summary>
    public async Task<Protection> BeginAsync(CommunityId community, PlatformId platform, string channel, TimeSpan span, string by, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            var (now, standing) = (time.GetUtcNow(), await store.FindAsync(community, platform, channel, cancellationToken));
            var lasting = standing.Protection?.Until > now ? standing.Protection : null;
            var next = lasting is null
                ? new Protection(platform, channel, now, now + span, null, by)
                : lasting with { Until = lasting.Until > now + span ? lasting.Until : now + span, By = by };
            if (!await store.SaveAsync(community, standing, next, cancellationToken))
                continue;
            _known.TryRemove(community, out _);
            return next;
        }
        throw new InvalidOperationException($"A protection changed {MaxConflicts} times while it was begun.");
    }

    /// <summary>
    /// Ends a protection. That somebody ended it stands in the raid's incident first: so the watch does not begin it again. False if the
    /// channel is not protected.
    /// </summary>
    public async Task<bool> EndAsync(Community community, PlatformId platform, string channel, string by, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            var (now, standing) = (time.GetUtcNow(), await store.FindAsync(community.Id, platform, channel, cancellationToken));
            if (standing.Protection is not { } protection || protection.Until <= now)
                return false;
            if (protection.Incident is { } raid)
                await incidents.ChangeAsync(community, raid, incident => (Ended(incident, by, now), null), cancellationToken);
            if (!await store.SaveAsync(community.Id, standing, protection with { Until = now, By = by }, cancellationToken))
                continue;
            _known.TryRemove(community.Id, out _);
            return true;
        }
        throw new InvalidOperationException($"A protection changed {MaxConflicts} times while it was ended.");
    }

    private static Incident Ended(Incident incident, string by, DateTimeOffset now) =>
        RaidProtection.LastOf(incident) is { What: IncidentEventKind.ProtectionEnded, By: not null }
            ? incident
            : incident.After(new IncidentEvent(now, IncidentEventKind.ProtectionEnded, incident.Level, by), tell: false);
}
