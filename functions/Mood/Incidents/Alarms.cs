using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Mail;

namespace Moderato.Mood;

/// <summary>
/// Tells people and systems how it stands with incidents. What is to be told stands in the incident's row before anybody is told, and that
/// it was told is written last: stopped between, it is told again under the same ids, which is telling it once.
/// </summary>
public sealed partial class Alarms(
    IIncidentStore store, Announcer announcer, Postbox postbox, IncidentLinks links, TimeProvider time, ILogger<Alarms> logger)
{
    /// <summary>Which letters are alarms.</summary>
    public const string Kind = "alarm";

    private const int MaxConflicts = 8;

    /// <summary>Tells what was not told yet, as far as it does not wait for the end of quiet hours.</summary>
    public async Task<StandingIncident> SettleAsync(Community community, StandingIncident standing, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            var incident = standing.Incident;
            var (alarm, escalation) = (AlarmDue(incident), EscalationDue(incident));
            if (alarm is not null && Waits(alarm, incident, community, time.GetUtcNow()))
                alarm = null;
            if (incident.Told == incident.Change && alarm is null && escalation is null)
                return standing;

            foreach (var happened in incident.Timeline.Where(e => e.Change > incident.Told))
                await TellAsync(community.Id, incident, happened, cancellationToken);
            await PostAsync(community, incident, alarm, Editions.Alarms, cancellationToken);
            await PostAsync(community, incident, escalation, Editions.Escalations, cancellationToken);
            var next = incident with
            {
                Told = incident.Change,
                Mailed = alarm?.Change ?? incident.Mailed,
                EscalationMailed = escalation?.Change ?? incident.EscalationMailed,
            };
            if (await store.ReplaceAsync(community.Id, standing, next, cancellationToken) is { } tag)
            {
                Measure(community, incident, alarm);
                return new StandingIncident(next, tag);
            }
            standing = await store.FindAsync(community.Id, incident.Id, cancellationToken) ?? throw new InvalidOperationException("An incident vanished while it was told.");
        }
        throw new InvalidOperationException($"An incident changed {MaxConflicts} times while it was told.");
    }

    /// <summary>What a letter is about.</summary>
    public static string Of(string incident, int change) => string.Create(CultureInfo.InvariantCulture, $"{incident}/{change}");

    /// <summary>The incident and the change that a letter is about.</summary>
    public static (string Incident, int Change)? ReadOf(string of) =>
        of.Split('/') is [var incident, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var change) ? (incident, change) : null;

    /// <summary>
    /// The last rise that nobody was mailed, from unrest on; or that it is over, if they were mailed before. Nobody is mailed about what
    /// somebody closed: somebody saw to it.
    /// </summary>
    internal static IncidentEvent? AlarmDue(Incident incident) => incident.State switch
    {
        IncidentState.Closed => null,
        IncidentState.Over => incident.SinceOpening.Any(e => IsAlarm(e) && e.Change <= incident.Mailed)
            ? incident.SinceOpening.LastOrDefault(e => e.What == IncidentEventKind.AllClear && e.Change > incident.Mailed)
            : null,
        _ => incident.SinceOpening.LastOrDefault(e => IsAlarm(e) && e.Change > incident.Mailed),
    };

    private static IncidentEvent? EscalationDue(Incident incident) => !incident.IsLive ? null
        : incident.SinceOpening.LastOrDefault(e => e.What == IncidentEventKind.Escalated && e.Change > incident.EscalationMailed);

    private static bool IsAlarm(IncidentEvent happened) => happened is
    {
        Change: not null, Level: >= Level.Unrest, What: IncidentEventKind.Opened or IncidentEventKind.Reopened or IncidentEventKind.LevelChanged
    };

    /// <summary>At night only what cannot wait wakes anybody.</summary>
    private static bool Waits(IncidentEvent alarm, Incident incident, Community community, DateTimeOffset now) =>
        community.Quiet is { } quiet && incident.Scope.Kind != ScopeKind.Raid && alarm.Level <= Level.Unrest && quiet.Hold(now, community.Zone);

    /// <summary>How long it took from the last comment's coming in until the alarm was posted. One that may have waited for the end of quiet hours says nothing.</summary>
    private void Measure(Community community, Incident incident, IncidentEvent? alarm)
    {
        if (alarm is null || !IsAlarm(alarm) || (community.Quiet is not null && alarm.Level <= Level.Unrest))
            return;
        var delay = time.GetUtcNow() - (incident.LastReceivedAt ?? incident.LastAt);
        Meters.Alarmed(community.Id, delay);
        Log.Told(logger, community.Id, (long)delay.TotalSeconds);
    }

    private async Task TellAsync(CommunityId community, Incident incident, IncidentEvent happened, CancellationToken cancellationToken)
    {
        var type = happened.What switch
        {
            IncidentEventKind.Opened or IncidentEventKind.Reopened => EventTypes.IncidentOpened,
            IncidentEventKind.Escalated => EventTypes.IncidentEscalated,
            IncidentEventKind.AllClear or IncidentEventKind.Joined or IncidentEventKind.Closed => EventTypes.IncidentClosed,
            _ => EventTypes.IncidentChanged,
        };
        await announcer.IncidentAsync(community, type, happened.At, new IncidentEventData(
            community.ToString(), incident.Id, happened.Change!.Value, Name(incident.Scope.Kind), Name(happened.Level), Name(incident.State), incident.Concepts, incident.Words,
            incident.People, incident.Comments, [.. incident.Channels.Select(c => new IncidentChannel(c.Platform.ToString(), c.Channel))], incident.Outcomes, incident.OpenedAt,
            await links.LinkAsync(community, incident.Id, cancellationToken)), cancellationToken);
    }

    private Task PostAsync(Community community, Incident incident, IncidentEvent? happened, string edition, CancellationToken cancellationToken) => happened is null
        ? Task.CompletedTask
        : postbox.PostAsync(
            [.. community.Recipients.Where(r => r.Editions.Contains(edition)).Select(r =>
                new MailRequest(community.Id, Kind, Of(incident.Id, happened.Change!.Value), edition, r.Address, r.Language))],
            cancellationToken);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Alarm of {Community} told after {Seconds} s.")]
        public static partial void Told(ILogger logger, CommunityId community, long seconds);
    }
}

/// <summary>Links to incidents that only we can make, and that open one incident and nothing else.</summary>
public sealed class IncidentLinks(Cursors cursors)
{
    private const string Purpose = "incident";

    /// <summary>The page's address, below the app's own.</summary>
    public async Task<string> LinkAsync(CommunityId community, string incident, CancellationToken cancellationToken) =>
        "/api/incidents/" + await cursors.SealAsync(Purpose, $"{community}|{incident}", cancellationToken);

    /// <summary>What a link leads to; null if it is none of ours.</summary>
    public async Task<(CommunityId Community, string Incident)?> OpenAsync(string token, CancellationToken cancellationToken) =>
        (await cursors.OpenAsync(Purpose, token, cancellationToken))?.Split('|', 2) is [var community, var incident] ? (CommunityId.Parse(community), incident) : null;
}
