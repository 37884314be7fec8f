namespace Moderato.Digests;

/// <summary>Conversations worth taking up again.</summary>
internal static class ThreadPart
{
    public const int Most = 3;
    public const int FewestPeople = 4;

    /// <summary>From this share of positive comments on people liked it.</summary>
    public const double PositiveFrom = 0.6;

    /// <summary>From how many people on that asked and got no answer it is worth a look.</summary>
    public const int FewestAsking = 2;

    public static readonly TimeSpan Span = TimeSpan.FromDays(7);
    public static readonly TimeSpan QuietAfter = TimeSpan.FromHours(12);

    /// <param name="hours">The last seven days.</param>
    /// <param name="end">When the digest's span is over; now, if it is not yet.</param>
    public static Capped<ThreadItem> Of(IReadOnlyList<HourRollup> hours, DateTimeOffset end)
    {
        var answers = hours.SelectMany(h => h.Answers).ToLookup(a => a.To);
        var items = hours.SelectMany(h => h.Threads).GroupBy(t => t.Thread)
            .Select(g => Of([.. g], answers, end)).OfType<ThreadItem>()
            .OrderByDescending(t => t.People).ThenByDescending(t => t.Comments).ThenBy(t => t.OutcomeId, StringComparer.Ordinal)
            .ToList();
        return new Capped<ThreadItem>(items.Count, [.. items.Take(Most)]);
    }

    private static ThreadItem? Of(IReadOnlyList<ThreadHour> thread, ILookup<uint, KnownAnswer> answers, DateTimeOffset end)
    {
        var people = PeopleSketch.Union(thread.Select(t => t.People)).Count;
        var (comments, positive) = (thread.Sum(t => t.Comments), thread.Sum(t => t.Positive));
        var newest = thread.OrderBy(t => t.NewestAt).ThenBy(t => t.Newest, StringComparer.Ordinal).Last();
        var own = thread.Max(t => t.OwnAt);
        // What the community itself wrote in a conversation answers what was asked there before, whichever comment it names.
        var unanswered = thread.SelectMany(t => t.Asked).Where(a => !(own > a.At) && !answers[a.Comment].Any(b => b.Person != a.Person)).Select(a => a.Person).Distinct().Count();
        ThreadHint? hint = unanswered >= FewestAsking ? ThreadHint.Unanswered
            : people >= FewestPeople && positive >= PositiveFrom * comments && newest.NewestAt <= end - QuietAfter ? ThreadHint.WentQuiet
            : null;
        return hint is { } why ? new ThreadItem(newest.Newest, newest.Platform, newest.Channel, why, people, comments, positive, newest.NewestAt) : null;
    }
}
