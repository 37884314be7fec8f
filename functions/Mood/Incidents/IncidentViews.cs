namespace Moderato.Mood;

/// <summary>A channel as the HTTP interface shows it.</summary>
public sealed record ChannelOf(string Platform, string Channel);

/// <summary>One thing that happened to an incident.</summary>
/// <param name="At">When.</param>
/// <param name="What">What.</param>
/// <param name="Level">The level from then on.</param>
/// <param name="By">Who did it; null for what nobody did.</param>
/// <param name="Note">In the words of whoever did it; of <c>joined</c> the other incident's id.</param>
public sealed record IncidentEventView(DateTimeOffset At, IncidentEventKind What, Level Level, string? By, string? Note);

/// <summary>An incident as the HTTP interface shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="About">What it is about.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Level">The level now.</param>
/// <param name="Highest">The highest level that it ever had.</param>
/// <param name="Concepts">What it is about, by the lexicon's names; empty where it has no cause.</param>
/// <param name="Words">Words that at least two people used.</param>
/// <param name="People">The most people that it had at once; the figures that follow are of the same moment.</param>
/// <param name="Comments">How many comments they wrote.</param>
/// <param name="Anger">Mean anger, 0 to 1.</param>
/// <param name="Channels">Where, the channel with most people first.</param>
/// <param name="WindowMinutes">The span that told most, in minutes: 5, 60 or 1440.</param>
/// <param name="Expected">How many people are usual in such a span at this hour of the week.</param>
/// <param name="Probability">Probability of so many or more if all were as usual, 0 to 1.</param>
/// <param name="FirstAt">The first of its comments.</param>
/// <param name="LastAt">The last of its comments so far.</param>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="ChangedAt">When its state or level last changed.</param>
/// <param name="ClosedAt">When it was over, or somebody closed it; null before.</param>
/// <param name="Owner">Who sees to it; null for nobody.</param>
/// <param name="AcknowledgedBy">Who said so first; null for nobody.</param>
/// <param name="AcknowledgedAt">When.</param>
/// <param name="ClosedBy">Who closed it; null where it calmed down by itself.</param>
/// <param name="ClosingNote">What they wrote.</param>
/// <param name="OutcomeIds">Outcomes to look at, the most typical first.</param>
/// <param name="Timeline">What happened, oldest first.</param>
public sealed record IncidentView(
    string Id, ScopeKind About, IncidentState State, Level Level, Level Highest, IReadOnlyList<string> Concepts, IReadOnlyList<string> Words, int People, int Comments, double Anger,
    IReadOnlyList<ChannelOf> Channels, int WindowMinutes, double Expected, double Probability, DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt,
    DateTimeOffset? ClosedAt, string? Owner, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, string? ClosedBy, string? ClosingNote, IReadOnlyList<string> OutcomeIds,
    IReadOnlyList<IncidentEventView> Timeline)
{
    public static IncidentView Of(Incident incident) => new(
        incident.Id, incident.Scope.Kind, incident.State, incident.Level, incident.Highest, incident.Concepts, incident.Words, incident.People, incident.Comments, incident.Anger,
        [.. incident.Channels.Select(c => new ChannelOf(c.Platform.ToString(), c.Channel))], (int)incident.Window.TotalMinutes, incident.Expected, incident.Probability,
        incident.FirstAt, incident.LastAt, incident.OpenedAt, incident.ChangedAt, incident.ClosedAt, incident.Owner, incident.AcknowledgedBy, incident.AcknowledgedAt, incident.ClosedBy,
        incident.ClosingNote, incident.Outcomes, [.. incident.Timeline.Select(e => new IncidentEventView(e.At, e.What, e.Level, e.By, e.Note))]);
}

/// <summary>A page of incidents, newest first.</summary>
/// <param name="Items">The incidents.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> with the same query for the next page; null at the end.</param>
public sealed record IncidentList(IReadOnlyList<IncidentView> Items, string? NextCursor);

/// <summary>How it stands with one channel, cause, raid or person now.</summary>
/// <param name="About">What it is about.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="IncidentId">Its incident; null where it has none, or is part of another's.</param>
/// <param name="Concepts">What it is about, by the lexicon's names; empty where it has no cause.</param>
/// <param name="Words">Words that at least two people used.</param>
/// <param name="People">How many different people.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Anger">Mean anger, 0 to 1.</param>
/// <param name="Channels">Where, the channel with most people first.</param>
/// <param name="WindowMinutes">The span that tells most, in minutes: 5, 60 or 1440.</param>
/// <param name="Expected">How many people are usual in such a span at this hour of the week.</param>
/// <param name="Probability">Probability of so many or more if all is as usual, 0 to 1.</param>
/// <param name="FirstAt">The first of its comments.</param>
/// <param name="LastAt">The last of its comments.</param>
/// <param name="OutcomeIds">Outcomes to look at, the most typical first.</param>
public sealed record FindingView(
    ScopeKind About, Level Level, string? IncidentId, IReadOnlyList<string> Concepts, IReadOnlyList<string> Words, int People, int Comments, double Anger, IReadOnlyList<ChannelOf> Channels,
    int WindowMinutes, double Expected, double Probability, DateTimeOffset FirstAt, DateTimeOffset LastAt, IReadOnlyList<string> OutcomeIds)
{
    public static FindingView Of(Finding finding, string? incident, Labels labels) => new(
        finding.Scope.Kind, finding.Level, incident, labels.Concepts, labels.Words, finding.People, finding.Comments, finding.Anger,
        [.. finding.Channels.Select(c => new ChannelOf(c.Platform.ToString(), c.Channel))], (int)finding.Window.TotalMinutes, finding.Expected, finding.Probability, finding.FirstAt, finding.LastAt,
        finding.Outcomes);
}

/// <summary>How it stands with a community.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Level">The worst level of all.</param>
/// <param name="Comments">How many comments of the last 24 hours were looked at.</param>
/// <param name="Findings">Everything above calm, the worst first.</param>
public sealed record MoodView(DateTimeOffset At, Level Level, int Comments, IReadOnlyList<FindingView> Findings);

/// <summary>A channel on which newcomers and links wait for a person.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The page, profile or forum.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">Until when; then it ends by itself.</param>
/// <param name="IncidentId">The raid's incident; null where a person began it.</param>
/// <param name="By">Who began it, or made it longer; null for nobody.</param>
public sealed record ProtectionView(string Platform, string Channel, DateTimeOffset Since, DateTimeOffset Until, string? IncidentId, string? By)
{
    public static ProtectionView Of(Protection protection) =>
        new(protection.Platform.ToString(), protection.Channel, protection.Since, protection.Until, protection.Incident, protection.By);
}

/// <summary>The channels that are protected now.</summary>
public sealed record ProtectionList(IReadOnlyList<ProtectionView> Protections);
