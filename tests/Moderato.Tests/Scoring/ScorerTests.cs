using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class ScorerTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    private readonly Scorer _scorer = fixture.Scorer;

    [Fact]
    public void AnyTextGetsThreeProbabilities() =>
        Prop.ForAll(AnyText().ToArbitrary(), (Action<string>)AssertProbabilities).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a")]
    [InlineData("😀")]
    [InlineData("\ud83d")]
    [InlineData("\u200d\ufe0f")]
    [InlineData("\ufdfa")]
    [InlineData("non bello! ")]
    [InlineData("www.a.it/")]
    [InlineData("@$7'")]
    public void TwentyThousandCharactersAreATextLikeAnyOther(string part) =>
        AssertProbabilities(string.Concat(Enumerable.Repeat(part, 20_000 / part.Length)));

    [Fact]
    public void ManyThreadsGetWhatOneGets()
    {
        string[] texts = ["Love this!", "che schifo", "A che ora aprite domani?", "👍🏽 bellooooo www.esempio.it", "non è male"];
        var alone = texts.Select(text => _scorer.Score(text)).Select(Plain).ToArray();

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Assert.Equal(alone[i % texts.Length], Plain(_scorer.Score(texts[i % texts.Length]))));
    }

    [Fact]
    public void ALongTextAllocatesNoMoreThanAShortOne()
    {
        // The least of several: the pools are filled by the first, and a collection in between may empty them.
        Assert.InRange(Least("bello"), 1, 400);
        Assert.InRange(Least(string.Concat(Enumerable.Repeat("non mi piace per niente, tornerei? ", 500))), 1, 400);

        long Least(string text) => Enumerable.Range(0, 10).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _scorer.Score(text);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    [Fact]
    public void EverySignalNamesTheModel() => Assert.Equal(_scorer.ModelVersion, _scorer.Score("").ModelVersion);

    [Theory]
    [InlineData("l'ordine non e' ancora arrivato", "l’ordine non è ancora arrivato")]
    [InlineData("bello", "ｂｅｌｌｏ")]
    [InlineData("schifo", "schi\u200bfo")]
    [InlineData("perché", "perche\u0301")]
    [InlineData("guarda https://a.it", "guarda http://www.A.it/c?d")]
    [InlineData("costa 10 euro", "costa 2.500 euro")]
    [InlineData("👍", "👍🏽")]
    public void WhatPeopleReadAlikeScoresAlike(string one, string other) =>
        Assert.Equal(_scorer.Score(one).Negative, _scorer.Score(other).Negative);

    /// <summary>From the algorithm's authors' own test vectors: of ASCII, a character is a byte.</summary>
    [Theory]
    [InlineData("", 0x811c9dc5)]
    [InlineData("a", 0xe40c292c)]
    [InlineData("foobar", 0xbf9cf968)]
    public void TheHashIsFnv1a(string text, uint expected) =>
        Assert.Equal(expected, Fnv1a.Add(Fnv1a.OffsetBasis, text));

    private static (double, double, double, int) Plain(Signals signals) => (signals.Negative, signals.Neutral, signals.Positive, signals.Emoji);

    private void AssertProbabilities(string text)
    {
        var signals = _scorer.Score(text);
        Assert.InRange(signals.Negative, 0, 1);
        Assert.InRange(signals.Neutral, 0, 1);
        Assert.InRange(signals.Positive, 0, 1);
        Assert.Equal(1, signals.Negative + signals.Neutral + signals.Positive, 1e-5);
        Assert.InRange(signals.Capitals, 0, 1);
        Assert.Equal(text.Length, signals.Length);
    }

    /// <summary>Any UTF-16 code units at all, mixed with what the scanners look for.</summary>
    private static Gen<string> AnyText()
    {
        var unit = Gen.Choose(0, char.MaxValue).Select(value => ((char)value).ToString());
        var known = Gen.Elements("www.", "https://", "@", ".it", "/", "❤️", "👨‍👩‍👧", "🇮🇹", "\ud83d", "\udc00", "\u200d", "\ufe0f", "\ufffe", "1️⃣", "non ", "ooooo", "n't", "'", "!?", " ", "\n", ":)");
        return Gen.OneOf(unit, known).ListOf().Select(parts => string.Concat(parts));
    }
}
