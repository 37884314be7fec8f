using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Mood;
using Moderato.Tests.Mood.Synthetic;
using Moderato.Tests.Scoring;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class MoodEngineTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    private static readonly DateTimeOffset Now = SomeVoices.Now;
    private static readonly Dictionary<Scope, Level> None = [];
    private static readonly Scope Late = Scope.OfCause(SomeVoices.Concept("late"));

    /// <summary>Two comments an hour, every third of a day by somebody unhappy.</summary>
    private static readonly PastHour[] Quiet =
        [.. Enumerable.Range(1, 28 * 24).Select(h => new PastHour(Now.AddHours(-h), [new PastChannel(SomeVoices.Forum, "main", 2, h % 8 == 0 ? 1 : 0, 0)], new Dictionary<uint, int>()))];

    [Fact]
    public void NothingIsCalm() => Assert.Empty(MoodEngine.Assess([], [], [], None, Now));

    [Fact]
    public void TheDemosMutinyIsAMutiny()
    {
        var finding = MoodEngine.Assess([.. SomeVoices.Demo(fixture.Scorer).Select(d => d.Voice)], [], [], None, Now)[0];

        Assert.Equal((Level.Mutiny, Late), (finding.Level, finding.Scope));
        Assert.InRange(finding.People, 10, 14);
        Assert.Equal(["facebook", "instagram", "forum"], finding.Channels.Select(c => c.Platform.ToString()));
        Assert.Equal(5, finding.Outcomes.Count);
    }

    [Fact]
    public void ThirtyMessagesByOnePersonAreOneComplaint()
    {
        var voices = Enumerable.Range(0, 30).Select(i => SomeVoices.Unhappy($"o{i}", 9, 60 + i, 0.9, "late", "delivery")).ToArray();

        var finding = Assert.Single(Assess(voices));

        Assert.Equal((Level.Complaint, Scope.OfPerson(9), 1, 30), (finding.Level, finding.Scope, finding.People, finding.Comments));
        Assert.Single(finding.Outcomes);
    }

    [Fact]
    public void ThirtyPeopleWithOneComplaintAreAMutiny() => Assert.Equal(Level.Mutiny, Assess(Crowd(30))[0].Level);

    [Fact]
    public void ThirtyCalmPeopleAreNoMoreThanACrisis() => Assert.Equal(Level.Crisis, Assess(Crowd(30, anger: 0.1))[0].Level);

    [Fact]
    public void TwoPeopleAreNothingHoweverRare() => Assert.Empty(Assess(Crowd(2)));

    [Theory]
    [InlineData(3, 41, Level.Complaint)]
    [InlineData(3, 39, Level.Calm)]
    [InlineData(2, 100, Level.Calm)]
    public void AComplaintTakesThreeAngryMessagesAndFortyMinutes(int messages, double minutesSinceThird, Level expected) => Assert.Equal(
        expected, Assess([.. Enumerable.Range(0, messages).Select(i => SomeVoices.Unhappy($"o{i}", 9, minutesSinceThird + (messages - i - 1), 0.5))]).Select(f => f.Level).SingleOrDefault());

    [Fact]
    public void AnAnsweredComplaintIsNone()
    {
        var angry = Enumerable.Range(0, 3).Select(i => SomeVoices.Unhappy($"o{i}", 9, 90 + i, 0.9)).ToArray();
        var answer = SomeVoices.Unhappy("a", 4, 50, 0) with { Unhappy = false, AnswerTo = angry[1].Comment };

        Assert.Empty(Assess([.. angry, answer]));
        Assert.Single(Assess([.. angry, answer with { Person = 9 }]));
        Assert.Single(Assess([.. angry, answer with { At = Now.AddHours(-5) }]));
    }

    [Fact]
    public void MoreOfWhatIsUsualIsNeeded()
    {
        var used = Quiet.Select(p => new PastHour(p.Hour, [new PastChannel(SomeVoices.Forum, "main", 60, 12, 0)], new Dictionary<uint, int> { [SomeVoices.Concept("late")] = 6, [SomeVoices.Concept("delivery")] = 6 })).ToArray();

        Assert.True(Assess(Crowd(8))[0].Level >= Level.Crisis);
        Assert.Empty(MoodEngine.Assess(Crowd(8), used, [], None, Now));
    }

    [Fact]
    public void AnnouncedComplaintsAreNoCrisisAndAnnouncedCommentsNoExcuse()
    {
        Assert.Equal(Level.Unrest, With(Expectation.Complaints, [])[0].Level);
        Assert.Equal(Level.Mutiny, With(Expectation.Complaints, [new EventChannel(SomeVoices.Forum, "elsewhere")])[0].Level);
        Assert.Equal(Level.Mutiny, With(Expectation.Comments, [])[0].Level);
        Assert.Equal(Level.Mutiny, With(Expectation.Nothing, [])[0].Level);

        static IReadOnlyList<Finding> With(Expectation expects, EventChannel[] channels) => MoodEngine.Assess(
            Crowd(20), Quiet, [new NotedEvent("e", EventKind.Outage, "Outage", Now.AddHours(-1), Now.AddHours(1), expects, channels, "anna")], None, Now);
    }

    [Fact]
    public void ACampaignWithAsManyUnhappyAsUsualIsCalm()
    {
        var voices = Enumerable.Range(0, 200).Select(i => SomeVoices.Unhappy($"o{i}", (uint)i + 1, i % 59, i % 16 == 0 ? 0.4 : 0) with { Unhappy = i % 16 == 0, Terms = [(uint)i] }).ToArray();
        var noted = new NotedEvent("e", EventKind.Campaign, "Sale", Now.AddHours(-2), Now.AddHours(5), Expectation.Comments, [], "anna");

        Assert.Empty(MoodEngine.Assess(voices, Quiet, [noted], None, Now));
    }

    [Fact]
    public void NewcomersWhoWriteTheSameAreARaidWhateverWasNoted()
    {
        var noted = new NotedEvent("e", EventKind.Campaign, "Sale", Now.AddHours(-2), Now.AddHours(5), Expectation.Complaints, [], "anna");
        var raid = Assert.Single(MoodEngine.Assess(Raiders(5), Quiet, [noted], None, Now), f => f.Scope.Kind == ScopeKind.Raid);

        Assert.Equal((Level.Crisis, Scope.OfRaid(SomeVoices.Forum, "main"), 5), (raid.Level, raid.Scope, raid.People));
    }

    [Fact]
    public void NoRaidWithoutEnoughNewcomersWhoWriteTheSameHereAndNow()
    {
        Assert.Empty(Raids(Raiders(4)));
        Assert.Empty(Raids([.. Raiders(8).Select(v => v with { Newcomer = false })]));
        Assert.Empty(Raids([.. Raiders(8).Select(v => v with { Person = 5 })]));
        Assert.Empty(Raids([.. Raiders(8).Select((v, i) => v with { Channel = $"c{i % 3}" })]));
        Assert.Empty(Raids([.. Raiders(8).Select((v, i) => v with { At = Now.AddMinutes(-3.5 * i) })]));
        Assert.Empty(Raids([.. Raiders(8).Select((v, i) => v with { Fingerprint = 0x1234_5678_9ABC_DEF0UL * (ulong)((i * 77) + 1) })]));
        Assert.Single(Raids([.. Raiders(8).Select(v => v with { Fingerprint = 0, Hosts = [3] })]));

        static IEnumerable<Finding> Raids(Voice[] voices) => Assess(voices).Where(f => f.Scope.Kind == ScopeKind.Raid);
    }

    [Fact]
    public void WhatStandsFallsLaterThanItRises()
    {
        var few = Crowd(3).Select((v, i) => v with { At = Now.AddMinutes(-30 * (i + 1)) }).ToArray();
        var standing = new Dictionary<Scope, Level> { [Late] = Level.Unrest };

        Assert.DoesNotContain(Assess(few[..2]), f => f.Level >= Level.Unrest);
        Assert.Equal(Level.Unrest, Assert.Single(MoodEngine.Assess(few, Quiet, [], standing, Now)).Level);
        Assert.Equal(Level.Calm, Assert.Single(MoodEngine.Assess(few[..1], Quiet, [], standing, Now)).Level);
        Assert.Equal(Level.Calm, Assert.Single(MoodEngine.Assess([], Quiet, [], standing, Now)).Level);
    }

    [Fact]
    public void AMutinyEndsStepByStepAndThenIsCalm()
    {
        IReadOnlyDictionary<Scope, Level> standing = None;
        var (voices, levels) = (Crowd(20), new List<Level>());
        for (var minutes = 0; minutes < 600; minutes += 10)
        {
            var finding = Assert.Single(MoodEngine.Assess(voices, Quiet, [], standing, Now.AddMinutes(minutes)), f => f.Scope == Late);
            levels.Add(finding.Level);
            standing = new Dictionary<Scope, Level> { [Late] = finding.Level };
            if (finding.Level == Level.Calm)
                break;
        }

        Assert.Equal(Level.Mutiny, levels[0]);
        Assert.Equal(Level.Calm, levels[^1]);
        Assert.Equal(levels.OrderDescending(), levels);
    }

    [Fact]
    public void ACauseThatIsKnownByAnotherTermGoesOnUnderItsName()
    {
        var standing = new Dictionary<Scope, Level> { [Scope.OfCause(SomeVoices.Concept("delivery"))] = Level.Unrest };
        Assert.Equal(standing.Keys, MoodEngine.Assess(Crowd(12), Quiet, [], standing, Now).Select(f => f.Scope));
    }

    [Fact]
    public void TheOrderAndRepetitionsChangeNothing() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var week = new SyntheticCommunity(seed % 20, 2, (Story)(seed % 7)).Make();
        var now = (week.Truth.Ends ?? week.Start.AddDays(3)).AddMinutes(random.Next(60));
        var voices = week.Voices.Where(v => v.At <= now && v.At > now.AddHours(-30)).ToArray();
        var others = voices.Concat(voices.Take(random.Next(voices.Length + 1))).ToArray();
        random.Shuffle(others);
        var past = week.Past.ToArray();
        random.Shuffle(past);

        Assert.Equal(
            MoodEngine.Assess(voices, week.Past, [], None, now).Select(Told),
            MoodEngine.Assess(others, past, [], None, now).Select(Told));
    }));

    [Fact]
    public void ADayOfTwentyThousandCommentsIsAssessedAtOnce()
    {
        var random = new Random(3);
        var voices = Enumerable.Range(0, 20_000).Select(i => new Voice($"o{i}", SomeVoices.Forum, $"c{random.Next(5)}", (uint)random.Next(1, 12_000), Now.AddMinutes(-random.Next(1440)))
        {
            Unhappy = random.Next(5) == 0,
            Fingerprint = (ulong)random.NextInt64(),
            Terms = [.. Enumerable.Range(0, 5).Select(_ => (uint)(3000 * Math.Pow(random.NextDouble(), 2)))],
        }).ToArray();

        // About 100 ms on an idle core; the best of five on a machine that does other things as well.
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var clock = Stopwatch.StartNew();
            Assess(voices);
            return clock.Elapsed;
        });
        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private static IReadOnlyList<Finding> Assess(Voice[] voices) => MoodEngine.Assess(voices, Quiet, [], None, Now);

    private static Voice[] Crowd(int people, double anger = 0.5) =>
        [.. Enumerable.Range(0, people).Select(i => SomeVoices.Unhappy($"o{i}", (uint)i + 1, 0.5 + i, anger, "late", "delivery"))];

    private static Voice[] Raiders(int people) => [.. Enumerable.Range(0, people).Select(i => SomeVoices.Unhappy($"o{i}", (uint)i + 1, 1 + (i * 0.5), 0) with
    {
        Unhappy = false,
        Newcomer = true,
        Fingerprint = 0xFFFF_0000_FFFF_0000 ^ (1UL << i),
    })];

    private static string Told(Finding f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{f.Scope} {f.Level} {f.People} {f.Comments} {f.Anger:R} {f.Window} {f.Expected:R} {f.Probability:R} {f.FirstAt:O} {f.LastAt:O} {string.Join(',', f.Channels)} {string.Join(',', f.Terms)} {string.Join(',', f.Outcomes)}");
}
