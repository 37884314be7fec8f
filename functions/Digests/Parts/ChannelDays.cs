using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>Each channel's mood, beside its own last weeks.</summary>
internal static class ChannelDays
{
    public const int Most = 10;

    /// <summary>How many days a mood is compared with.</summary>
    public const int DaysBefore = 28;

    /// <summary>With fewer comments than these nothing is said of a mood.</summary>
    public const int FewestNow = 10;

    /// <inheritdoc cref="FewestNow"/>
    public const int FewestBefore = 50;

    /// <summary>A difference that chance makes more often than this is none.</summary>
    public const double Chance = 0.01;

    /// <summary>A difference of the negative share that is smaller than this is none either, however sure it is: of many comments any difference is.</summary>
    public const double Least = 0.05;

    public static Capped<ChannelDay> Of(IReadOnlyList<HourRollup> hours, IReadOnlyList<HourMood> before)
    {
        var past = before.SelectMany(h => h.Channels).ToLookup(c => (c.Platform, c.Channel));
        var channels = hours.SelectMany(h => h.Channels).GroupBy(c => (c.Platform, c.Channel))
            .Select(g => Of(g.Key.Platform, g.Key.Channel, [.. g], [.. past[g.Key]]))
            .OrderByDescending(c => c.Comments).ThenBy(c => c.Platform.ToString(), StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal)
            .ToList();
        return new Capped<ChannelDay>(channels.Count, [.. channels.Take(Most)]);
    }

    public static MoodBeside Beside(int negative, int comments, int negativeBefore, int commentsBefore)
    {
        if (comments < FewestNow || commentsBefore < FewestBefore)
            return MoodBeside.Unknown;
        var difference = ((double)negative / comments) - ((double)negativeBefore / commentsBefore);
        if (Math.Abs(difference) < Least || FishersTest.PValue(negative, comments, negativeBefore, commentsBefore) >= Chance)
            return MoodBeside.Usual;
        return difference > 0 ? MoodBeside.Worse : MoodBeside.Better;
    }

    private static ChannelDay Of(PlatformId platform, string channel, IReadOnlyList<ChannelHour> hours, IReadOnlyList<ChannelMood> before)
    {
        var (negative, comments) = (hours.Sum(h => h.Negative), hours.Sum(h => h.Comments));
        var (negativeBefore, commentsBefore) = (before.Sum(h => h.Negative), before.Sum(h => h.Comments));
        return new ChannelDay(
            platform, channel, comments, PeopleSketch.Union(hours.Select(h => h.People)).Count, PeopleSketch.Union(hours.Select(h => h.Newcomers)).Count,
            negative, hours.Sum(h => h.Neutral), hours.Sum(h => h.Positive),
            Beside(negative, comments, negativeBefore, commentsBefore), commentsBefore, negativeBefore);
    }
}
