using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>What the policy did.</summary>
internal static class PolicyParts
{
    public const int MostRules = 5;

    public static PolicyPart Of(IReadOnlyList<HourRollup> hours) => new(
        hours.SelectMany(h => h.Decisions).GroupBy(d => d.Key).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Sum(d => d.Value)),
        hours.Sum(h => h.Removed), hours.Sum(h => h.Policy.ByPeople), hours.Sum(h => h.Policy.Overruled), hours.Sum(h => h.Policy.Hidden), hours.Sum(h => h.Policy.HiddenFairCriticism),
        Commonest(hours.SelectMany(h => h.Policy.Rules)).Take(MostRules).ToDictionary(),
        Commonest(hours.SelectMany(h => h.Shadows)).ToDictionary());

    private static IEnumerable<KeyValuePair<string, int>> Commonest(IEnumerable<KeyValuePair<string, int>> counts) =>
        counts.GroupBy(c => c.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum(c => c.Value)))
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal);
}

/// <summary>Says what a day is in one word.</summary>
internal static class Verdicts
{
    /// <summary>From this level on an alarm is what the day is about.</summary>
    public const Level AlarmFrom = Level.Unrest;

    /// <summary>The digest with its verdict, made from everything else that it says.</summary>
    public static Digest Judged(Digest digest)
    {
        var (verdict, number) = Of(digest);
        return digest with { Verdict = verdict, VerdictNumber = number };
    }

    private static (DayVerdict Verdict, int Number) Of(Digest digest)
    {
        if (digest.Completeness.Lost > 0)
            return (DayVerdict.Lost, digest.Completeness.Lost);
        if (digest.Incidents.Items.Where(i => i.Level >= AlarmFrom).OrderByDescending(i => i.Level).ThenByDescending(i => i.People).FirstOrDefault() is { } alarm)
            return (DayVerdict.Alarm, alarm.People);
        if (digest.NeedsYou.Total > 0)
            return (DayVerdict.NeedsYou, digest.NeedsYou.Total);
        return digest.Completeness.Received > 0 ? (DayVerdict.Quiet, digest.Completeness.Received) : (DayVerdict.Empty, 0);
    }
}
