using Moderato.Comments;
using Moderato.Model;
using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class TrainingTests
{
    private static readonly TrainingSettings Settings = new() { Features = FeatureParameters.Default with { BucketBits = 16 } };

    [Fact]
    public void TheSameTextsAndSeedGiveTheSameBytes() => Assert.Equal(Train(Settings), Train(Settings));

    [Fact]
    public void AnotherSeedGivesAnotherModel() => Assert.NotEqual(Train(Settings), Train(Settings with { Seed = 1 }));

    [Fact]
    public void WhatWasTrainedIsKnown()
    {
        var scorer = new Scorer(LinearModel.Load(new MemoryStream(Train(Settings))), new RudeWords([]));

        Assert.Equal(Sentiment.Positive, scorer.Score("bello 7").Sentiment);
        Assert.Equal(Sentiment.Negative, scorer.Score("brutto 7").Sentiment);
        Assert.Equal(Sentiment.Neutral, scorer.Score("quando 7").Sentiment);
    }

    [Fact]
    public void AMissingFolderIsNamed() =>
        Assert.Contains("no-such-folder", Assert.Throws<DataException>(() => SentimentData.Read("no-such-folder", "x.tsv")).Message, StringComparison.Ordinal);

    [Fact]
    public void AMissingFileIsNamed() =>
        Assert.Contains("none.tsv", Assert.Throws<DataException>(() => TsvTable.Read("none.tsv", "text").ToList()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("other\n", "has no column 'text'")]
    [InlineData("text\tlabel\nonly one\n", "Line 2")]
    [InlineData("", "is empty")]
    public void AFileThatIsNotAsDescribedIsNamed(string content, string reason)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            var message = Assert.Throws<DataException>(() => TsvTable.Read(path, "text").ToList()).Message;
            Assert.Contains(path, message, StringComparison.Ordinal);
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Train(TrainingSettings settings)
    {
        (string Word, Sentiment Label)[] words = [("bello", Sentiment.Positive), ("brutto", Sentiment.Negative), ("quando", Sentiment.Neutral)];
        var texts = Enumerable.Range(0, 60)
            .Select(i => new LabelledText($"{words[i % 3].Word} {i} testo{i % 7}", words[i % 3].Label, "it", "made-up", $"{i}"))
            .ToList();
        var file = new MemoryStream();
        ModelFile.Write(file, "test", settings.Features, [SentimentTraining.Train(texts, settings)]);
        return file.ToArray();
    }
}
