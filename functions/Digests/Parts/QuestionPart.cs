using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>Questions that more people ask than before and that mostly nobody answers.</summary>
public sealed class QuestionPart(IDigestStore store, Voicing voicing)
{
    public const int Most = 3;
    public const int FewestPeople = 3;

    /// <summary>How long a question is counted, and how long before that it is compared with.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(7);

    /// <summary>Of how many questions it is looked up whether they were answered.</summary>
    private const int MostLookedAt = 10;

    /// <param name="community">The community.</param>
    /// <param name="day">The last day.</param>
    /// <param name="end">When that day is over.</param>
    /// <param name="hours">The hours of the last two spans.</param>
    /// <param name="known">The questions of the days before, the newest day first.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<(Capped<QuestionItem> Questions, IReadOnlyList<Trace> Traces)> OfAsync(
        CommunityId community, DateOnly day, DateTimeOffset end, IReadOnlyList<HourRollup> hours, IReadOnlyList<Trace> known, CancellationToken cancellationToken)
    {
        var recent = hours.Where(h => h.Hour >= end - Span).ToList();
        var asking = Voicing.Some(recent.SelectMany(h => h.Voices.Kept).Where(v => v.Asks));
        var askedBefore = Voicing.Some(hours.Where(h => h.Hour < end - Span).SelectMany(h => h.Voices.Kept).Where(v => v.Asks));
        var answers = recent.SelectMany(h => h.Answers).ToLookup(a => a.To);

        var followed = Traces.Follow(Mood.Causes.Group(asking, FewestPeople), day, known);
        var items = new List<QuestionItem>();
        foreach (var (cause, trace) in followed.Where(f => f.Cause.People > Before(f.Cause, askedBefore)).Take(MostLookedAt))
        {
            if (await ItemAsync(community, cause, trace, Before(cause, askedBefore), answers, cancellationToken) is { } item)
                items.Add(item);
        }
        return (new Capped<QuestionItem>(items.Count, [.. items.Take(Most)]), [.. followed.Select(f => f.Trace).Take(Traces.Most)]);
    }

    /// <summary>Null where most were answered.</summary>
    private async Task<QuestionItem?> ItemAsync(
        CommunityId community, Cause cause, Trace trace, int before, ILookup<uint, KnownAnswer> answers, CancellationToken cancellationToken)
    {
        var typical = Voicing.Typical(cause);
        var answered = cause.Voices.Where(v => answers[v.Comment].Any(a => a.Person != v.Person)).Select(v => v.Person).ToHashSet();
        foreach (var outcome in await voicing.OutcomesAsync(community, typical.Where(v => !answered.Contains(v.Person)).Take(Voicing.MostTexts), cancellationToken))
        {
            if (outcome.History.Any(h => h.What == OutcomeEventKind.Answered) || await store.WasRepliedToAsync(community, outcome.Key, cancellationToken))
                answered.UnionWith(typical.Where(v => v.OutcomeId == OutcomeId.Of(outcome.Comment).ToString()).Select(v => v.Person));
        }
        var unanswered = cause.People - answered.Count;
        if (unanswered * 2 <= cause.People)
            return null;
        var (concepts, words) = await voicing.DescribeAsync(community, cause, cancellationToken);
        var answer = typical.Concat(cause.Voices).SelectMany(v => answers[v.Comment].Where(a => a.Person != v.Person)).FirstOrDefault();
        return new QuestionItem(
            trace.Id, concepts, words, cause.People, before, unanswered, Voicing.Channels(cause), typical[0].OutcomeId, answer?.OutcomeId);
    }

    /// <summary>How many people asked the same before: what has the question's seed, or two of its terms.</summary>
    private static int Before(Cause cause, IReadOnlyList<Voice> voices) =>
        voices.Where(v => v.Terms.Contains(cause.Seed) || v.Terms.Intersect(cause.Terms).Take(2).Count() == 2).Select(v => v.Person).Distinct().Count();
}
