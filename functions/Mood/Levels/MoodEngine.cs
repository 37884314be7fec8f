namespace Moderato.Mood;

/// <summary>Says how it stands, from the comments of the last day and what is usual. Nothing is remembered here: the same asked gives the same answer.</summary>
public static class MoodEngine
{
    /// <param name="voices">The comments of the last 24 hours, in any order.</param>
    /// <param name="past">The roll-ups of the last 28 days.</param>
    /// <param name="events">What was noted for now.</param>
    /// <param name="standing">The level that each scope with an open incident has: it falls later than it rises.</param>
    /// <param name="now">When.</param>
    /// <returns>Every scope that is above calm, and every one of <paramref name="standing"/>.</returns>
    public static IReadOnlyList<Finding> Assess(
        IReadOnlyCollection<Voice> voices, IReadOnlyList<PastHour> past, IReadOnlyList<NotedEvent> events, IReadOnlyDictionary<Scope, Level> standing, DateTimeOffset now) =>
        throw new NotSupportedException($"{voices.Count} {past.Count} {events.Count} {standing.Count} {now}");
}
