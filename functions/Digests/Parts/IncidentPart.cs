using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>Alarms of a span: those that were open in it, and those that are still.</summary>
public sealed class IncidentPart(IIncidentStore incidents)
{
    public const int Most = 5;

    /// <summary>An incident lasts days, not weeks: one that opened longer before is not looked for.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(30);

    /// <summary>More incidents than any month has.</summary>
    private const int MostRead = 500;

    public async Task<Capped<IncidentItem>> OfAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (opened, _) = await incidents.PageAsync(community, new IncidentQuery(from - LookBack, to, MostRead), cancellationToken);
        // One that became part of another is told with that one.
        var within = opened.Where(i => !(i.ClosedAt < from) && i.Timeline[^1].What != IncidentEventKind.Joined)
            .OrderByDescending(i => i.Highest).ThenByDescending(i => i.People).ThenBy(i => i.Id, StringComparer.Ordinal)
            .ToList();
        return new Capped<IncidentItem>(within.Count, [.. within.Take(Most).Select(ItemOf)]);
    }

    private static IncidentItem ItemOf(Incident incident) => new(
        incident.Id, incident.Highest, incident.Scope.Kind, incident.Concepts, incident.Words, incident.People, incident.Channels, incident.OpenedAt, incident.ClosedAt, incident.Owner);
}
