using Moderato.Mood;
using Moderato.Tests.Mood.Synthetic;
using Xunit;

namespace Moderato.Tests.Mood;

/// <summary>
/// The engine against the rules that listening tools use, on synthetic weeks whose truth is known. A small fixed set; the whole table is made by
/// <c>dotnet run -c Release --project tests/Moderato.Benchmarks -- mood</c> and stands in functions/Mood/README.md.
/// </summary>
public sealed class BetterThanTheRulesTests
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    [Fact]
    public void MutiniesAndRaidsAreNoticedSoonerAndWithFewerFalseAlarmsThanByAnyRule()
    {
        double[] sizes = [1, 5, 20];
        var noticed = (
            from size in sizes
            from seed in new[] { 501, 502 }
            from story in new[] { Story.Everyday, Story.Mutiny, Story.Raid }
            select (Story: story, Rules: Watching.Watch(new SyntheticCommunity(seed, size, story).Make(), Every))).ToList();

        var (ourDelay, ourAlarms) = Of(0);
        for (var rule = 1; rule < Watching.Rules.Length; rule++)
        {
            var (delay, alarms) = Of(rule);
            Assert.True(ourDelay < delay, $"{Watching.Rules[rule]} takes {delay}, we {ourDelay}.");
            Assert.True(ourAlarms < alarms, $"{Watching.Rules[rule]} has {alarms} false alarms, we {ourAlarms}.");
        }

        // What was missed is a day late.
        (TimeSpan Delay, int FalseAlarms) Of(int rule) => (
            TimeSpan.FromMinutes(noticed.Where(n => n.Story is Story.Mutiny or Story.Raid).Average(n => (n.Rules[rule].Delay ?? TimeSpan.FromDays(1)).TotalMinutes)),
            noticed.Sum(n => n.Rules[rule].FalseAlarms));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void OnePersonNeverIsMoreThanAComplaint(double perHour)
    {
        for (var seed = 601; seed <= 603; seed++)
        {
            var week = new SyntheticCommunity(seed, perHour, Story.Ranter).Make();
            var ranter = week.Voices.First(v => week.Told.Contains(v.OutcomeId)).Person;
            var looks = Enumerable.Range(1, 7 * 24).Select(h => week.Start.AddHours(h)).ToArray();
            var found = Watching.Findings(week with { Voices = [.. week.Voices.Where(v => week.Told.Contains(v.OutcomeId))] }, looks).SelectMany(f => f).ToList();

            Assert.Contains(found, f => f.Level == Level.Complaint && f.Scope == Scope.OfPerson(ranter));
            Assert.DoesNotContain(found, f => f.Level > Level.Complaint);
        }
    }
}
