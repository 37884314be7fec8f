using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Mood;
using Moderato.Tests.Scoring;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class CausesTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    /// <summary>14 people, three platforms, two languages: one cause, which nothing else has fallen into.</summary>
    [Fact]
    public void TheDemosMutinyIsOneCause()
    {
        var demo = SomeVoices.Demo(fixture.Scorer);
        var mutiny = demo.Where(d => d.Cause == "spedizione-ferma").Select(d => d.Voice.Person).ToHashSet();

        var causes = Causes.Group([.. demo.Where(d => d.Voice.Unhappy).Select(d => d.Voice)], 3);

        var cause = causes[0];
        Assert.InRange(cause.Voices.Select(v => v.Person).Where(mutiny.Contains).Distinct().Count(), 13, 14);
        Assert.InRange(cause.Voices.Count(v => !mutiny.Contains(v.Person)), 0, 1);
        var others = causes.Skip(1).SelectMany(c => c.Voices).Select(v => v.OutcomeId).ToHashSet();
        Assert.DoesNotContain(demo, d => d.Cause is not null && others.Contains(d.Voice.OutcomeId));
        var told = Topics.Describe(cause.Terms, [.. demo.Where(d => cause.Voices.Contains(d.Voice)).Select(d => d.Text)]);
        Assert.Equal(["late", "delivery", "answer"], told.Concepts);
        Assert.Equal("lunedì", told.Words[0]);
    }

    [Theory]
    [InlineData("praise")]
    [InlineData("question")]
    public void PraiseAndQuestionsAreHardlyEverUnhappy(string kind)
    {
        var all = SomeVoices.Demo(fixture.Scorer).Where(d => d.Kind == kind).ToList();
        Assert.InRange(all.Count(d => d.Voice.Unhappy), 0, all.Count / 15);
    }

    [Fact]
    public void OnePersonIsNoCauseHoweverOften() =>
        Assert.Empty(Causes.Group([.. Enumerable.Range(0, 30).Select(i => SomeVoices.Unhappy($"o{i}", 1, i, 0.9, "late", "delivery"))], 2));

    [Fact]
    public void TwoMattersAreTwoCauses()
    {
        var voices = Enumerable.Range(0, 6).Select(i => SomeVoices.Unhappy($"a{i}", (uint)i + 1, i, 0.5, "late", "delivery"))
            .Concat(Enumerable.Range(0, 5).Select(i => SomeVoices.Unhappy($"b{i}", (uint)i + 11, i, 0.5, "parking")));

        var causes = Causes.Group([.. voices], 3);

        Assert.Equal([6, 5], causes.Select(c => c.People));
        Assert.Equal(SomeVoices.Concept("parking"), causes[1].Seed);
    }

    /// <summary>A shop's customers all name the shop: that is not what they are unhappy about.</summary>
    [Fact]
    public void AWordThatEverybodyUsesIsNoCause()
    {
        var brand = Topics.WordOf("bottega").Id;
        string[] matters = ["late", "parking", "price", "noise", "staff"];
        var voices = Enumerable.Range(0, 20).Select(i => SomeVoices.Unhappy($"a{i}", (uint)i + 1, i, 0.5, matters[i % 5]))
            .Select(v => v with { Terms = [.. v.Terms, brand] });

        var causes = Causes.Group([.. voices], 3);

        Assert.Equal(5, causes.Count);
        Assert.DoesNotContain(causes, c => c.Seed == brand);
    }

    [Fact]
    public void TheSameTextIsOneCauseWithoutAnyKnownWord()
    {
        var voices = Enumerable.Range(0, 4).Select(i => SomeVoices.Unhappy($"a{i}", (uint)i + 1, i, 0.5) with { Fingerprint = 0xF0F0_F0F0_F0F0_F0F0 ^ (1UL << i) });

        var cause = Assert.Single(Causes.Group([.. voices], 3));

        Assert.Equal(4, cause.People);
        Assert.Single(cause.Terms);
    }

    [Fact]
    public void TheOrderAndRepetitionsChangeNothing() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var voices = Enumerable.Range(0, random.Next(60)).Select(i => new Voice($"o{i}", SomeVoices.Forum, "main", (uint)random.Next(1, 20), SomeVoices.Now.AddMinutes(-random.Next(90)))
        {
            Unhappy = true,
            Fingerprint = random.Next(3) == 0 ? 0xABCDUL << random.Next(8) : 0,
            Terms = [.. Enumerable.Range(0, random.Next(5)).Select(_ => (uint)random.Next(1, 12))],
        }).ToArray();
        var others = voices.Concat(voices.Take(random.Next(voices.Length + 1))).ToArray();
        random.Shuffle(others);

        var (one, other) = (Causes.Group(voices, 2), Causes.Group(others, 2));

        Assert.Equal(one.Select(Told), other.Select(Told));
        Assert.Equal(one.Sum(c => c.Voices.Count), one.SelectMany(c => c.Voices).Select(v => v.OutcomeId).Distinct().Count());
        Assert.All(one, c => Assert.True(c.People >= 2));
    }));

    [Fact]
    public void ThousandsOfCommentsAreGroupedAtOnce()
    {
        var random = new Random(7);
        var voices = Enumerable.Range(0, 4000).Select(i => new Voice($"o{i}", SomeVoices.Forum, "main", (uint)random.Next(1, 3000), SomeVoices.Now.AddMinutes(-random.Next(1400)))
        {
            Unhappy = true,
            Fingerprint = (ulong)random.NextInt64(),
            Terms = [.. Enumerable.Range(0, 6).Select(_ => (uint)(2000 * Math.Pow(random.NextDouble(), 3)))],
        }).ToArray();
        Causes.Group([.. voices.Take(50)], 3);

        var clock = Stopwatch.StartNew();
        Causes.Group(voices, 5);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static string Told(Cause cause) => $"{string.Join(',', cause.Terms)}: {string.Join(',', cause.Voices.Select(v => v.OutcomeId))}";
}
