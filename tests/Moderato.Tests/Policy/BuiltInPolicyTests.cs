using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Policy;
using Xunit;

namespace Moderato.Tests.Policy;

public sealed class BuiltInPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);
    private static readonly AuthorHistory Regular = History(Decision.Approve);

    private static readonly Signals Fine = new() { Negative = 0.1, Neutral = 0.2, Positive = 0.7, Length = 20, ModelVersion = "test" };

    [Theory]
    [InlineData(0, "nothing-to-read", Decision.Hold)]
    [InlineData(1, "nothing-against-it", Decision.Approve)]
    public void WithoutTextAPersonLooks(int length, string rule, Decision decision) => Decides(Fine with { Length = length }, Regular, rule, decision);

    [Theory]
    [InlineData(1, "rude-words", Decision.Hold)]
    [InlineData(0, "nothing-against-it", Decision.Approve)]
    public void RudeWordsAreHeld(int words, string rule, Decision decision) => Decides(Fine with { RudeWords = words }, Regular, rule, decision);

    [Theory]
    [InlineData(0.5, "threat")]
    [InlineData(0.49, "nothing-against-it")]
    public void ThreatsAreHeld(double probability, string rule) => Decides(Fine with { Harm = new Harm { Threat = probability } }, Regular, rule);

    [Theory]
    [InlineData("toxicity")]
    [InlineData("insult")]
    [InlineData("identity attack")]
    [InlineData("sexual")]
    public void EveryAttackOnPeopleIsHeld(string kind)
    {
        var harm = kind switch
        {
            "toxicity" => new Harm { Toxicity = 0.5 },
            "insult" => new Harm { Insult = 0.5 },
            "identity attack" => new Harm { IdentityAttack = 0.5 },
            _ => new Harm { Sexual = 0.5 },
        };
        Decides(Fine with { Harm = harm }, Regular, "attack", Decision.Hold);
    }

    [Fact]
    public void WhatIsOnlyVulgarIsLeftToTheWordList() => Decides(Fine with { Harm = new Harm { Obscenity = 1 } }, Regular, "nothing-against-it", Decision.Approve);

    [Theory]
    [InlineData(0.5, "spam")]
    [InlineData(0.49, "nothing-against-it")]
    public void SpamIsHeld(double probability, string rule) => Decides(Fine with { Spam = probability }, Regular, rule);

    [Theory]
    [InlineData(0.4, "very-negative")]
    [InlineData(0.39, "nothing-against-it")]
    public void WhoIsAngryStaysVisibleAndSomebodyLooks(double anger, string rule) => Decides(Fine with { Anger = anger }, Regular, rule);

    [Fact]
    public void DistressComesBeforeEverythingThatWouldHoldIt() =>
        Decides(Fine with { Distress = 0.4, RudeWords = 2, Harm = new Harm { Threat = 1 } }, History(Decision.Hold, Decision.Hold, Decision.Hold), "distress", Decision.Escalate);

    [Theory]
    [InlineData(1, true, "links-from-newcomer", Decision.Hold)]
    [InlineData(1, false, "nothing-against-it", Decision.Approve)]
    [InlineData(0, true, "nothing-against-it", Decision.Approve)]
    [InlineData(2, false, "nothing-against-it", Decision.Approve)]
    [InlineData(3, false, "several-links", Decision.Hold)]
    [InlineData(3, true, "links-from-newcomer", Decision.Hold)]
    public void LinksAreHeldFromNewcomersAndInNumbers(int links, bool newcomer, string rule, Decision decision) => Decides(
        Fine with { LinkHosts = [.. Enumerable.Range(0, links).Select(i => $"{i}.example")] }, newcomer ? AuthorHistory.Unknown : Regular, rule, decision);

    [Theory]
    [InlineData(3, "repeat-offender", Decision.Hold)]
    [InlineData(2, "nothing-against-it", Decision.Approve)]
    public void WhoWasWithheldThreeTimesIsHeld(int withheld, string rule, Decision decision) =>
        Decides(Fine, History([.. Enumerable.Range(0, withheld).Select(i => i % 2 == 0 ? Decision.Hold : Decision.Hide)]), rule, decision);

    [Fact]
    public void EscalationsAndApprovalsAreNoOffences() =>
        Decides(Fine, History(Decision.Escalate, Decision.Escalate, Decision.Approve, Decision.Delete), "nothing-against-it", Decision.Approve);

    [Theory]
    [InlineData(0.85, "very-negative", Decision.Escalate)]
    [InlineData(0.849, "nothing-against-it", Decision.Approve)]
    public void WhoIsVeryUnhappyStaysVisibleAndSomebodyLooks(double negative, string rule, Decision decision) =>
        Decides(Fine with { Negative = negative, Neutral = 1 - negative, Positive = 0 }, Regular, rule, decision);

    [Theory]
    [InlineData(0.399, "unclear", Decision.Hold)]
    [InlineData(0.4, "nothing-against-it", Decision.Approve)]
    public void WhatTheModelIsNotSureOfIsHeld(double likeliest, string rule, Decision decision) =>
        Decides(Fine with { Negative = 0.3, Neutral = 0.7 - likeliest, Positive = likeliest }, Regular, rule, decision);

    [Fact]
    public void TheFirstRuleDecides()
    {
        var worst = Fine with { Length = 0, RudeWords = 1, LinkHosts = ["a", "b", "c"], Negative = 0.9 };
        var offender = History(Decision.Hold, Decision.Hold, Decision.Hold);
        Decides(worst, offender, "nothing-to-read", Decision.Hold);
        Decides(worst with { Length = 9 }, offender, "rude-words", Decision.Hold);
        Decides(worst with { Length = 9, RudeWords = 0 }, AuthorHistory.Unknown, "links-from-newcomer", Decision.Hold);
        Decides(worst with { Length = 9, RudeWords = 0 }, offender, "several-links", Decision.Hold);
        Decides(worst with { Length = 9, RudeWords = 0, LinkHosts = [] }, offender, "repeat-offender", Decision.Hold);
        Decides(worst with { Length = 9, RudeWords = 0, LinkHosts = [] }, Regular, "very-negative", Decision.Escalate);
    }

    [Fact]
    public void NothingIsEverHiddenOrDeletedAndEveryVerdictExplainsItself() => Prop.ForAll(
        (from negative in Gen.Choose(0, 100)
         from neutral in Gen.Choose(0, 100 - negative)
         from length in Gen.Choose(0, 3)
         from rude in Gen.Choose(0, 2)
         from links in Gen.Choose(0, 4)
         select Fine with
         {
             Negative = negative / 100.0,
             Neutral = neutral / 100.0,
             Positive = (100 - negative - neutral) / 100.0,
             Length = length,
             RudeWords = rude,
             LinkHosts = [.. Enumerable.Range(0, links).Select(i => $"{i}.example")],
         }).ToArbitrary(),
        Gen.Elements(Enum.GetValues<Decision>()).ListOf().Select(d => History([.. d])).ToArbitrary(),
        (signals, author) =>
        {
            var verdict = SomeFacts.BuiltIn(signals, author, Now);
            Assert.True(verdict.Decision is Decision.Approve or Decision.Hold or Decision.Escalate);
            Assert.NotEmpty(verdict.Because);
            Assert.Equal(BuiltInPolicy.Version, verdict.PolicyVersion);
            Assert.Equal(verdict, SomeFacts.BuiltIn(signals, author, Now));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(6.999, 1)]
    [InlineData(7, 0)]
    [InlineData(100, 0)]
    [InlineData(-0.001, 0)]
    public void OnlyTheSpanBeforeCounts(double daysAgo, int withheld) => Assert.Equal(
        withheld, new AuthorHistory([new PastComment(Now.AddDays(-daysAgo), Decision.Hold, Sentiment.Neutral)]).Withheld(Now, TimeSpan.FromDays(7)));

    [Fact]
    public void WhoNeverWroteWritesForTheFirstTime()
    {
        Assert.Equal(0, AuthorHistory.Unknown.Before(Now));
        Assert.Equal(1, Regular.Before(Now));
        Assert.Equal(0, AuthorHistory.Unknown.Withheld(Now, TimeSpan.FromDays(7)));
    }

    private static void Decides(Signals signals, AuthorHistory author, string rule) =>
        Assert.Equal(rule, SomeFacts.BuiltIn(signals, author, Now).Rule);

    private static void Decides(Signals signals, AuthorHistory author, string rule, Decision decision)
    {
        var verdict = SomeFacts.BuiltIn(signals, author, Now);
        Assert.Equal((rule, decision), (verdict.Rule, verdict.Decision));
    }

    private static AuthorHistory History(params Decision[] decisions) =>
        new([.. decisions.Select((d, i) => new PastComment(Now.AddHours(-i - 1), d, Sentiment.Neutral))]);
}
