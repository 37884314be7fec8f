using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>
/// Protects a channel while a raid goes on: until an hour after its last comment, at most twelve hours, and no longer than people want. The
/// channel's row is written first, then the incident's timeline; stopped between, the next look writes the timeline.
/// </summary>
public sealed class RaidProtection(IProtectionStore store, Incidents incidents)
{
    private const int MaxConflicts = 8;

    /// <param name="community">Whose.</param>
    /// <param name="raid">The raid's incident.</param>
    /// <param name="lastComment">The last comment of the raid; null once it is over.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task FollowAsync(Community community, StandingIncident raid, DateTimeOffset? lastComment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (raid.Incident.Channels is not [var channel, ..])
            return;
        var events = raid.Incident.SinceOpening.Where(e => e.What is IncidentEventKind.ProtectionBegan or IncidentEventKind.ProtectionEnded).ToList();
        var wanted = lastComment is not null && raid.Incident.IsLive && !events.Exists(e => e.What == IncidentEventKind.ProtectionEnded && e.By is not null);
        var shown = LastOf(raid.Incident)?.What == IncidentEventKind.ProtectionBegan;
        if (!wanted && !shown)
            return;
        var lasts = await ProtectAsync(community.Id, raid.Incident.Id, channel, wanted ? lastComment : null, events.FirstOrDefault()?.At ?? now, now, cancellationToken);
        if (lasts == shown)
            return;
        var what = lasts ? IncidentEventKind.ProtectionBegan : IncidentEventKind.ProtectionEnded;
        await incidents.ChangeAsync(
            community, raid, incident => (LastOf(incident)?.What == what ? incident : incident.After(new IncidentEvent(now, what, incident.Level), tell: false), null), cancellationToken);
    }

    /// <summary>What last happened to an incident's protection since it opened; null for nothing.</summary>
    internal static IncidentEvent? LastOf(Incident incident) =>
        incident.SinceOpening.LastOrDefault(e => e.What is IncidentEventKind.ProtectionBegan or IncidentEventKind.ProtectionEnded);

    /// <summary>Whether the channel is protected now, for this raid.</summary>
    private async Task<bool> ProtectAsync(
        CommunityId community, string raid, EventChannel channel, DateTimeOffset? lastComment, DateTimeOffset began, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            var standing = await store.FindAsync(community, channel.Platform, channel.Channel, cancellationToken);
            var known = standing.Protection;
            var lasting = known?.Until > now;
            var until = lastComment is { } last ? Min(last + Protection.AfterARaid, began + Protection.Longest) : DateTimeOffset.MinValue;
            if (until <= now || (lasting && until <= known!.Until))
                return lasting && known!.Incident == raid;
            var next = new Protection(channel.Platform, channel.Channel, lasting ? known!.Since : now, until, raid, lasting ? known!.By : null);
            if (await store.SaveAsync(community, standing, next, cancellationToken))
                return true;
        }
        throw new InvalidOperationException($"A protection changed {MaxConflicts} times while it was to be carried on.");
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
