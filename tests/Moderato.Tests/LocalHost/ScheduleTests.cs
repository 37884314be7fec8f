using System.Globalization;
using Moderato.Local.Timers;
using Xunit;

namespace Moderato.Tests.LocalHosting;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-03-10T09:31:07Z", "2026-03-10T09:35:00Z")]
    [InlineData("0 */5 * * * *", "2026-03-10T09:35:00Z", "2026-03-10T09:40:00Z")]
    [InlineData("*/5 * * * *", "2026-03-10T09:31:07Z", "2026-03-10T09:35:00Z")]
    [InlineData("* * * * * *", "2026-03-10T09:31:07.5Z", "2026-03-10T09:31:08Z")]
    [InlineData("0 0 7 * * Mon-Fri", "2026-03-13T07:00:00Z", "2026-03-16T07:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2026-03-10T09:31:07Z", "2028-02-29T00:00:00Z")]
    public void TheNextRunIsTheFirstAfterTheMoment(string cron, string after, string next) => Assert.Equal([next], Runs(cron, "UTC", after, 1));

    /// <summary>In Rome the clocks go from 2:00 to 3:00 on 29 March 2026 at 1:00 UTC.</summary>
    [Theory]
    [InlineData("0 0 7 * * *", "2026-03-27T12:00:00Z", "2026-03-28T06:00:00Z", "2026-03-29T05:00:00Z", "2026-03-30T05:00:00Z")]
    [InlineData("0 30 2 * * *", "2026-03-27T12:00:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 */30 * * * *", "2026-03-29T00:15:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("0 15 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T00:15:00Z", "2026-03-29T01:15:00Z", "2026-03-29T02:15:00Z")]
    public void ATimeThatTheClocksSkipRunsOnceAtTheEndOfTheGap(string cron, string after, params string[] next) =>
        Assert.Equal(next, Runs(cron, "Europe/Rome", after, next.Length));

    /// <summary>In Rome the clocks go from 3:00 to 2:00 on 25 October 2026 at 1:00 UTC.</summary>
    [Theory]
    [InlineData("0 30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 30 2 * * *", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z", "2026-10-27T01:30:00Z")]
    [InlineData("0 */30 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z")]
    public void ATimeThatComesTwiceRunsOnceButEvenSchedulesGoOnEvenly(string cron, string after, params string[] next) =>
        Assert.Equal(next, Runs(cron, "Europe/Rome", after, next.Length));

    /// <summary>A gap of half an hour, and one at midnight.</summary>
    [Theory]
    [InlineData("0 10 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:00:00Z", "2026-10-03T15:30:00Z")]
    [InlineData("0 0 0 * * *", "America/Havana", "2026-03-07T12:00:00Z", "2026-03-08T05:00:00Z")]
    public void OddClocksAreFollowedToo(string cron, string zone, string after, string next) => Assert.Equal([next], Runs(cron, zone, after, 1));

    [Fact]
    public void AScheduleThatNeverComesHasNoNextRun() => Assert.Empty(Runs("0 0 0 30 2 *", "UTC", "2026-03-10T09:31:07Z", 1));

    [Theory]
    [InlineData("")]
    [InlineData("0 0 * *")]
    [InlineData("0 0 0 0 0 0 0")]
    [InlineData("0 61 * * * *")]
    [InlineData("00:05:00")]
    public void WhatIsNoCronExpressionIsRefused(string text) => Assert.False(Schedule.TryParse(text, TimeZoneInfo.Utc, out _));

    private static List<string> Runs(string cron, string zone, string after, int count)
    {
        Assert.True(Schedule.TryParse(cron, TimeZoneInfo.FindSystemTimeZoneById(zone), out var schedule));
        var runs = new List<string>();
        var moment = DateTimeOffset.Parse(after, CultureInfo.InvariantCulture);
        while (runs.Count < count && schedule.NextAfter(moment) is { } next)
        {
            moment = next;
            runs.Add(next.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        return runs;
    }
}
