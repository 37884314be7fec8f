using System.Globalization;
using Moderato.Tests.Mood.Synthetic;

namespace Moderato.Benchmarks;

/// <summary>How soon and how rightly the mood engine notices what happens in synthetic weeks, against the rules that listening tools use.</summary>
internal static class MoodRules
{
    private static readonly Story[] Noticeable = [Story.Mutiny, Story.SlowBurn, Story.Raid];

    /// <param name="sizes">Comments an hour.</param>
    /// <param name="firstSeed">The first seed; thresholds were chosen on seeds below 1000.</param>
    /// <param name="seeds">How many weeks of each story.</param>
    /// <param name="every">How often everybody looks.</param>
    public static void Print(IReadOnlyList<double> sizes, int firstSeed, int seeds, TimeSpan every)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds} weeks of each of {Enum.GetValues<Story>().Length} stories from seed {firstSeed}, a look every {every.TotalMinutes} minutes.\n"));
        Console.WriteLine($"| comments an hour | rule | {string.Join(" | ", Noticeable.Select(s => $"{s}: minutes, median / p90, missed"))} | false alarms a week | of these in campaigns, noted |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var size in sizes)
        {
            var weeks = Enum.GetValues<Story>().SelectMany(story => Enumerable.Range(firstSeed, seeds).Select(seed => (story, seed))).AsParallel()
                .Select(w => (w.story, Noticed: Watching.Watch(new SyntheticCommunity(w.seed, size, w.story).Make(), every))).ToList();
            for (var rule = 0; rule < Watching.Rules.Length; rule++)
            {
                var all = weeks.ConvertAll(w => (w.story, Noticed: w.Noticed[rule]));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {size} | {Watching.Rules[rule]} | {string.Join(" | ", Noticeable.Select(s => DelaysOf([.. all.Where(w => w.story == s).Select(w => w.Noticed.Delay)])))} | {all.Average(w => w.Noticed.FalseAlarms):0.00} | {FalseIn(Story.Campaign)}, {FalseIn(Story.NotedCampaign)} |"));

                string FalseIn(Story story) => all.Where(w => w.story == story).Average(w => w.Noticed.FalseAlarms).ToString("0.00", CultureInfo.InvariantCulture);
            }
        }
    }

    private static string DelaysOf(TimeSpan?[] delays)
    {
        var sorted = delays.Select(d => d?.TotalMinutes ?? double.PositiveInfinity).Order().ToArray();
        return $"{Told(sorted[sorted.Length / 2])} / {Told(sorted[(int)Math.Ceiling(sorted.Length * 0.9) - 1])}, {sorted.Count(double.IsInfinity)} of {sorted.Length}";

        static string Told(double minutes) => double.IsInfinity(minutes) ? "never" : minutes.ToString("0", CultureInfo.InvariantCulture);
    }
}
