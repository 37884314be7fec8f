using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Policy;
using Moderato.Storage;
using Xunit;
using Outcome = Moderato.Comments.Outcome;

namespace Moderato.Tests.Digests;

public sealed class HourRollupTests
{
    private static readonly Completeness Accounts = new(5, 4, 1, 1, 0, 0);

    [Fact]
    public void AnHourCountsDecisionsAndMoodsByChannel()
    {
        var rollup = HourRollup.Of(SomeDay.Community, SomeDay.Hour,
        [
            SomeDay.Outcome("1"), SomeDay.Outcome("2", Decision.Hold), SomeDay.Outcome("3", Decision.Escalate, negative: 0.9),
            SomeDay.Outcome("4", platform: "facebook", channel: "z"), SomeDay.Outcome("5", platform: "facebook", channel: "a"),
        ], Accounts);
        Assert.Equal(
            [(Decision.Approve, 3), (Decision.Hold, 1), (Decision.Escalate, 1)], rollup.Decisions.OrderBy(d => d.Key).Select(d => (d.Key, d.Value)));
        Assert.Equal(
            [("facebook", "a", 0, 0, 1), ("facebook", "z", 0, 0, 1), ("instagram", "bottega", 1, 0, 2)],
            rollup.Channels.Select(c => (c.Platform.ToString(), c.Channel, c.Negative, c.Neutral, c.Positive)));
        Assert.Equal(Accounts, rollup.Completeness);
    }

    [Fact]
    public void WhatWasRemovedCountsAsRemovedOnly()
    {
        var rollup = HourRollup.Of(SomeDay.Community, SomeDay.Hour,
            [SomeDay.Outcome("1", Decision.Hold, removed: true), SomeDay.Outcome("2", decision: null, removed: true)], Accounts);
        Assert.Equal(2, rollup.Removed);
        Assert.Empty(rollup.Decisions);
        Assert.Empty(rollup.Channels);
    }

    [Fact]
    public void AnEmptyHourIsEmpty()
    {
        var rollup = HourRollup.Of(SomeDay.Community, SomeDay.Hour, [], Completeness.Empty);
        Assert.Equal((0, 0, 0, 0), (rollup.Removed, rollup.Decisions.Count, rollup.Channels.Count, rollup.Voices.Kept.Count));
    }

