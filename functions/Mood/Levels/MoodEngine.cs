namespace Moderato.Mood;

/// <summary>Says how it stands, from the comments of the last day and what is usual. Nothing is remembered here: the same asked gives the same answer.</summary>
public static class MoodEngine
{
    /// <param name="voices">The comments of the last 24 hours, in any order.</param>
    /// <param name="past">The roll-ups of the last 28 days.</param>
    /// <param name="events">What was noted for now.</param>
    /// <param name="standing">The level that each scope with an open incident has: it falls later than it rises.</param>
    /// <param name="now">When.</param>
    /// <returns>Every scope that is above calm, and every one of <paramref name="standing"/>; the worst first.</returns>
    public static IReadOnlyList<Finding> Assess(
        IReadOnlyCollection<Voice> voices, IReadOnlyList<PastHour> past, IReadOnlyList<NotedEvent> events, IReadOnlyDictionary<Scope, Level> standing, DateTimeOffset now) =>
        Assess(voices, new Usual(past, now), events, standing, now);

    /// <param name="voices">The comments of the last 24 hours, in any order.</param>
    /// <param name="usual">What is usual; may be kept as long as the past stays the same.</param>
    /// <param name="events">What was noted for now.</param>
    /// <param name="standing">The level that each scope with an open incident has.</param>
    /// <param name="now">When.</param>
    internal static IReadOnlyList<Finding> Assess(
        IReadOnlyCollection<Voice> voices, Usual usual, IReadOnlyList<NotedEvent> events, IReadOnlyDictionary<Scope, Level> standing, DateTimeOffset now)
    {
        var heard = new Heard(voices, usual, events, now);
        var crowds = new Crowds(heard, standing);
        var causes = crowds.OfCauses();
        Finding[] found = [.. Persons.In(heard), .. Raids.In(heard, standing), .. causes, .. crowds.OfChannels()];
        var known = found.Select(f => f.Scope).ToHashSet();
        var over = standing.Keys.Where(s => !known.Contains(s)).Select(s => Findings.Calm(s, now));
        return
        [
            .. found.Where(f => f.Level > Level.Calm || standing.ContainsKey(f.Scope)).Concat(over)
                .OrderByDescending(f => f.Level).ThenByDescending(f => f.People).ThenBy(f => f.Scope.Kind).ThenBy(f => f.Scope.Key, StringComparer.Ordinal),
        ];
    }
}
