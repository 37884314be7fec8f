using System.Collections.Concurrent;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>
/// Looks at how it stands, and turns changes of level into incidents. Everything that must survive is in the incidents' rows; what it has
/// in memory is read again after a restart. Two that look at the same time come to the same: an incident opens under the tag of the
/// book, and goes on under its own.
/// </summary>
public sealed class MoodWatch(
    Listening listening, IIncidentStore store, IWatchedComments comments, IPastStore pasts, IEventStore events, Incidents incidents, Alarms alarms, RaidProtection raids, TimeProvider time)
{
    /// <summary>How far back is looked for what is usual.</summary>
    private static readonly TimeSpan PastReach = TimeSpan.FromDays(28);

    private static readonly TimeSpan PastEvery = TimeSpan.FromHours(1);

    /// <summary>How often it is asked whether somebody who complains was answered meanwhile.</summary>
    private static readonly TimeSpan AnswersEvery = TimeSpan.FromMinutes(5);

    /// <summary>So many angry messages after an answer are a complaint again.</summary>
    private const int ComplaintsAgain = 3;

    /// <summary>More answers than these are not remembered: they are asked for again.</summary>
    private const int MostAnswers = 10_000;

    /// <summary>How many people's texts are read to find words for a cause.</summary>
    private const int TextsForLabels = 12;

    /// <summary>How much of what stands is shown, the worst first.</summary>
    private const int MostShown = 50;

    /// <summary>What opens at once is one transaction.</summary>
    private const int MostOpenedAtOnce = 50;

    private readonly ConcurrentDictionary<CommunityId, (DateTimeOffset ReadAt, IReadOnlyList<PastHour> Hours)> _past = new();
    private readonly ConcurrentDictionary<(CommunityId, Scope), (DateTimeOffset AskedAt, DateTimeOffset LastAt, DateTimeOffset? Answered)> _answers = new();

    /// <summary>How it stands now, for people to see; changes nothing.</summary>
    public async Task<MoodView> ViewAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var look = await LookAsync(community, await store.ReadBookAsync(community, now, cancellationToken), now, cancellationToken);
        var people = new PeopleBehind(look.Voices, now);
        var views = new List<FindingView>();
        foreach (var finding in look.Findings.Where(f => f.Level > Level.Calm).OrderByDescending(f => f.Level).ThenByDescending(f => f.People).Take(MostShown))
        {
            var incident = look.Incidents.Incidents.FirstOrDefault(i => i.Incident.Scope == finding.Scope && i.Incident.CalmAt is null)?.Incident;
            var labels = incident is null ? await LabelsAsync(community, finding, people, cancellationToken) : new Labels(incident.Concepts, incident.Words);
            views.Add(FindingView.Of(finding, incident?.Id, labels));
        }
        return new MoodView(now, views.Select(v => v.Level).DefaultIfEmpty(Level.Calm).Max(), look.Voices.Count, views);
    }

    /// <summary>Looks, opens what is new, carries on what is there, and tells whom it concerns.</summary>
    public async Task RunAsync(Community community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var book = await store.ReadBookAsync(community.Id, now, cancellationToken);
        // What a run before this could not tell any more comes before anything new.
        var settled = new List<StandingIncident>();
        foreach (var standing in book.Incidents)
            settled.Add(await alarms.SettleAsync(community, standing, cancellationToken));
        var look = await LookAsync(community.Id, book with { Incidents = settled }, now, cancellationToken);
        var people = new PeopleBehind(look.Voices, now);
        var plan = Plan.Of(look.Findings, settled, people, now);

        foreach (var (standing, cause) in plan.Adopt)
        {
            var labels = await LabelsAsync(community.Id, cause, people, cancellationToken);
            await incidents.ChangeAsync(community, standing, incident => (incident.Adopt(cause, labels, now), null), cancellationToken);
        }
        foreach (var followed in plan.Follow)
            await FollowAsync(community, followed, people, now, cancellationToken);
        await OpenAsync(community, plan.Open, look.Incidents.Tag, people, now, cancellationToken);
        await JoinAsync(community, plan.Join, now, cancellationToken);
        foreach (var over in settled.Where(s => s.Incident is { IsLive: false, Scope.Kind: ScopeKind.Raid }))
            await raids.FollowAsync(community, over, lastComment: null, now, cancellationToken);
    }

    private async Task<Look> LookAsync(CommunityId community, IncidentBook book, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var voices = await listening.VoicesAsync(community, cancellationToken);
        var past = await PastAsync(community, now, cancellationToken);
        var noted = await events.EventsAsync(community, now, now.AddTicks(1), cancellationToken);
        return new Look(MoodEngine.Assess(voices, past, noted, Plan.StandingOf(book.Incidents), now), book, voices);
    }

    private sealed record Look(IReadOnlyList<Finding> Findings, IncidentBook Incidents, IReadOnlyCollection<Voice> Voices);

    private async Task<IReadOnlyList<PastHour>> PastAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_past.TryGetValue(community, out var known) && now - known.ReadAt < PastEvery)
            return known.Hours;
        var hours = await pasts.PastAsync(community, now - PastReach, now, cancellationToken);
        _past[community] = (now, hours);
        return hours;
    }

    private async Task FollowAsync(Community community, Followed followed, PeopleBehind people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (standing, finding) = followed;
        var answered = finding is { Scope.Kind: ScopeKind.Person, Level: > Level.Calm } && await IsAnsweredAsync(community.Id, finding, people, now, cancellationToken);
        if (answered && standing.Incident.CalmAt is not null)
            return;
        var changed = await incidents.ChangeAsync(
            community, standing, incident => ((answered ? incident.Calm(now, by: null) : incident.Follow(finding, now)).Escalate(community.EscalateAfter, now), null), cancellationToken);
        if (finding.Scope.Kind == ScopeKind.Raid && changed.Incident is { } raid)
            await raids.FollowAsync(community, raid, finding.Level > Level.Calm ? finding.LastAt : null, now, cancellationToken);
    }

    private async Task OpenAsync(Community community, IReadOnlyList<Finding> findings, string? bookTag, PeopleBehind people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var opened = new List<(Incident Incident, Finding Finding)>();
        foreach (var finding in findings.Take(MostOpenedAtOnce))
        {
            if (finding.Scope.Kind == ScopeKind.Person && await IsAnsweredAsync(community.Id, finding, people, now, cancellationToken))
                continue;
            opened.Add((IncidentSteps.Open(finding, await LabelsAsync(community.Id, finding, people, cancellationToken), now), finding));
        }
        // Whoever opened something since the book was read has seen the same: the next look finds it.
        if (opened.Count == 0 || !await store.OpenAsync(community.Id, [.. opened.Select(o => o.Incident)], bookTag, cancellationToken))
            return;
        foreach (var (incident, finding) in opened)
        {
            var changed = await incidents.ChangeAsync(community, incident.Id, same => (same, null), cancellationToken);
            if (finding.Scope.Kind == ScopeKind.Raid && changed.Incident is { } raid)
                await raids.FollowAsync(community, raid, finding.Level > Level.Calm ? finding.LastAt : null, now, cancellationToken);
        }
    }

    private async Task JoinAsync(Community community, IReadOnlyList<(StandingIncident Incident, Finding Into)> joins, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (joins.Count == 0)
            return;
        var book = await store.ReadBookAsync(community.Id, now, cancellationToken);
        foreach (var (standing, into) in joins)
        {
            if (book.Incidents.FirstOrDefault(i => i.Incident.Scope == into.Scope && i.Incident.IsLive)?.Incident.Id is { } other)
                await incidents.ChangeAsync(community, standing, incident => (incident.Join(other, now), null), cancellationToken);
        }
    }

    /// <summary>Whether the community answered, and there were not as many angry messages again since.</summary>
    private async Task<bool> IsAnsweredAsync(CommunityId community, Finding person, PeopleBehind people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = (community, person.Scope);
        if (!_answers.TryGetValue(key, out var known) || known.LastAt != person.LastAt || now - known.AskedAt >= AnswersEvery)
        {
            var outcomes = await comments.FindAsync(community, person.Outcomes, cancellationToken);
            DateTimeOffset? last = null;
            foreach (var outcome in outcomes.Where(o => o.Comment.Author is not null))
                last = await comments.AnsweredAtAsync(outcome, cancellationToken) is { } at && !(at < last) ? at : last;
            if (_answers.Count >= MostAnswers)
                _answers.Clear();
            _answers[key] = known = (now, person.LastAt, last);
        }
        return known.Answered is { } answered && answered >= person.FirstAt && people.UnhappyAfter(person, answered) < ComplaintsAgain;
    }

    /// <summary>A cause in words: read from one comment of each of some people who spoke of it.</summary>
    private async Task<Labels> LabelsAsync(CommunityId community, Finding finding, PeopleBehind people, CancellationToken cancellationToken)
    {
        if (finding.Terms.Count == 0)
            return Labels.None;
        var outcomes = await comments.FindAsync(community, [.. people.OneEach(finding).Take(TextsForLabels).Select(v => v.OutcomeId)], cancellationToken);
        var (concepts, words) = Topics.Describe(finding.Terms, [.. outcomes.Where(o => !o.Removed).Select(o => o.Comment.Text)]);
        return new Labels(concepts, words);
    }
}