    [Fact]
    public void ADayIsTheSumOfItsHours() => Prop.ForAll(Outcomes(), Outcomes(), (one, other) =>
    {
        var day = DigestName.Day(LocalDay.Of(SomeDay.Hour, SomeDay.Demo().Zone).Date);
        HourRollup[] hours = [HourRollup.Of(SomeDay.Community, SomeDay.Hour, one, Accounts), HourRollup.Of(SomeDay.Community, SomeDay.Hour.AddHours(1), other, Accounts)];
        var digest = Digest.Of(SomeDay.Demo(), day, hours, SomeDay.Hour.AddDays(1));
        var (all, present) = (one.Concat(other).ToList(), one.Concat(other).Where(o => !o.Removed).ToList());

        Assert.Equal(Accounts + Accounts, digest.Completeness);
        Assert.Equal(all.Count - present.Count, digest.Policy.Removed);
        Assert.Equal(present.Count, digest.Policy.Decisions.Values.Sum());
        Assert.Equal(present.Count, digest.ByChannel.Items.Sum(c => c.Negative + c.Neutral + c.Positive));
        Assert.Equal(digest.ByChannel.Items.OrderByDescending(c => c.Comments), digest.ByChannel.Items);
        Assert.False(digest.Partial);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-03-10T22:59:59Z", true)]
    [InlineData("2026-03-10T23:00:00Z", false)]
    public void ADayThatIsNotOverIsPartial(string now, bool partial) => Assert.Equal(
        partial,
        Digest.Of(SomeDay.Demo(), DigestName.Day(LocalDay.Of(SomeDay.Hour, SomeDay.Demo().Zone).Date), [], DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).Partial);

    [Fact]
    public void AnyOrderAndAnyRepetitionGiveTheSameBytes() => Prop.ForAll(
        Told(), Gen.Choose(0, int.MaxValue).ToArbitrary(),
        (outcomes, seed) =>
        {
            var random = new Random(seed);
            var shuffled = outcomes.Concat(outcomes.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToList();
            Assert.Equal(Bytes(Of(outcomes)), Bytes(Of(shuffled)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PeopleAreCountedOnceAndTheCommunitysOwnAreNone()
    {
        var hour = Of(
        [
            Said("1", "anna", unhappy: true, first: true), Said("2", "anna"), Said("3", "bruno", first: true), Said("4", null), Said("5", null),
            Said("6", "shop", own: true), Said("7", "page", unhappy: true),
        ], o => o.Comment.Author?.Id == "page");
        var channel = Assert.Single(hour.Channels);
        Assert.Equal((7, 3, 2, 1), (channel.Comments, channel.People.Count, channel.Newcomers.Count, channel.Unhappy.Count));
        Assert.Equal((1, 1), (hour.Voices.Unhappy, hour.Voices.Kept.Count));
    }

    [Fact]
    public void VoicesThreadsAndAnswersAreBoundedAndTheTotalsAreTrue()
    {
        var hour = Of([.. Enumerable.Range(0, 400).Select(i => Said($"{i}", $"a{i}", unhappy: i % 2 == 0, asks: i % 2 == 1, thread: $"t{i % 50}", parent: $"p{i}"))]);
        Assert.Equal((200, 200, HourVoices.MostUnhappy + HourVoices.MostAsking), (hour.Voices.Unhappy, hour.Voices.Asking, hour.Voices.Kept.Count));
        Assert.Equal((ThreadHour.Most, KnownAnswer.Most, true), (hour.Threads.Count, hour.Answers.Count, hour.Terms.Count <= HourMood.MostTerms));
        Assert.All(hour.Threads, t => Assert.True(t.Asked.Count <= ThreadHour.MostAsked));
        Assert.InRange(Bytes(hour).Length, 1, 120_000);
    }

    [Fact]
    public void AThreadKnowsWhoWroteWhatWasAskedAndTheNewestComment()
    {
        var hour = Of(
        [
            Said("1", "anna", asks: true, thread: "t"), Said("2", "bruno", thread: "t", at: SomeDay.Hour.AddMinutes(9)), Said("3", "shop", own: true, thread: "t", at: SomeDay.Hour.AddMinutes(20)),
            Said("4", "carla", thread: "elsewhere"), Said("5", "carla"), Said("6", "shop", own: true, thread: "ours alone"),
        ]);
        Assert.Equal([2, 1], hour.Threads.Select(t => t.Comments));
        var thread = hour.Threads[0];
        Assert.Equal((2, 1, SomeDay.Hour.AddMinutes(9), SomeDay.Hour.AddMinutes(20)), (thread.People.Count, thread.Asked.Count, thread.NewestAt, thread.OwnAt));
        Assert.Equal("2", OutcomeId.TryParse(thread.Newest, out var newest) ? newest.Value.Key.Id : "");
        Assert.DoesNotContain("elsewhere", Bytes(hour), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatPeopleMadeOfThePolicyIsCounted()
    {
        var fair = Said("1", "anna", unhappy: true) with { Verdict = new Verdict(Decision.Hide, "angry", "", "1") };
        var rude = Said("2", "bruno", unhappy: true) with { Verdict = new Verdict(Decision.Approve, "otherwise", "", "1"), Ruling = new Ruling("r", Decision.Hide, "anna", SomeDay.Hour, 1) };
        var agreed = Said("3", "carla") with { Verdict = new Verdict(Decision.Approve, "otherwise", "", "1"), Ruling = new Ruling("r", Decision.Approve, "anna", SomeDay.Hour, 1) };
        var policy = Of([fair, rude with { Signals = rude.Signals! with { RudeWords = 2 } }, agreed]).Policy;
        Assert.Equal((2, 1, 2, 1), (policy.ByPeople, policy.Overruled, policy.Hidden, policy.HiddenFairCriticism));
        Assert.Equal(["angry=1", "otherwise=2"], policy.Rules.Select(r => $"{r.Key}={r.Value}"));
    }

    [Fact]
    public void ARollUpOfAnEarlierReleaseReads()
    {
        const string old = """
            {"community":"demo","hour":"2026-03-10T09:00:00+00:00","completeness":{"received":1,"decided":1,"duplicates":0,"waiting":0,"parked":0,"lost":0},"outcomes":1,"removed":0,
             "decisions":{"approve":1},"channels":[{"platform":"facebook","channel":"a","negative":1,"neutral":0,"positive":2}],"attention":[],"shadows":{},"statistics":[]}
            """;
        var hour = JsonSerializer.Deserialize<HourRollup>(old, StoredJson.Options)!;
        Assert.Equal((3, 0, 0, 0, 0), (hour.Channels[0].Comments, hour.Channels[0].People.Count, hour.Voices.Kept.Count, hour.Threads.Count, hour.Policy.ByPeople));
    }

    private static string Bytes(HourRollup hour) => JsonSerializer.Serialize(hour, StoredJson.Options);

    private static HourRollup Of(IReadOnlyList<Outcome> outcomes, Predicate<Outcome>? isOwn = null) => HourRollup.Of(SomeDay.Community, SomeDay.Hour, outcomes, Accounts, isOwn);

    private static Outcome Said(
        string id, string? author, bool unhappy = false, bool asks = false, bool first = false, bool own = false, string? thread = null, string? parent = null, DateTimeOffset? at = null) =>
        SomeDay.Said(id, author, "Il pacco non arriva mai, quando lo spedite?", unhappy, asks, at, c => c with { ThreadId = thread, ParentId = parent }) with
        {
            AuthorSnapshot = new AuthorHistory(first ? [] : [new PastComment(SomeDay.Hour.AddDays(-1), Decision.Approve, Sentiment.Neutral)])
            {
                Profile = new AuthorProfile(false, own, []),
            }.ToSnapshot(SomeDay.Hour),
        };

    private static Arbitrary<List<Outcome>> Told() =>
        (from author in Gen.Elements("anna", "bruno", "carla", null)
         from unhappy in Gen.Elements(true, false)
         from asks in Gen.Elements(true, false)
         from thread in Gen.Elements("a", "b", null)
         from parent in Gen.Elements("0", "1", null)
         from removed in Gen.Elements(true, false, false, false)
         from minute in Gen.Choose(0, 59)
         select (author, unhappy, asks, thread, parent, removed, minute)).ListOf()
        .Select(list => list.Select((o, i) =>
        {
            var said = Said($"{i}", o.author, o.unhappy, o.asks, first: i % 3 == 0, thread: o.thread, parent: o.parent, at: SomeDay.Hour.AddMinutes(o.minute));
            return o.removed ? said with { Comment = said.Comment.AsTombstone() } : said;
        }).ToList()).ToArbitrary();

    private static Arbitrary<List<Outcome>> Outcomes() =>
        (from decision in Gen.Elements(Enum.GetValues<Decision>())
         from negative in Gen.Elements(0.1, 0.5, 0.9)
         from channel in Gen.Elements("a", "b")
         from removed in Gen.Elements(true, false, false)
         select (decision, negative, channel, removed)).ListOf()
        .Select(list => list.Select((o, i) => SomeDay.Outcome($"{i}", o.decision, o.negative, channel: o.channel, removed: o.removed)).ToList()).ToArbitrary();
}
