using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class ModelFileTests
{
    private static readonly FeatureParameters Small = FeatureParameters.Default with { BucketBits = 16 };

    [Fact]
    public void WhatWasWrittenIsRead()
    {
        var model = LinearModel.Load(new MemoryStream(SomeFile("sentiment", "negative", "neutral", "positive")));

        Assert.StartsWith("test+", model.Version, StringComparison.Ordinal);
        Assert.Equal(Small, model.Features);
        var head = Assert.Single(model.Heads);
        Assert.Equal(["negative", "neutral", "positive"], head.Labels);
        Assert.Equal(1.5f, head.Temperature);
        Assert.Equal(7 * 0.25, head.WeightOf(bucket: 2, label: 1));
    }

    [Theory]
    [InlineData(0, "ends inside its header")]
    [InlineData(45, "ends inside its header")]
    [InlineData(46, "cut short")]
    [InlineData(5000, "cut short")]
    public void ATruncatedFileIsRefused(int length, string reason) =>
        Refused(SomeFile()[..length], reason);

    [Fact]
    public void SomethingElseIsRefused()
    {
        var bytes = SomeFile();
        bytes[0] = (byte)'X';
        Refused(bytes, "not a model file");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void AnotherFormatIsRefused(byte version)
    {
        var bytes = SomeFile();
        bytes[8] = version;
        Refused(bytes, $"has format {version}");
    }

    [Theory]
    [InlineData(14)]
    [InlineData(46)]
    [InlineData(70_000)]
    public void AFlippedBitIsRefused(int at)
    {
        var bytes = SomeFile();
        bytes[at] ^= 1;
        Refused(bytes, "does not match its SHA-256");
    }

    [Fact]
    public void AnImpossibleLengthIsRefusedBeforeItIsReserved()
    {
        var bytes = SomeFile();
        bytes.AsSpan(10, 4).Fill(0xff);
        Refused(bytes, "more than the");
    }

    [Fact]
    public void AScorerRefusesAModelWithoutSentiment()
    {
        var model = LinearModel.Load(new MemoryStream(SomeFile("weather", "rain", "sun", "snow")));
        Assert.Contains("no head 'sentiment'", Assert.Throws<ModelFileException>(() => new Scorer(model, new RudeWords([]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AScorerRefusesLabelsInAnotherOrder()
    {
        var model = LinearModel.Load(new MemoryStream(SomeFile("sentiment", "positive", "neutral", "negative")));
        Assert.Contains("must be negative, neutral, positive", Assert.Throws<ModelFileException>(() => new Scorer(model, new RudeWords([]))).Message, StringComparison.Ordinal);
    }

    private static void Refused(byte[] bytes, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelFileException>(() => LinearModel.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);

    private static byte[] SomeFile(string name = "sentiment", params string[] labels)
    {
        if (labels.Length == 0) labels = ["negative", "neutral", "positive"];
        var weights = new sbyte[Small.Buckets * labels.Length];
        weights[(2 * labels.Length) + 1] = 7;
        var head = new LinearHead(name, labels, new float[labels.Length], [.. labels.Select(_ => 0.25f)], 1.5f, weights);
        var file = new MemoryStream();
        ModelFile.Write(file, "test", Small, [head]);
        return file.ToArray();
    }
}
