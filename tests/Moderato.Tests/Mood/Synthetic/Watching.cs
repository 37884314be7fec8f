using Moderato.Mood;

namespace Moderato.Tests.Mood.Synthetic;

/// <summary>What one way of watching noticed in a week.</summary>
/// <param name="Delay">From the first comment of what should be noticed to the alarm; null where it was missed, or where nothing should be noticed.</param>
/// <param name="FalseAlarms">Alarms without a reason; what comes within an hour of the one before is one.</param>
internal sealed record Noticed(TimeSpan? Delay, int FalseAlarms);

/// <summary>Watches synthetic weeks: by the engine, and by the rules that others use.</summary>
internal static class Watching
{
    /// <summary>An alarm that late after the last comment is no longer about it.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(24);

    /// <summary>Alarms nearer to each other are one.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    public static readonly string[] Rules = ["moderato", "double the hourly average", "mean + 2 sigma", "mean + 3 sigma"];

    private static readonly Func<double, double, double>[] Limits = [(mean, _) => 2 * mean, (mean, sigma) => mean + (2 * sigma), (mean, sigma) => mean + (3 * sigma)];

    /// <summary>What each of <see cref="Rules"/> noticed.</summary>
    /// <param name="week">The week.</param>
    /// <param name="every">How often everybody looks.</param>
    public static Noticed[] Watch(SyntheticWeek week, TimeSpan every)
    {
        var looks = Enumerable.Range(1, (int)((week.End - week.Start) / every)).Select(i => week.Start + (every * i)).ToArray();
        var with = Rings(week, looks);
        var without = week.Truth.Begins is null ? with : Rings(week.WithoutStory(), looks);
        return [.. with.Select((rings, rule) => Judge(week, looks, rings, without[rule]))];
    }

    /// <summary>For each rule and look, whether it rings.</summary>
    private static bool[][] Rings(SyntheticWeek week, DateTimeOffset[] looks) =>
    [
        [.. Findings(week, looks).Select(found => found.Any(f => f.Level >= Level.Unrest))],
        .. Limits.Select(limit => Mentions(week, looks, limit)),
    ];

    /// <summary>What the engine finds at each look, standing levels fed back as the watch does.</summary>
    public static IEnumerable<IReadOnlyList<Finding>> Findings(SyntheticWeek week, IEnumerable<DateTimeOffset> looks)
    {
        IReadOnlyDictionary<Scope, Level> standing = new Dictionary<Scope, Level>();
        IReadOnlyList<Finding> found = [];
        var (from, to, usual, hour) = (0, 0, (Usual?)null, -1);
        foreach (var now in looks)
        {
            var before = to;
            while (to < week.Voices.Count && week.Voices[to].At <= now)
                to++;
            while (from < to && week.Voices[from].At <= now.AddDays(-1))
                from++;

            // Where nothing was above calm and nobody has written since, nothing can be.
            if (to > before || standing.Count > 0)
            {
                if (usual is null || now.Hour != hour)
                    (usual, hour) = (new Usual([.. week.Past.Where(p => p.Hour < now.AddHours(-1))], now), now.Hour);
                found = MoodEngine.Assess([.. week.Voices.Skip(from).Take(to - from)], usual, week.Events, standing, now);
                standing = found.Where(f => f.Level > Level.Calm).ToDictionary(f => f.Scope, f => f.Level);
            }
            yield return found;
        }
    }

    /// <summary>The last hour's comments against the hours of the seven days before, as listening tools do.</summary>
    private static bool[] Mentions(SyntheticWeek week, DateTimeOffset[] looks, Func<double, double, double> limit)
    {
        var times = week.Voices.Select(v => v.At).ToArray();
        var (hour, bar) = (-1, 0.0);
        var rings = new bool[looks.Length];
        for (var look = 0; look < looks.Length; look++)
        {
            var now = looks[look];
            if (now.Hour != hour)
            {
                var counts = Enumerable.Range(1, 168).Select(h => (double)Between(times, now.AddHours(-h - 1), now.AddHours(-h))).ToArray();
                var mean = counts.Average();
                (hour, bar) = (now.Hour, limit(mean, Math.Sqrt(counts.Average(c => (c - mean) * (c - mean)))));
            }
            rings[look] = Between(times, now.AddHours(-1), now) > bar;
        }
        return rings;
    }

    private static int Between(DateTimeOffset[] times, DateTimeOffset after, DateTimeOffset until) => FirstAfter(times, until) - FirstAfter(times, after);

    private static int FirstAfter(DateTimeOffset[] times, DateTimeOffset at)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[middle] <= at)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>
    /// An alarm is one that would not have rung at that look without what happened: a rule that always rings notices nothing.
    /// </summary>
    private static Noticed Judge(SyntheticWeek week, DateTimeOffset[] looks, bool[] rings, bool[] anyway)
    {
        var (begins, ends) = (week.Truth.Begins, week.Truth.Ends + Aftermath);
        var (falseAlarms, last, delay) = (0, (DateTimeOffset?)null, (TimeSpan?)null);
        for (var look = 0; look < looks.Length; look++)
        {
            if (!rings[look])
                continue;
            var at = looks[look];
            if (!(at >= begins && at <= ends))
                falseAlarms += last is null || at - last > Apart ? 1 : 0;
            else if (!anyway[look])
                delay ??= at - begins;
            last = at;
        }
        return new Noticed(delay, falseAlarms);
    }
}
