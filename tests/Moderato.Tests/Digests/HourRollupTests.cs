using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Digests;
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
        Assert.Equal(["3", "2"], rollup.Attention.Select(Id));
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
        Assert.Empty(rollup.Attention);
    }

    [Fact]
    public void AnEmptyHourIsEmpty()
    {
        var rollup = HourRollup.Of(SomeDay.Community, SomeDay.Hour, [], Completeness.Empty);
        Assert.Equal((0, 0, 0, 0), (rollup.Removed, rollup.Decisions.Count, rollup.Channels.Count, rollup.Attention.Count));
    }

    [Theory]
    [InlineData(Decision.Hold, true)]
    [InlineData(Decision.Escalate, true)]
    [InlineData(Decision.Approve, false)]
    [InlineData(Decision.Hide, false)]
    [InlineData(Decision.Delete, false)]
    public void WhatIsHeldOrEscalatedNeedsAPerson(Decision decision, bool needs) =>
        Assert.Equal(needs, AttentionItem.Of(SomeDay.Outcome("1", decision)) is not null);

    [Fact]
    public void EscalatedComesFirstThenTheUnhappiestThenTheLongestWaiting()
    {
        var items = new[]
        {
            SomeDay.Outcome("late", Decision.Hold, 0.5, at: SomeDay.Hour.AddMinutes(9)), SomeDay.Outcome("early", Decision.Hold, 0.5),
            SomeDay.Outcome("angry", Decision.Hold, 0.9), SomeDay.Outcome("escalated", Decision.Escalate, 0.1),
        }.Select(o => AttentionItem.Of(o)!).ToList();
        Assert.Equal(["escalated", "angry", "early", "late"], AttentionItem.Top(items, 9).Select(Id));
        Assert.Equal(["escalated", "angry"], AttentionItem.Top(items, 2).Select(Id));
    }

    [Fact]
    public void TheOrderOfTheRowsDoesNotMatter() => Prop.ForAll(
        Outcomes(), Gen.Choose(0, 1_000).ToArbitrary(),
        (outcomes, seed) =>
        {
            var shuffled = outcomes.OrderBy(o => (o.Key.Id.GetHashCode(StringComparison.Ordinal) ^ seed) % 17).ToList();
            Assert.Equal(
                HourRollup.Of(SomeDay.Community, SomeDay.Hour, outcomes, Accounts).Attention, HourRollup.Of(SomeDay.Community, SomeDay.Hour, shuffled, Accounts).Attention);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ADayIsTheSumOfItsHours() => Prop.ForAll(Outcomes(), Outcomes(), (one, other) =>
    {
        var day = DigestName.Day(LocalDay.Of(SomeDay.Hour, SomeDay.Demo().Zone).Date);
        HourRollup[] hours = [HourRollup.Of(SomeDay.Community, SomeDay.Hour, one, Accounts), HourRollup.Of(SomeDay.Community, SomeDay.Hour.AddHours(1), other, Accounts)];
        var digest = Digest.Of(SomeDay.Demo(), day, hours, SomeDay.Hour.AddDays(1));
        var (all, present) = (one.Concat(other).ToList(), one.Concat(other).Where(o => !o.Removed).ToList());

        Assert.Equal(Accounts + Accounts, digest.Completeness);
        Assert.Equal(all.Count - present.Count, digest.Removed);
        Assert.Equal(present.Count, digest.Decisions.Values.Sum());
        Assert.Equal(present.Count, digest.Negative + digest.Neutral + digest.Positive);
        Assert.Equal(present.Count(o => o.Verdict!.Decision is Decision.Hold or Decision.Escalate), digest.AttentionTotal);
        Assert.Equal(AttentionItem.Top(present.Select(AttentionItem.Of).OfType<AttentionItem>(), Digest.MostAttention), digest.Attention);
        Assert.Equal(digest.Channels.OrderByDescending(c => c.Comments), digest.Channels);
        Assert.False(digest.Partial);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-03-10T22:59:59Z", true)]
    [InlineData("2026-03-10T23:00:00Z", false)]
    public void ADayThatIsNotOverIsPartial(string now, bool partial) => Assert.Equal(
        partial,
        Digest.Of(SomeDay.Demo(), DigestName.Day(LocalDay.Of(SomeDay.Hour, SomeDay.Demo().Zone).Date), [], DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).Partial);

    private static string Id(AttentionItem item) => OutcomeId.TryParse(item.OutcomeId, out var id) ? id.Value.Key.Id : "";

    private static Arbitrary<List<Outcome>> Outcomes() =>
        (from decision in Gen.Elements(Enum.GetValues<Decision>())
         from negative in Gen.Elements(0.1, 0.5, 0.9)
         from channel in Gen.Elements("a", "b")
         from removed in Gen.Elements(true, false, false)
         select (decision, negative, channel, removed)).ListOf()
        .Select(list => list.Select((o, i) => SomeDay.Outcome($"{i}", o.decision, o.negative, channel: o.channel, removed: o.removed)).ToList()).ToArbitrary();
}
