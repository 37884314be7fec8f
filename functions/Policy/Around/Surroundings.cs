using System.Globalization;

namespace Moderato.Policy;

/// <summary>What went on around a comment when it was judged.</summary>
/// <param name="ThreadMood">Mean mood of the other comments of the same post in the last 24 hours, −1 to 1; null where there are fewer than three.</param>
/// <param name="ChannelMood">The same for its channel in the last 3 hours.</param>
/// <param name="PileOn">How many other people wrote something negative or angry under the same post in the last hour.</param>
/// <param name="NearDuplicates">How long before it each comment came that says nearly the same, at most 24 hours.</param>
public sealed record Surroundings(double? ThreadMood, double? ChannelMood, int PileOn, IReadOnlyList<TimeSpan> NearDuplicates)
{
    public int DuplicatesWithin(TimeSpan span) => NearDuplicates.Count(age => age <= span);

    /// <summary>In one line, to be kept with the outcome.</summary>
    public string ToSnapshot() => string.Create(
        CultureInfo.InvariantCulture,
        $"{ThreadMood:R}|{ChannelMood:R}|{PileOn}|{string.Join(',', NearDuplicates.Select(age => age.Ticks.ToString(CultureInfo.InvariantCulture)))}");

    /// <exception cref="FormatException">It is no snapshot.</exception>
    public static Surroundings FromSnapshot(string snapshot) => snapshot.Split('|') is [var thread, var channel, var pile, var ages]
        ? new Surroundings(
            Mood(thread), Mood(channel), int.Parse(pile, CultureInfo.InvariantCulture),
            [.. ages.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(age => TimeSpan.FromTicks(long.Parse(age, CultureInfo.InvariantCulture)))])
        : throw new FormatException("A snapshot of the surroundings has four parts.");

    private static double? Mood(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
