using Microsoft.Extensions.Configuration;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class QuietHoursTests
{
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    [Theory]
    [InlineData("2026-01-10T20:59:00Z", false)] // 21:59
    [InlineData("2026-01-10T21:00:00Z", true)]
    [InlineData("2026-01-11T05:59:00Z", true)]
    [InlineData("2026-01-11T06:00:00Z", false)]
    [InlineData("2026-07-10T19:59:00Z", false)] // in summer an hour earlier in UTC
    [InlineData("2026-07-10T20:00:00Z", true)]
    [InlineData("2026-03-29T04:59:00Z", true)] // the night that clocks skip an hour in
    [InlineData("2026-03-29T05:00:00Z", false)]
    [InlineData("2026-10-25T05:59:00Z", true)] // the night that clocks repeat one in
    [InlineData("2026-10-25T06:00:00Z", false)]
    public void TheyAreWhatTheClockShows(string at, bool quiet) =>
        Assert.Equal(quiet, new QuietHours(22, 7).Hold(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Rome));

    [Theory]
    [InlineData(13, true)]
    [InlineData(15, false)]
    public void TheyMayLieWithinADay(int hour, bool quiet) => Assert.Equal(quiet, new QuietHours(13, 15).Hold(new DateTimeOffset(2026, 3, 10, hour, 30, 0, TimeSpan.Zero), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("22", null, "QuietTo")]
    [InlineData(null, "7", "QuietFrom")]
    [InlineData("24", "7", "QuietFrom")]
    [InlineData("7", "7", "QuietTo")]
    public void BothOrNeither(string? from, string? to, string named)
    {
        var problems = Assert.Throws<SettingsException>(() => Read(("QuietFrom", from), ("QuietTo", to))).Problems;
        Assert.Contains(named, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void TheyAndTheWaitAreRead()
    {
        var community = Assert.Single(Read(("QuietFrom", "22"), ("QuietTo", "7"), ("EscalateMinutes", "45")).Communities.All);
        Assert.Equal((new QuietHours(22, 7), TimeSpan.FromMinutes(45)), (community.Quiet!, community.EscalateAfter));
        Assert.Null(Assert.Single(Read().Communities.All).Quiet);
        Assert.Throws<SettingsException>(() => Read(("EscalateMinutes", "4")));
        Assert.Throws<SettingsException>(() => Read(("EscalateMinutes", "1441")));
    }

    private static Settings Read(params (string Name, string? Value)[] settings)
    {
        var all = World.Settings();
        foreach (var (name, value) in settings)
            all[$"Moderato:Communities:0:{name}"] = value;
        return SettingsServices.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
