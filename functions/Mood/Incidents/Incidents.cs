using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>What became of a change to an incident.</summary>
/// <param name="Incident">The incident as it stands; null if there is none.</param>
/// <param name="Refusal">Why it was not changed, in English; null if it was.</param>
public sealed record Changed(StandingIncident? Incident, string? Refusal);

/// <summary>Changes incidents: under the tag they were read with, and told before anything else is done.</summary>
public sealed class Incidents(IIncidentStore store, Alarms alarms)
{
    private const int MaxConflicts = 8;

    /// <param name="community">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">The next version, or why there is none. Asked again if somebody else was faster.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Changed> ChangeAsync(Community community, string id, Func<Incident, (Incident? Next, string? Refusal)> change, CancellationToken cancellationToken) =>
        await store.FindAsync(community.Id, id, cancellationToken) is { } standing
            ? await ChangeAsync(community, standing, change, cancellationToken)
            : new Changed(null, null);

    /// <inheritdoc cref="ChangeAsync(Community, string, Func{Incident, ValueTuple{Incident, string}}, CancellationToken)"/>
    public async Task<Changed> ChangeAsync(
        Community community, StandingIncident standing, Func<Incident, (Incident? Next, string? Refusal)> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            var (next, refusal) = change(standing.Incident);
            if (next is null)
                return new Changed(standing, refusal);
            if (ReferenceEquals(next, standing.Incident))
                return new Changed(await alarms.SettleAsync(community, standing, cancellationToken), null);
            if (await store.ReplaceAsync(community.Id, standing, next, cancellationToken) is { } tag)
                return new Changed(await alarms.SettleAsync(community, new StandingIncident(next, tag), cancellationToken), null);
            if (await store.FindAsync(community.Id, standing.Incident.Id, cancellationToken) is not { } newer)
                return new Changed(null, null);
            standing = newer;
        }
        throw new InvalidOperationException($"An incident changed {MaxConflicts} times while it was to be changed.");
    }
}
