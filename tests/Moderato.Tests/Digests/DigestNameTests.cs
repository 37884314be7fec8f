using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Digests;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed class DigestNameTests
{
    [Theory]
    [InlineData("2026-03-10", "2026-03-10", 1)]
    [InlineData("2026-W11", "2026-03-09", 7)]
    [InlineData("2026-W01", "2025-12-29", 7)] // the week of the year's first Thursday
    [InlineData("2020-W53", "2020-12-28", 7)]
    public void ADayAndAWeekHaveNames(string text, string date, int days)
    {
        Assert.True(DigestName.TryParse(text, out var name));
        Assert.Equal((DateOnly.Parse(date, CultureInfo.InvariantCulture), days, text), (name.Date, name.Days, name.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-3-1")]
    [InlineData("2026-02-30")]
    [InlineData("2026-W54")]
    [InlineData("2026-W00")]
    [InlineData("2025-W53")]
    [InlineData("2026-w11")]
    [InlineData("2026-W+1")]
    [InlineData("0000-W01")]
    [InlineData("9999-W52")]
    public void AnythingElseIsNone(string? text) => Assert.False(DigestName.TryParse(text, out _));

    [Fact]
    public void EveryDayLiesInItsWeek() => Prop.ForAll(
        Gen.Choose(new DateOnly(1990, 1, 1).DayNumber, new DateOnly(2090, 1, 1).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary(),
        date =>
        {
            var week = DigestName.WeekOf(date);
            Assert.Equal(DayOfWeek.Monday, week.Date.DayOfWeek);
            Assert.InRange(date.DayNumber - week.Date.DayNumber, 0, 6);
            Assert.True(DigestName.TryParse(week.ToString(), out var read));
            Assert.Equal(week, read);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Europe/Rome", "2026-03-29", 23)]
    [InlineData("Europe/Rome", "2026-10-25", 25)]
    [InlineData("Europe/Rome", "2026-W13", (7 * 24) - 1)]
    [InlineData("Europe/Rome", "2026-W43", (7 * 24) + 1)]
    [InlineData("Asia/Kolkata", "2026-W13", 7 * 24)]
    public void ItsHoursAreThoseThatPeopleLive(string zone, string text, int hours)
    {
        Assert.True(DigestName.TryParse(text, out var name));
        var (from, to) = name.Span(TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(hours, (to - from).TotalHours);
    }
}
