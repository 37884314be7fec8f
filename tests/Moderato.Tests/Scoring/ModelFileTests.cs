using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class ModelFileTests
{
    [Fact]
    public void WhatWasWrittenIsRead()
    {
        var lexicon = new Lexicon([new LexiconEntry(Lexicon.HashOf("bello"), 3, 0, WordClasses.None), new LexiconEntry(Lexicon.HashOf("non"), 0, 0, WordClasses.Negation)]);
        var written = SomeModel.Of(new Vocabulary(lexicon, new RudeWords(["stronzo"])), SomeModel.Choice("mood", "bad", "good"), SomeModel.Flags("rest", "loud"));

        var read = LinearModel.Load(new MemoryStream(SomeModel.FileOf(written)));

        Assert.StartsWith("test+", read.Version, StringComparison.Ordinal);
        Assert.Equal(SomeModel.Small, read.Parameters);
        Assert.Equal(["bad", "good"], read.Find("mood").Head.Labels);
        Assert.Equal((HeadKind.Flags, 2, 0.5f), (read.Find("rest").Head.Kind, read.Find("rest").Column, read.Find("rest").Head.Thresholds[0]));
        Assert.Equal(written.Scales, read.Scales);
        Assert.Equal(3, read.Vocabulary.Lexicon.Find(Lexicon.HashOf("bello")).Italian);
        Assert.Equal(WordClasses.Negation, read.Vocabulary.Lexicon.Find(Lexicon.HashOf("non")).Classes);
        Assert.Equal(["stronzo"], read.Vocabulary.Rude.Words);
    }

    [Fact]
    public void TheSameModelGivesTheSameBytes() => Assert.Equal(SomeModel.FileOf(SomeModel.Of()), SomeModel.FileOf(SomeModel.Of()));

    [Theory]
    [InlineData(0, "ends inside its header")]
    [InlineData(45, "ends inside its header")]
    [InlineData(46, "cut short")]
    [InlineData(5000, "cut short")]
    public void ATruncatedFileIsRefused(int length, string reason) => Refused(SomeModel.FileOf(SomeModel.Of())[..length], reason);

    [Fact]
    public void SomethingElseIsRefused()
    {
        var bytes = SomeModel.FileOf(SomeModel.Of());
        bytes[0] = (byte)'X';
        Refused(bytes, "not a model file");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(255)]
    public void AnotherFormatIsRefused(byte version)
    {
        var bytes = SomeModel.FileOf(SomeModel.Of());
        bytes[8] = version;
        Refused(bytes, $"has format {version}");
    }

    [Theory]
    [InlineData(14)]
    [InlineData(46)]
    [InlineData(10_000)]
    public void AFlippedBitIsRefused(int at)
    {
        var bytes = SomeModel.FileOf(SomeModel.Of());
        bytes[at] ^= 1;
        Refused(bytes, "does not match its SHA-256");
    }

    [Fact]
    public void AnImpossibleLengthIsRefusedBeforeItIsReserved()
    {
        var bytes = SomeModel.FileOf(SomeModel.Of());
        bytes.AsSpan(10, 4).Fill(0xff);
        Refused(bytes, "more than the");
    }

    [Fact]
    public void AScorerRefusesAModelThatDoesNotAnswerEverything() =>
        Assert.Contains("no head 'language'", Assert.Throws<ModelFileException>(() => new Scorer(SomeModel.Of())).Message, StringComparison.Ordinal);

    [Fact]
    public void AScorerRefusesLabelsInAnotherOrder()
    {
        var model = SomeModel.Of(null, SomeModel.Choice(HeadNames.Language, "en", "it", "es", "fr", "de", "pt", "other"));
        Assert.Contains("must be it, en", Assert.Throws<ModelFileException>(() => new Scorer(model)).Message, StringComparison.Ordinal);
    }

    private static void Refused(byte[] bytes, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => LinearModel.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
}
