namespace Moderato.Mood;

/// <summary>What a cause is called: concepts of the lexicon, and words that at least two people used.</summary>
public sealed record Labels(IReadOnlyList<string> Concepts, IReadOnlyList<string> Words)
{
    public static readonly Labels None = new([], []);
}

/// <summary>How an incident goes on. Each step gives the same incident back where it changes nothing, so that doing it twice is doing it once.</summary>
public static class IncidentSteps
{
    /// <summary>A minute of comments is not worth a row.</summary>
    private static readonly TimeSpan FinestLast = TimeSpan.FromMinutes(5);

    public static Incident Open(Finding finding, Labels labels, DateTimeOffset now) => new Incident
    {
        Id = Incident.NewId(finding.Scope, now),
        Scope = finding.Scope,
        Level = finding.Level,
        Highest = finding.Level,
        Concepts = labels.Concepts,
        Words = labels.Words,
        Terms = finding.Terms,
        People = finding.People,
        Comments = finding.Comments,
        Anger = finding.Anger,
        Channels = ChannelsOf(finding),
        Window = finding.Window,
        Expected = finding.Expected,
        Probability = finding.Probability,
        FirstAt = finding.FirstAt,
        LastAt = finding.LastAt,
        LastReceivedAt = finding.LastReceivedAt,
        Outcomes = finding.Outcomes,
        OpenedAt = now,
        ChangedAt = now,
        Timeline = [],
    }.After(new IncidentEvent(now, IncidentEventKind.Opened, finding.Level), tell: true);

    /// <summary>How it stands now. Up is told at once; down only when all is clear. One that somebody closed rises again only above what was told.</summary>
    public static Incident Follow(this Incident incident, Finding finding, DateTimeOffset now)
    {
        if (finding.Level == Level.Calm)
            return incident.Calm(now, by: null);
        if (!incident.IsLive && (incident.CalmAt is not null || finding.Level > incident.Announced))
            return incident.Reopen(finding, now);
        var next = incident.WithFigures(finding);
        if (finding.Level == incident.Level)
            return next;
        next = next with { Level = finding.Level, Highest = Max(incident.Highest, finding.Level), ChangedAt = now };
        return incident.IsLive
            ? next.After(new IncidentEvent(now, IncidentEventKind.LevelChanged, finding.Level), tell: finding.Level > incident.Announced)
            : next;
    }

    /// <summary>All is clear.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="now">When.</param>
    /// <param name="by">Who made it so; null for nobody in particular.</param>
    public static Incident Calm(this Incident incident, DateTimeOffset now, string? by)
    {
        if (incident.CalmAt is not null)
            return incident;
        if (!incident.IsLive)
            return incident with { Level = Level.Calm, CalmAt = now };
        return (incident with { State = IncidentState.Over, Level = Level.Calm, CalmAt = now, ClosedAt = now, ChangedAt = now })
            .After(new IncidentEvent(now, IncidentEventKind.AllClear, Level.Calm, by), tell: true);
    }

    /// <summary>It is part of another incident, which goes on.</summary>
    public static Incident Join(this Incident incident, string other, DateTimeOffset now) => !incident.IsLive
        ? incident
        : (incident with { State = IncidentState.Over, CalmAt = now, ClosedAt = now, ChangedAt = now })
            .After(new IncidentEvent(now, IncidentEventKind.Joined, incident.Level, Note: other), tell: true);

    /// <summary>It is known now what it is about.</summary>
    public static Incident Adopt(this Incident incident, Finding cause, Labels labels, DateTimeOffset now)
    {
        if (incident.Scope == cause.Scope)
            return incident;
        var next = incident with { Scope = cause.Scope, Concepts = labels.Concepts, Words = labels.Words, Terms = cause.Terms };
        return next.After(new IncidentEvent(now, IncidentEventKind.CauseFound, incident.Level), tell: false).Follow(cause, now);
    }

    /// <summary>Nobody saw to a crisis in time.</summary>
    public static Incident Escalate(this Incident incident, TimeSpan after, DateTimeOffset now)
    {
        if (incident.State != IncidentState.Open || incident.Level < Level.Crisis || incident.SinceOpening.Any(e => e.What == IncidentEventKind.Escalated))
            return incident;
        return incident.SinceOpening.FirstOrDefault(e => e.Change is not null && e.Level >= Level.Crisis) is { } told && now >= told.At + after
            ? incident.After(new IncidentEvent(now, IncidentEventKind.Escalated, incident.Level), tell: true)
            : incident;
    }

    /// <summary>Somebody sees to it.</summary>
    public static Incident Acknowledge(this Incident incident, string by, string? owner, DateTimeOffset now) => (incident with
    {
        State = IncidentState.Acknowledged,
        AcknowledgedBy = by,
        AcknowledgedAt = now,
        Owner = owner ?? incident.Owner ?? by,
        ChangedAt = now,
    }).After(new IncidentEvent(now, IncidentEventKind.Acknowledged, incident.Level, by), tell: false);

    public static Incident Give(this Incident incident, string owner, string by, DateTimeOffset now) =>
        (incident with { Owner = owner }).After(new IncidentEvent(now, IncidentEventKind.OwnerSet, incident.Level, by, owner), tell: false);

    public static Incident Note(this Incident incident, string text, string by, DateTimeOffset now) =>
        incident.After(new IncidentEvent(now, IncidentEventKind.Noted, incident.Level, by, text), tell: false);

    /// <summary>Somebody closes it. Whoever was told of it is told once that it is over.</summary>
    public static Incident Close(this Incident incident, string by, string note, DateTimeOffset now) => (incident with
    {
        State = IncidentState.Closed,
        ClosedAt = now,
        ClosedBy = by,
        ClosingNote = note,
        ChangedAt = now,
    }).After(new IncidentEvent(now, IncidentEventKind.Closed, incident.Level, by, note), tell: incident.IsLive);

    private static Incident Reopen(this Incident incident, Finding finding, DateTimeOffset now) => (incident.WithFigures(finding) with
    {
        State = IncidentState.Open,
        Level = finding.Level,
        Highest = Max(incident.Highest, finding.Level),
        ClosedAt = null,
        ClosedBy = null,
        ClosingNote = null,
        CalmAt = null,
        AcknowledgedBy = null,
        AcknowledgedAt = null,
        ChangedAt = now,
    }).After(new IncidentEvent(now, IncidentEventKind.Reopened, finding.Level), tell: true);

    /// <summary>The figures of the worst moment stay; that it goes on is noted every few minutes.</summary>
    private static Incident WithFigures(this Incident incident, Finding finding)
    {
        if (finding.People <= incident.People && finding.Level <= incident.Highest)
            return finding.LastAt >= incident.LastAt + FinestLast ? incident with { LastAt = finding.LastAt, LastReceivedAt = finding.LastReceivedAt } : incident;
        return incident with
        {
            People = finding.People,
            Comments = finding.Comments,
            Anger = finding.Anger,
            Channels = ChannelsOf(finding),
            Window = finding.Window,
            Expected = finding.Expected,
            Probability = finding.Probability,
            LastAt = finding.LastAt,
            LastReceivedAt = finding.LastReceivedAt,
            Outcomes = finding.Outcomes,
        };
    }

    private static IReadOnlyList<EventChannel> ChannelsOf(Finding finding) => [.. finding.Channels.Select(c => new EventChannel(c.Platform, c.Channel))];

    private static Level Max(Level one, Level other) => one > other ? one : other;
}
