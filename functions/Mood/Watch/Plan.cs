namespace Moderato.Mood;

/// <summary>An incident that goes on, and how it stands.</summary>
internal sealed record Followed(StandingIncident Incident, Finding Finding);

/// <summary>
/// What findings mean for incidents. A cause and the channels that it happens on are one incident: a finding most of whose people are in a
/// cause's or a raid's incident opens none of its own, and a channel's incident goes on as its cause's once that is known.
/// </summary>
internal sealed class Plan
{
    private readonly PeopleBehind _people;
    private readonly DateTimeOffset _now;
    private readonly List<Followed> _follow = [];
    private readonly List<Followed> _adopt = [];
    private readonly List<(StandingIncident Incident, Finding Into)> _join = [];
    private readonly List<Finding> _open = [];

    private Plan(PeopleBehind people, DateTimeOffset now) => (_people, _now) = (people, now);

    /// <summary>Incidents whose scope was found, calm or not; also those that rise again.</summary>
    public IReadOnlyList<Followed> Follow => _follow;

    /// <summary>Incidents of which it is known now what they are about.</summary>
    public IReadOnlyList<Followed> Adopt => _adopt;

    /// <summary>Incidents of channels that are part of a cause's, which has a row or opens now.</summary>
    public IReadOnlyList<(StandingIncident Incident, Finding Into)> Join => _join;

    /// <summary>What is new.</summary>
    public IReadOnlyList<Finding> Open => _open;

    public static Plan Of(IReadOnlyList<Finding> findings, IReadOnlyList<StandingIncident> incidents, PeopleBehind people, DateTimeOffset now)
    {
        var plan = new Plan(people, now);
        var watched = Watched(incidents);
        var found = findings.ToDictionary(f => f.Scope);
        foreach (var (scope, incident) in watched)
        {
            if (found.TryGetValue(scope, out var finding))
                plan._follow.Add(new Followed(incident, finding));
        }
        // What explains others comes first; of equals the worse, and the larger.
        foreach (var finding in findings.Where(f => f.Level > Level.Calm && !watched.ContainsKey(f.Scope))
            .OrderByDescending(f => f.Scope.Kind).ThenByDescending(f => f.Level).ThenByDescending(f => f.People).ThenBy(f => f.Scope.Key, StringComparer.Ordinal))
            plan.Place(finding, incidents);
        plan.JoinChannels();
        return plan;
    }

    /// <summary>The level that each watched scope has: it falls later than it rises.</summary>
    public static IReadOnlyDictionary<Scope, Level> StandingOf(IReadOnlyList<StandingIncident> incidents) =>
        Watched(incidents).ToDictionary(w => w.Key, w => w.Value.Incident.Level);

    /// <summary>By scope, those that are not calm yet; one that somebody closed may still have to calm down.</summary>
    private static Dictionary<Scope, StandingIncident> Watched(IReadOnlyList<StandingIncident> incidents) =>
        incidents.Where(i => i.Incident.CalmAt is null).GroupBy(i => i.Incident.Scope).ToDictionary(g => g.Key, g => g.MaxBy(i => i.Incident.OpenedAt)!);

    private void Place(Finding finding, IReadOnlyList<StandingIncident> incidents)
    {
        var at = _follow.FindIndex(f => Explains(f.Finding, finding));
        if (at >= 0)
        {
            // The same people, and worse than they were together: the incident that has them rises with it.
            var (incident, known) = _follow[at];
            if (finding.Scope.Kind != ScopeKind.Person && finding.Level > known.Level)
                _follow[at] = new Followed(incident, known with { Level = finding.Level });
        }
        else if (_open.Exists(f => Explains(f, finding)) || _adopt.Exists(f => Explains(f.Finding, finding)))
        {
            return;
        }
        else if (finding.Scope.Kind == ScopeKind.Cause && _follow.FindIndex(f => BecomesOf(f, finding)) is >= 0 and var goesOn)
        {
            _adopt.Add(new Followed(_follow[goesOn].Incident, finding));
            _follow.RemoveAt(goesOn);
        }
        else if (incidents.FirstOrDefault(i => i.Incident.Scope == finding.Scope && i.Incident.CalmAt > _now - Incident.ReopensWithin) is { } lately)
        {
            _follow.Add(new Followed(lately, finding));
        }
        else
        {
            _open.Add(finding);
        }
    }

    /// <summary>Raids and causes explain causes, channels and people; channels explain people.</summary>
    private bool Explains(Finding one, Finding other) =>
        one.Level > Level.Calm && one.Scope.Kind is not ScopeKind.Person && other.Scope.Kind is not ScopeKind.Raid
        && (one.Scope.Kind is not ScopeKind.Channel || other.Scope.Kind is ScopeKind.Person)
        && _people.AreMostlyOf(Subject.Of(other), Subject.Of(one));

    /// <summary>
    /// A channel's incident most of whose people have this cause, or a cause's that is calm now while the same people have another word for
    /// it. As the incident was: what a cause explains is no longer found on its channels.
    /// </summary>
    private bool BecomesOf(Followed known, Finding cause) => known.Incident.Incident.IsLive
        && (known.Incident.Incident.Scope.Kind is ScopeKind.Channel || (known.Incident.Incident.Scope.Kind is ScopeKind.Cause && known.Finding.Level == Level.Calm))
        && _people.AreMostlyOf(Subject.Of(known.Incident.Incident), Subject.Of(cause));

    private void JoinChannels()
    {
        foreach (var channel in _follow.Where(f => f.Incident.Incident is { IsLive: true, Scope.Kind: ScopeKind.Channel }).ToList())
        {
            var into = _follow.Select(f => f.Finding).Concat(_adopt.Select(a => a.Finding)).Concat(_open).FirstOrDefault(f =>
                f is { Scope.Kind: ScopeKind.Cause, Level: > Level.Calm } && f.Level >= channel.Finding.Level
                && _people.AreMostlyOf(Subject.Of(channel.Incident.Incident), Subject.Of(f)));
            if (into is null)
                continue;
            _follow.Remove(channel);
            _join.Add((channel.Incident, into));
        }
    }
}
