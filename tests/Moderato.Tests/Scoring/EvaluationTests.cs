using Moderato.Model.Evaluation;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class EvaluationTests
{
    [Fact]
    public void MeasuresAreThoseOfTheTextbook()
    {
        (string, string)[] pairs = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("b", "a"), ("c", "a")];

        var measures = Measures.Of(pairs);

        Assert.Equal(0.5, measures.Accuracy, 9);
        Assert.Equal(new ClassMeasures(0.5, 2.0 / 3, 4.0 / 7, 3), measures.PerClass["a"]);
        Assert.Equal(new ClassMeasures(0.5, 0.5, 0.5, 2), measures.PerClass["b"]);
        Assert.Equal(new ClassMeasures(0, 0, 0, 1), measures.PerClass["c"]);
        Assert.Equal(((4.0 / 7) + 0.5) / 3, measures.MacroF1, 9);
        Assert.Equal(((2.0 / 3) + 0.5) / 3, measures.MacroRecall, 9);
    }

    [Fact]
    public void RankingMeasuresCountPairsAndPlaces()
    {
        (double, bool)[] items = [(0.9, true), (0.8, false), (0.7, true), (0.7, false), (0.1, false)];

        Assert.Equal(4.5 / 6, Ranking.RocAuc(items), 9);
        Assert.Equal((1.0 + 0.5) / 2, Ranking.AveragePrecision(items), 9);
    }

    [Fact]
    public void OneSidedTextsHaveNoRanking()
    {
        Assert.True(double.IsNaN(Ranking.RocAuc([(0.5, true)])));
        Assert.True(double.IsNaN(Ranking.AveragePrecision([(0.5, false)])));
    }
}
