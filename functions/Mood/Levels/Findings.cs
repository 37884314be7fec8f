using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>Makes findings of comments.</summary>
internal static class Findings
{
    private const int MostOutcomes = 5;

    /// <summary>What is no longer heard of.</summary>
    public static Finding Calm(Scope scope, DateTimeOffset now) => new(scope, Level.Calm)
    {
        People = 0,
        Comments = 0,
        Anger = 0,
        Channels = [],
        Window = Thresholds.Hour,
        Expected = 0,
        Probability = 1,
        FirstAt = now,
        LastAt = now,
        LastReceivedAt = now,
        Outcomes = [],
    };

    /// <summary>A finding of something that is counted and not compared: nothing of the kind is expected.</summary>
    /// <param name="scope">What it is about.</param>
    /// <param name="level">How bad.</param>
    /// <param name="voices">The comments, oldest first, at least one.</param>
    /// <param name="window">Over which span.</param>
    public static Finding Of(Scope scope, Level level, Voice[] voices, TimeSpan window) => Of(scope, level, voices, window, []);

    /// <param name="scope">What it is about.</param>
    /// <param name="level">How bad.</param>
    /// <param name="voices">The comments, oldest first, at least one.</param>
    /// <param name="window">Over which span.</param>
    /// <param name="terms">What they are about.</param>
    public static Finding Of(Scope scope, Level level, Voice[] voices, TimeSpan window, IReadOnlyList<uint> terms) => new(scope, level)
    {
        People = People(voices),
        Comments = voices.Length,
        Anger = voices.Average(v => v.Anger),
        Channels =
        [
            .. voices.GroupBy(v => (v.Platform, v.Channel)).OrderByDescending(People)
                .ThenBy(g => g.Key.Platform.ToString(), StringComparer.Ordinal).ThenBy(g => g.Key.Channel, StringComparer.Ordinal).Select(g => g.Key),
        ],
        Window = window,
        Expected = 0,
        Probability = 0,
        Terms = terms,
        FirstAt = voices[0].At,
        LastAt = voices[^1].At,
        LastReceivedAt = OutcomeId.TryParse(voices[^1].OutcomeId, out var last) ? last.Value.FirstReceivedAt : voices[^1].At,
        Outcomes = Typical(voices, terms),
    };

    public static int People(IEnumerable<Voice> voices) => voices.Select(v => v.Person).Distinct().Count();

    /// <summary>Those that say most of what it is about, of each person one; of equals the angrier, then the newer.</summary>
    private static string[] Typical(Voice[] voices, IReadOnlyList<uint> terms) =>
    [
        .. voices.OrderByDescending(v => terms.Count(v.Terms.Contains)).ThenByDescending(v => v.Anger).ThenByDescending(v => v.At)
            .ThenBy(v => v.OutcomeId, StringComparer.Ordinal).DistinctBy(v => v.Person).Take(MostOutcomes).Select(v => v.OutcomeId),
    ];
}
