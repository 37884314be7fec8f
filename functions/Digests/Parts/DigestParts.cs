using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>
/// Puts together everything that a digest says. What it asks of storage does not grow with the day's comments: roll-ups, whose size is
/// bounded, some lists, and the outcomes of some examples.
/// </summary>
/// <param name="store">Roll-ups, and digests of before.</param>
/// <param name="needs">What waits for a person.</param>
/// <param name="handoffs">What lies with teams.</param>
/// <param name="people">Who wrote.</param>
/// <param name="causes">What people are unhappy about.</param>
/// <param name="questions">What people ask.</param>
/// <param name="incidents">Alarms.</param>
/// <param name="events">What was noted.</param>
public sealed class DigestParts(
    IDigestStore store, NeedPart needs, HandoffPart handoffs, PersonPart people, CausePart causes, QuestionPart questions, IncidentPart incidents, IEventStore events)
{
    public const int MostEvents = 5;

    /// <summary>How far back the hours are read that questions and conversations are found in.</summary>
    private static readonly TimeSpan LookBack = QuestionPart.Span * 2;

    /// <param name="community">The community.</param>
    /// <param name="name">What it is of.</param>
    /// <param name="hours">All roll-ups of that span.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<Digest> CompileAsync(Community community, DigestName name, IReadOnlyList<HourRollup> hours, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, (from, to)) = (community.Id, name.Span(community.Zone));
        var lastDay = name.DueOn.AddDays(-1);
        var end = now < to ? now : to;
        var before = await store.ReadRollupsAsync(id, to - LookBack, from, cancellationToken);
        var moods = await store.ReadMoodsAsync(id, from.AddDays(-ChannelDays.DaysBefore), from, cancellationToken);
        var known = await KnownAsync(id, name, cancellationToken);
        IReadOnlyList<HourRollup> recent = [.. before, .. hours];

        var (unhappyAbout, causeTraces) = await causes.OfAsync(id, lastDay, hours, [.. known.SelectMany(k => k.Causes)], cancellationToken);
        var (asked, questionTraces) = await questions.OfAsync(id, lastDay, to, recent, [.. known.SelectMany(k => k.Questions)], cancellationToken);
        var (unseen, teams) = await handoffs.OfAsync(id, from, to, now, cancellationToken);
        return Digest.Of(community, name, hours, now) with
        {
            Incidents = await incidents.OfAsync(id, from, to, cancellationToken),
            NeedsYou = await needs.OfAsync(id, cancellationToken),
            ByChannel = ChannelDays.Of(hours, moods),
            Causes = unhappyAbout,
            Questions = asked,
            Traces = new Traces(causeTraces, questionTraces),
            Handoffs = unseen,
            Teams = teams,
            Threads = ThreadPart.Of([.. recent.Where(h => h.Hour >= to - ThreadPart.Span)], end),
            People = await people.OfAsync(id, hours, from, end, cancellationToken),
            Events = await EventsAsync(id, from, to, cancellationToken),
        };
    }

    /// <summary>What was there on the days before, and on a week's own days; the newest first.</summary>
    private async Task<IReadOnlyList<Traces>> KnownAsync(CommunityId community, DigestName name, CancellationToken cancellationToken)
    {
        var before = name.IsWeek ? name.DueOn : name.Date;
        var oldest = name.Date.AddDays(-1 - Traces.LongestGap);
        var digests = await store.ReadDigestsAsync(community, before, before.DayNumber - oldest.DayNumber, cancellationToken);
        return [.. digests.Where(d => d.Date >= oldest).Select(d => d.Traces)];
    }

    private async Task<Capped<NotedEvent>> EventsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var noted = await events.EventsAsync(community, from, to, cancellationToken);
        return new Capped<NotedEvent>(noted.Count, [.. noted.Take(MostEvents)]);
    }
}
