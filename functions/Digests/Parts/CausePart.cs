using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>What several people are unhappy about.</summary>
public sealed class CausePart(Voicing voicing)
{
    public const int Most = 5;
    public const int MostExamples = 3;

    /// <summary>One person's trouble is a comment, not a cause.</summary>
    public const int FewestPeople = 2;

    /// <summary>Where people share no more than a word, two of them may well speak of two things.</summary>
    public const int FewestWithAWord = 3;

    /// <param name="community">The community.</param>
    /// <param name="day">The last day of the span.</param>
    /// <param name="hours">The span.</param>
    /// <param name="known">The causes of the days before, the newest day first.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<(Capped<CauseItem> Causes, IReadOnlyList<Trace> Traces)> OfAsync(
        CommunityId community, DateOnly day, IReadOnlyList<HourRollup> hours, IReadOnlyList<Trace> known, CancellationToken cancellationToken)
    {
        var voices = Voicing.Some(hours.SelectMany(h => h.Voices.Kept).Where(v => v.Unhappy));
        var causes = Mood.Causes.Group(voices, FewestPeople).Where(c => c.People >= FewestWithAWord || c.Terms.Any(Topics.IsConcept));
        var followed = Traces.Follow([.. causes], day, known);
        var items = new List<CauseItem>();
        foreach (var (cause, trace) in followed.Take(Most))
            items.Add(await ItemAsync(community, day, cause, trace, cancellationToken));
        return (new Capped<CauseItem>(followed.Count, items), [.. followed.Select(f => f.Trace).Take(Traces.Most)]);
    }

    private async Task<CauseItem> ItemAsync(CommunityId community, DateOnly day, Cause cause, Trace trace, CancellationToken cancellationToken)
    {
        var (concepts, words) = await voicing.DescribeAsync(community, cause, cancellationToken);
        return new CauseItem(
            trace.Id, concepts, words, cause.People, cause.Voices.Count, Voicing.Channels(cause), trace.Since, day.DayNumber - trace.Since.DayNumber + 1,
            Math.Round(cause.Voices.Average(v => v.Anger), 4), [.. Voicing.Typical(cause).Take(MostExamples).Select(v => v.OutcomeId)]);
    }
}
