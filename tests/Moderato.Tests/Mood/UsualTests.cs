using Moderato.Mood;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class UsualTests
{
    private static readonly DateTimeOffset Now = SomeVoices.Now;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void WithoutAPastLittleIsExpectedAndLittleIsSure()
    {
        var (unhappy, others) = new Usual([], Now).Of((SomeVoices.Forum, "main"), Hour, Now);

        Assert.Equal(0.25, unhappy.Mean, 6);
        Assert.Equal(1, others.Mean, 6);
        Assert.True(unhappy.ChanceOf(3) > 0.01);
    }

    [Fact]
    public void TheSameHourOfTheWeekCountsMoreThanTheHourOfTheDayAndThisMoreThanTheRest()
    {
        // Wednesdays at 12 there are ten, on other days at 12 four, else one.
        var usual = new Usual(Past(h => h.Hour != 12 ? 1 : h.DayOfWeek == DayOfWeek.Wednesday ? 10 : 4), Now);

        var wednesday = Mean(usual, Now.AddHours(1));
        var night = Mean(usual, Now.AddHours(-8));

        Assert.InRange(wednesday, 4, 8);
        Assert.InRange(night, 0.9, 1.4);
    }

    [Fact]
    public void ASpanIsTheSumOfItsParts()
    {
        var usual = new Usual(Past(_ => 6), Now);
        Assert.Equal(6, Mean(usual, Now), 0.1);
        Assert.Equal(0.5, usual.Of((SomeVoices.Forum, "main"), TimeSpan.FromMinutes(5), Now.AddMinutes(2)).Unhappy.Mean, 0.02);
        Assert.Equal(144, usual.Of((SomeVoices.Forum, "main"), TimeSpan.FromHours(24), Now.AddMinutes(30)).Unhappy.Mean, 2.0);
    }

    [Fact]
    public void DaysThatVaryMoreWidenTheTail()
    {
        var even = new Usual(Past(_ => 6), Now);
        var uneven = new Usual(Past(h => h.DayOfYear % 2 == 0 ? 2 : 10), Now);

        Assert.True(Chance(uneven, 20) > 10 * Chance(even, 20));

        static double Chance(Usual usual, int people) => usual.Of((SomeVoices.Forum, "main"), Hour, Now).Unhappy.ChanceOf(people);
    }

    [Fact]
    public void ACrisisOfThePastIsNoHabit()
    {
        var usual = new Usual(Past(h => h == Now.AddDays(-7) ? 500 : 1), Now);
        Assert.InRange(Mean(usual, Now.AddHours(1)), 0.9, 5);
    }

    [Fact]
    public void ATermIsExpectedAsOftenAsItIsUsed()
    {
        var usual = new Usual([.. Past(_ => 4).Select(p => p with { Terms = new Dictionary<uint, int> { [7] = 1 } })], Now);

        Assert.Equal(0.25, usual.ShareOf(7).Share, 2);
        Assert.InRange(usual.ShareOf(8).Share, 0.0001, 0.005);
    }

    [Fact]
    public void WhatLiesOutsideOfTheFourWeeksOrIsThereTwiceChangesNothing()
    {
        var past = Past(_ => 3);
        var more = past.Concat(past.Take(50)).Append(Of(Now.AddDays(-29), 900)).Append(Of(Now, 900)).Reverse().ToArray();

        Assert.Equal(Mean(new Usual(past, Now), Now), Mean(new Usual(more, Now), Now), 9);
    }

    private static double Mean(Usual usual, DateTimeOffset now) => usual.Of((SomeVoices.Forum, "main"), Hour, now).Unhappy.Mean;

    private static PastHour[] Past(Func<DateTimeOffset, int> unhappy) =>
        [.. Enumerable.Range(1, 28 * 24).Select(h => Now.AddHours(-h)).Select(h => Of(h, unhappy(h)))];

    private static PastHour Of(DateTimeOffset hour, int unhappy) => new(hour, [new PastChannel(SomeVoices.Forum, "main", unhappy * 5, unhappy, 0)], new Dictionary<uint, int>());
}
