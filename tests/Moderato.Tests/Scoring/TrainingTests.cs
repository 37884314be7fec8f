using Moderato.Comments;
using Moderato.Model.Corpus;
using Moderato.Model.Training;
using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class TrainingTests
{
    private static readonly byte[] Once = Train(seed: 1);

    [Fact]
    public void TheSameTextsAndSeedGiveTheSameBytes() => Assert.Equal(Once, Train(seed: 1));

    [Fact]
    public void AnotherSeedGivesAnotherModel() => Assert.NotEqual(Once, Train(seed: 2));

    [Fact]
    public void WhatWasTrainedIsKnown()
    {
        var scorer = new Scorer(LinearModel.Load(new MemoryStream(Once)));

        Assert.Equal(Sentiment.Positive, scorer.Score("che bello oggi").Sentiment);
        Assert.Equal(Sentiment.Negative, scorer.Score("che brutto oggi").Sentiment);
        Assert.Equal(Sentiment.Neutral, scorer.Score("che quando oggi").Sentiment);
        Assert.InRange(scorer.Score("che brutto oggi").Spam, 0, 0.5);
        Assert.InRange(scorer.Score("guadagna bello").Spam, 0.5, 1);
    }

    [Fact]
    public void ALineThatFitsUnseenTextsIsFound()
    {
        // Twice too sure, and one too high: half the slope and an offset put it right.
        var logits = Enumerable.Range(-40, 81).Select(i => new[] { i / 10f }).ToList();
        var targets = logits.Select(logit => new[] { Logistic.Sigmoid((logit[0] * 0.5f) - 1) }).ToList();

        var calibration = Calibration.Fit(logits, targets);

        Assert.Equal(0.5, calibration.Slope, 0.05);
        Assert.Equal(-1, calibration.Offset, 0.1);
    }

    [Fact]
    public void ATemperatureThatFitsUnseenTextsIsFound()
    {
        var logits = Enumerable.Range(0, 100).Select(i => new[] { i % 7f, i % 5f, i % 3f }).ToList();
        var targets = logits.Select(logit =>
        {
            float[] p = [.. logit.Select(value => value * 0.3f)];
            Logistic.Softmax(p);
            return p;
        }).ToList();

        Assert.Equal(0.3, Calibration.Fit(logits, targets).Slope, 0.01);
    }

    [Fact]
    public void AMissingFolderIsNamed() =>
        Assert.Contains("no-such-folder", Assert.Throws<DataException>(() => TrainingCorpus.Read("no-such-folder", ".")).Message, StringComparison.Ordinal);

    [Fact]
    public void AMissingFileIsNamed() =>
        Assert.Contains("none.tsv", Assert.Throws<DataException>(() => TsvTable.Read("none.tsv", "text").ToList()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("other\n", "has no column 'text'")]
    [InlineData("text\tlabel\nonly one\n", "Line 2")]
    [InlineData("", "is empty")]
    public void AFileThatIsNotAsDescribedIsNamed(string content, string reason)
    {
        using var file = new TemporaryFile(content);
        var message = Assert.Throws<DataException>(() => TsvTable.Read(file.Path, "text").ToList()).Message;
        Assert.Contains(file.Path, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void BothReadingsOfACommentCount()
    {
        const string Header = "id\twriter\ttheme\tlang\tsplit\ttext\tsentiment\tanger\tinsult\tidentity\tthreat\tobscene\tsexual\tspam\tintents\tdistress"
            + "\tsentiment_2\tanger_2\tinsult_2\tidentity_2\tthreat_2\tobscene_2\tsexual_2\tspam_2\tintents_2\tdistress_2\n";
        using var file = new TemporaryFile(Header
            + "x-1\tx\tshop\tit\ttrain\tladri\tnegative\t3\t1\t0\t0\t0\t0\t0\tcomplaint\t0\tneutral\t0\t0\t0\t0\t0\t0\t0\tother\t0\n"
            + "x-2\tx\tshop\tit\ttest\tciao\tneutral\t0\t0\t0\t0\t0\t0\t0\tother\t0" + new string('\t', 10) + "\n");

        var comments = OwnComments.Read(file.Path).ToList();

        float Target(int comment, string label) => comments[comment].Targets[Columns.Of(label)];
        Assert.Equal([0.5f, 0.5f, 0], comments[0].Targets.Skip(Columns.Of(HeadNames.Sentiment)).Take(3));
        Assert.Equal((0.5f, 0.5f, 0.5f, 0.5f), (Target(0, "insult"), Target(0, "toxicity"), Target(0, "complaint"), Target(0, "anger")));
        Assert.Equal((1f, 0f, true), (Target(1, "other"), Target(1, "toxicity"), comments[1].IsForTesting));
    }

    private static byte[] Train(ulong seed)
    {
        string[] words = ["brutto", "quando", "bello"];
        var texts = Enumerable.Range(0, 90).Select(i =>
        {
            var targets = new float[Columns.Count];
            targets[Columns.Of(HeadNames.Language)] = 1;
            targets[Columns.Of(HeadNames.Sentiment) + (i % 3)] = 1;
            targets[Columns.Of(HeadNames.Spam)] = i % 5 == 0 ? 1 : 0;
            return new LabelledText($"{words[i % 3]} {(i % 5 == 0 ? "guadagna" : "che")} {i} testo{i % 7}", "it", OwnComments.Source, $"{i}", false, targets);
        }).ToList();
        var trainer = new Trainer(Vocabulary.Empty, SomeModel.Small, seed);
        return SomeModel.FileOf(trainer.Train(trainer.Examples(texts), "test", _ => { }));
    }
}
