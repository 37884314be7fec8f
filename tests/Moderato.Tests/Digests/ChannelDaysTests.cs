using Moderato.Comments;
using Moderato.Digests;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed class ChannelDaysTests
{
    [Theory]
    // As R's fisher.test and SciPy's fisher_exact say.
    [InlineData(3, 4, 1, 4, 0.4857142857)]
    [InlineData(6, 8, 1, 5, 0.1025641026)]
    [InlineData(8, 10, 1, 6, 0.0349650350)]
    [InlineData(0, 10, 0, 50, 1)]
    [InlineData(10, 10, 50, 50, 1)]
    public void FishersTestIsExact(int hits, int of, int otherHits, int otherOf, double p)
    {
        Assert.Equal(p, FishersTest.PValue(hits, of, otherHits, otherOf), 9);
        Assert.Equal(p, FishersTest.PValue(otherHits, otherOf, hits, of), 9);
        Assert.Equal(p, FishersTest.PValue(of - hits, of, otherOf - otherHits, otherOf), 9);
    }

    [Fact]
    public void ManyCommentsAreNoTrouble()
    {
        Assert.InRange(FishersTest.PValue(3_000, 30_000, 100_000, 1_000_000), 0.9, 1);
        Assert.InRange(FishersTest.PValue(6_000, 30_000, 100_000, 1_000_000), 0, 1e-12);
    }

    [Theory]
    [InlineData(9, 9, 5, 500, MoodBeside.Unknown)] // too few today
    [InlineData(10, 10, 5, 49, MoodBeside.Unknown)] // too few before
    [InlineData(10, 10, 5, 50, MoodBeside.Worse)]
    [InlineData(0, 40, 300, 500, MoodBeside.Better)]
    [InlineData(3, 12, 50, 500, MoodBeside.Usual)] // chance does this
    [InlineData(11_000, 100_000, 100_000, 1_000_000, MoodBeside.Usual)] // sure, and too small to matter
    public void AMoodIsBesideItsOwnPast(int negative, int comments, int negativeBefore, int commentsBefore, MoodBeside beside) =>
        Assert.Equal(beside, ChannelDays.Beside(negative, comments, negativeBefore, commentsBefore));

    [Fact]
    public void PeopleOfADayAreCountedOnceAndTheBusiestChannelComesFirst()
    {
        HourRollup[] hours = [Hour(0, ("a", 3, [1, 2, 3]), ("b", 9, [1])), Hour(1, ("a", 7, [2, 3, 4]))];
        var past = new HourMood(SomeDay.Hour.AddDays(-1), [new ChannelMood(PlatformId.Parse("instagram"), "a", 60, 2, 9, 1, 0)], new Dictionary<uint, int>());
        var days = ChannelDays.Of(hours, [past, past]);
        Assert.Equal(2, days.Total);
        Assert.Equal([("a", 10, 4, 120, 4), ("b", 9, 1, 0, 0)], days.Items.Select(d => (d.Channel, d.Comments, d.People, d.BeforeComments, d.BeforeNegative)));
        Assert.Equal([MoodBeside.Worse, MoodBeside.Unknown], days.Items.Select(d => d.Beside));
    }

    [Fact]
    public void AtMostTenChannelsAreShownAndAllAreCounted()
    {
        var days = ChannelDays.Of([Hour(0, [.. Enumerable.Range(0, 14).Select(i => ($"c{i}", i, new[] { i }))])], []);
        Assert.Equal((14, 10), (days.Total, days.Items.Count));
        Assert.Equal("c13", days.Items[0].Channel);
    }

    private static HourRollup Hour(int hour, params (string Channel, int Negative, int[] People)[] channels) =>
        HourRollup.Of(SomeDay.Community, SomeDay.Hour.AddHours(hour), [], Completeness.Empty) with
        {
            Channels = [.. channels.Select(c => new ChannelHour(PlatformId.Parse("instagram"), c.Channel, c.Negative, 0, 0) { People = PeopleSketch.Of(c.People.Select(p => (ulong)p)) })],
        };
}
