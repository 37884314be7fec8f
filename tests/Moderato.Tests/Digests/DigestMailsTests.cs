using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Storage;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>Who is posted what, and when. Rome is an hour ahead of UTC on these days.</summary>
public sealed class DigestMailsTests
{
    private static readonly DigestName Day = DigestName.Day(new DateOnly(2026, 3, 10));
    private static readonly DigestName Week = DigestName.WeekOf(new DateOnly(2026, 3, 10));

    private static readonly Community Office = SomeDay.Demo() with
    {
        Recipients =
        [
            new Recipient("anna@example.org", "it", 7, [Editions.Daily, Editions.Weekly]),
            new Recipient("bruno@example.org", "en", 9, [Editions.Daily, Editions.Alarms]),
            new Recipient("early@example.org", "it", 5, [Editions.Daily]), // before the community's own hour is at it
            new Recipient("care@example.org", "it", 8, ["team:care", "team:sales"]),
        ],
    };

    [Theory]
    [InlineData("2026-03-11T05:00Z", -1, "")]
    [InlineData("2026-03-11T06:00Z", -1, "anna daily it, early daily it")]
    [InlineData("2026-03-11T06:59Z", 7, "")]
    [InlineData("2026-03-11T07:00Z", 7, "care team:care it")] // nothing lies with sales
    [InlineData("2026-03-11T08:00Z", 8, "bruno daily en")]
    [InlineData("2026-03-11T13:00Z", 7, "bruno daily en, care team:care it")] // two hours were missed
    [InlineData("2026-03-11T22:30Z", 22, "")]
    [InlineData("2026-03-14T01:00Z", -1, "anna daily it, bruno daily en, care team:care it, early daily it")] // off for three days, and early in the morning
    [InlineData("2026-03-14T01:00Z", 23, "")]
    public void EverybodyGetsTheirsFromTheirOwnHourOn(string now, int postedThrough, string who) =>
        Assert.Equal(who, Posted(Day, now, postedThrough));

    [Fact]
    public void ADayThatIsNotOverIsPostedAtOnceUnderItsOwnName()
    {
        var requests = DigestMails.Due(Office, Made(Day) with { Partial = true }, At("2026-03-10T20:00Z")).Requests;
        Assert.Equal(4, requests.Count);
        Assert.All(requests, r => Assert.Equal("2026-03-10-so-far", r.Of));
        Assert.True(DigestMails.TryParseAbout("2026-03-10-so-far", out var name));
        Assert.Equal(Day, name);
    }

    [Theory]
    [InlineData("2026-03-16T05:59Z", "")]
    [InlineData("2026-03-16T06:00Z", "anna weekly it")]
    [InlineData("2026-03-18T01:00Z", "anna weekly it")]
    public void AWeekIsPostedOnItsMonday(string now, string who) => Assert.Equal(who, Posted(Week, now, -1));

    [Theory]
    [InlineData("2026-03-29T00:00Z", "")] // one o'clock
    [InlineData("2026-03-29T01:00Z", "anna daily it")] // three: there was no two o'clock
    public void AnHourThatDoesNotExistIsTheNextOne(string now, string who) => Assert.Equal(who, Posted(DigestName.Day(new DateOnly(2026, 3, 28)), now, -1, AtTwo));

    [Fact]
    public void AnHourThatComesTwicePostsOnce()
    {
        var day = DigestName.Day(new DateOnly(2026, 10, 24));
        Assert.Equal("anna daily it", Posted(day, "2026-10-25T00:00Z", -1, AtTwo));
        Assert.Equal("", Posted(day, "2026-10-25T01:00Z", 2, AtTwo));
    }

    [Fact]
    public void HoweverTheTimerRunsEverybodyIsPostedOnce() => Prop.ForAll(
        Gen.Choose(0, 23).ToArbitrary(), Gen.Choose(0, 23).ToArbitrary(), Gen.Choose(0, 71).ListOf().Select(l => l.ToArray()).ToArbitrary(),
        (own, theirs, runs) =>
        {
            var community = SomeDay.Demo() with { DigestHour = own, Recipients = [new Recipient("anna@example.org", "it", theirs, [Editions.Daily])] };
            var (digest, posted) = (Made(Day), 0);
            foreach (var run in runs.Order().Append(96))
            {
                var (requests, through) = DigestMails.Due(community, digest, Day.Span(community.Zone).To.AddHours(run));
                Assert.True(run >= Math.Max(own, theirs) || requests.Count == 0);
                posted += requests.Count;
                if (requests.Count > 0)
                    digest = digest with { PostedThrough = through };
            }
            Assert.Equal(1, posted);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatAnEarlierReleaseMailedIsNotPostedAgain()
    {
        var old = JsonSerializer.Serialize(Made(Day), StoredJson.Options).Replace("\"postedThrough\":-1,", "", StringComparison.Ordinal);
        Assert.DoesNotContain("postedThrough", old, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize<Digest>(old, StoredJson.Options)!;
        Assert.Empty(DigestMails.Due(Office, read, At("2026-03-11T20:00Z")).Requests);
    }

    private static Community AtTwo => SomeDay.Demo() with { DigestHour = 2, Recipients = [new Recipient("anna@example.org", "it", 2, [Editions.Daily])] };

    private static string Posted(DigestName name, string now, int postedThrough, Community? community = null) => string.Join(
        ", ",
        DigestMails.Due(community ?? Office, Made(name) with { PostedThrough = postedThrough }, At(now)).Requests
            .Select(r => $"{r.Address.Split('@')[0]} {r.Edition} {r.Language}").Order(StringComparer.Ordinal));

    private static Digest Made(DigestName name) => Digest.Of(SomeDay.Demo(), name, [], name.Span(SomeDay.Demo().Zone).To) with
    {
        Teams = new Dictionary<string, TeamPart> { ["care"] = new(1, 0, 0, new(0, [])) },
    };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
