using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Digests;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed class LocalDayTests
{
    [Theory]
    [InlineData("Europe/Rome", "2026-03-10", "2026-03-09T23:00:00Z", 24)]
    [InlineData("Europe/Rome", "2026-07-01", "2026-06-30T22:00:00Z", 24)]
    [InlineData("Europe/Rome", "2026-03-29", "2026-03-28T23:00:00Z", 23)]
    [InlineData("Europe/Rome", "2026-10-25", "2026-10-24T22:00:00Z", 25)]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23)] // began at one o'clock
    [InlineData("America/Sao_Paulo", "2019-02-16", "2019-02-16T02:00:00Z", 25)] // its last hour came twice
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25)] // midnight came twice
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", 23)]
    [InlineData("Asia/Kolkata", "2026-03-10", "2026-03-09T19:00:00Z", 24)] // midnight is at half past
    [InlineData("Asia/Kathmandu", "2026-03-10", "2026-03-09T19:00:00Z", 24)]
    [InlineData("Pacific/Kiritimati", "2026-03-10", "2026-03-09T10:00:00Z", 24)]
    [InlineData("UTC", "2026-12-31", "2026-12-31T00:00:00Z", 24)]
    public void ADayHasTheHoursThatPeopleLive(string zone, string date, string firstHour, int hours)
    {
        var day = new LocalDay(DateOnly.Parse(date, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(DateTimeOffset.Parse(firstHour, CultureInfo.InvariantCulture), day.FirstHour);
        Assert.Equal(hours, (day.EndHour - day.FirstHour).TotalHours);
    }

    [Theory]
    [InlineData("Europe/Rome")]
    [InlineData("America/New_York")]
    [InlineData("America/Havana")]
    [InlineData("America/Santiago")]
    [InlineData("America/St_Johns")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Beirut")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Chatham")]
    [InlineData("UTC")]
    public void EveryHourBelongsToTheDayInWhichItBegins(string zoneName)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        var end = new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var hour = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero); hour < end; hour = hour.AddHours(1))
        {
            var day = LocalDay.Of(hour, zone);
            Assert.True(day.FirstHour <= hour && hour < day.EndHour, $"{hour:O} is outside of {day}");
        }
    }

    [Fact]
    public void DaysFollowEachOtherWithoutGapOrOverlap() => Prop.ForAll(
        Gen.Elements("Europe/Rome", "America/Sao_Paulo", "America/Havana", "Africa/Cairo", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland")
            .Select(TimeZoneInfo.FindSystemTimeZoneById).ToArbitrary(),
        Gen.Choose(new DateOnly(2000, 1, 1).DayNumber, new DateOnly(2060, 1, 1).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary(),
        (zone, date) =>
        {
            var day = new LocalDay(date, zone);
            Assert.Equal(day.Previous.EndHour, day.FirstHour);
            Assert.InRange((day.EndHour - day.FirstHour).TotalHours, 23, 25);
            Assert.Equal(0, day.FirstHour.Ticks % TimeSpan.TicksPerHour);
            Assert.Equal(TimeSpan.Zero, day.FirstHour.Offset);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ADayIsNamedByItsDateAndZone() =>
        Assert.Equal("2026-03-10 Europe/Rome", new LocalDay(new DateOnly(2026, 3, 10), TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome")).ToString());

    [Theory]
    [InlineData("2026-03-28T22:59:59Z", "2026-03-28")]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29")]
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("2026-10-25T22:59:59Z", "2026-10-25")]
    [InlineData("2026-10-25T23:00:00Z", "2026-10-26")]
    public void AnInstantLiesInItsLocalDay(string instant, string date) => Assert.Equal(
        DateOnly.Parse(date, CultureInfo.InvariantCulture),
        LocalDay.Of(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome")).Date);

    [Theory]
    [InlineData(7, "2026-03-10T05:59:59Z", "2026-03-08")]
    [InlineData(7, "2026-03-10T06:00:00Z", "2026-03-09")]
    [InlineData(0, "2026-03-09T23:00:00Z", "2026-03-09")]
    [InlineData(23, "2026-03-10T22:00:00Z", "2026-03-09")]
    [InlineData(2, "2026-03-29T00:59:59Z", "2026-03-27")]
    [InlineData(2, "2026-03-29T01:00:00Z", "2026-03-28")] // there was no two o'clock: three it is
    [InlineData(2, "2026-10-25T00:00:00Z", "2026-10-24")]
    [InlineData(2, "2026-10-25T01:30:00Z", "2026-10-24")] // the second time round
    [InlineData(7, "2026-01-01T12:00:00Z", "2025-12-31")]
    public void YesterdayIsDueFromTheCommunitysHourOn(int digestHour, string now, string last)
    {
        var community = new Community(CommunityId.Parse("demo"), "Demo", TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"), "it", digestHour);
        var days = DigestCompiler.DueDays(community, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)).Select(d => d.Date).ToList();
        var lastDay = DateOnly.Parse(last, CultureInfo.InvariantCulture);
        Assert.Equal(Enumerable.Range(0, DigestCompiler.MostMissedDays).Select(i => lastDay.AddDays(i - DigestCompiler.MostMissedDays + 1)), days);
    }

    [Fact]
    public void NoDayIsDueBeforeItIsOver() => Prop.ForAll(
        Gen.Choose(0, 365 * 24 * 4).Select(q => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * q)).ToArbitrary(),
        Gen.Choose(0, 23).ToArbitrary(),
        (now, digestHour) =>
        {
            var community = new Community(CommunityId.Parse("demo"), "Demo", TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"), "it", digestHour);
            return DigestCompiler.DueDays(community, now).All(d => d.EndHour <= now);
        }).QuickCheckThrowOnFailure();
}
