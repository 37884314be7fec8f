using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Hosting;
using Moderato.Ingest;
using Xunit;

namespace Moderato.Tests.Ingest;

public sealed class PlatformTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("\"2026-07-29T08:00:04+0000\"", "2026-07-29T08:00:04Z")]
    [InlineData("\"2026-07-29T08:00:04Z\"", "2026-07-29T08:00:04Z")]
    [InlineData("\"2026-07-29T08:00Z\"", "2026-07-29T08:00:00Z")]
    [InlineData("\"2026-07-29T10:00:04+02:00\"", "2026-07-29T08:00:04Z")]
    [InlineData("\"2026-07-29T13:30:04+0530\"", "2026-07-29T08:00:04Z")]
    [InlineData("\"2026-07-29T04:30:04.5-0330\"", "2026-07-29T08:00:04.5Z")]
    [InlineData("\"2026-07-29T08:00:04.1234567Z\"", "2026-07-29T08:00:04.1234567Z")]
    [InlineData("1785312004", "2026-07-29T08:00:04Z")]
    [InlineData("1785312004871", "2026-07-29T08:00:04.871Z")]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("-1", "1969-12-31T23:59:59Z")]
    public void PlatformsWriteTimesInThreeWays(string json, string expected)
    {
        Assert.True(TryRead(json, out var time));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), time);
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"Z\"")]
    [InlineData("\"+0000\"")]
    [InlineData("\"2026-07-29\"")]
    [InlineData("\"2026-07-29T08:00:04\"")]
    [InlineData("\"2026-07-29 08:00:04Z\"")]
    [InlineData("\"29.07.2026\"")]
    [InlineData("\"2026-13-01T00:00:00Z\"")]
    [InlineData("\"2026-07-29T24:00:00Z\"")]
    [InlineData("\"1785312004\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("1785312004.5")]
    [InlineData("1e300")]
    [InlineData("253402300800000")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("-9223372036854775807")]
    [InlineData("null")]
    [InlineData("{}")]
    public void WhatIsNoTimeIsNotRead(string json) => Assert.False(TryRead(json, out _));

    [Fact]
    public void SecondsMillisecondsAndTextSayTheSame() => Prop.ForAll(
        Gen.Choose(788_918_400, int.MaxValue).ToArbitrary(),
        seconds =>
        {
            var expected = DateTimeOffset.FromUnixTimeSeconds(seconds);
            foreach (var json in new[] { $"{seconds}", $"{seconds}000", $"\"{expected:yyyy-MM-ddTHH:mm:sszzz}\"", $"\"{expected.ToOffset(TimeSpan.FromHours(-5)):yyyy-MM-ddTHH:mm:ss.fffzzz}\"" })
            {
                Assert.True(TryRead(json, out var time));
                Assert.Equal(expected, time);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1995-01-01T00:00:00Z", true)]
    [InlineData("1994-12-31T23:59:59Z", false)]
    [InlineData("2026-03-11T09:30:00Z", true)]
    [InlineData("2026-03-11T09:30:01Z", false)]
    public void AnImpossibleTimeIsUnknown(string time, bool plausible) =>
        Assert.Equal(plausible, PlatformTime.IfPlausible(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), Now) is not null);

    private static bool TryRead(string json, out DateTimeOffset time)
    {
        using var document = JsonText.Parse(Encoding.UTF8.GetBytes(json));
        return PlatformTime.TryRead(document.RootElement, out time);
    }
}
