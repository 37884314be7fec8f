using Moderato.Scoring;

namespace Moderato.Model.Evaluation;

/// <summary>How well a model answers one question on labelled texts.</summary>
/// <param name="Head">What was asked.</param>
/// <param name="N">Texts measured.</param>
/// <param name="Accuracy">Share that was right.</param>
/// <param name="MacroF1">F1 averaged over the labels that occur.</param>
/// <param name="MacroRecall">Recall averaged over the labels that occur.</param>
/// <param name="PerClass">Label by label.</param>
/// <param name="CalibrationError">How far probability and truth lie apart on average, in ten equal bins of the likeliest label's probability.</param>
/// <param name="AveragePrecision">Of a flag.</param>
/// <param name="RocAuc">Of a flag.</param>
/// <param name="Threshold">Of a flag: from which probability on it was taken to hold.</param>
/// <param name="AccuracyBy">Share that was right by the column that was asked for.</param>
public sealed record HeadEvaluation(
    string Head, int N, double Accuracy, double MacroF1, double MacroRecall, IReadOnlyDictionary<string, ClassMeasures> PerClass, double CalibrationError,
    double? AveragePrecision = null, double? RocAuc = null, double? Threshold = null, IReadOnlyDictionary<string, double>? AccuracyBy = null)
{
    private const int Bins = 10;

    /// <param name="model">Who is asked.</param>
    /// <param name="question">A head that is a choice, or a flag.</param>
    /// <param name="texts">Each with its label; of a flag 0 or 1.</param>
    /// <param name="byGroup">Whether to report groups apart.</param>
    /// <exception cref="ModelFileException">The model does not know the question.</exception>
    public static HeadEvaluation Of(LinearModel model, Question question, IReadOnlyCollection<LabelledRow> texts, bool byGroup = false)
    {
        var (head, first) = model.Find(question.Head);
        var column = first + question.Place;
        var threshold = head.Thresholds[question.Place];
        var pairs = new List<(string Actual, string Guessed)>();
        var scores = new List<(double Score, bool Positive)>();
        var certainties = new List<(double Probability, bool Right)>();
        var p = new float[LinearModel.MostColumns];
        foreach (var (text, label, _) in texts)
        {
            using var normalized = NormalizedText.Of(text);
            using var features = model.FeaturesOf(normalized.Chars);
            model.Predict(features, p);
            var own = question.IsFlag ? [p[column]] : p.AsSpan(first, head.Labels.Count).ToArray();
            var guess = question.IsFlag ? (own[0] >= threshold ? "1" : "0") : head.Labels[Array.IndexOf(own, own.Max())];
            pairs.Add((label, guess));
            certainties.Add((own.Max(), question.IsFlag ? label == "1" : label == guess));
            if (question.IsFlag) scores.Add((own[0], label == "1"));
        }

        var measures = Measures.Of(pairs);
        var result = new HeadEvaluation(question.Name, measures.N, measures.Accuracy, measures.MacroF1, measures.MacroRecall, measures.PerClass, Error(certainties))
        {
            AccuracyBy = byGroup
                ? texts.Zip(pairs).GroupBy(item => item.First.Group).ToDictionary(group => group.Key, group => group.Average(item => item.Second.Actual == item.Second.Guessed ? 1.0 : 0))
                : null,
        };
        return question.IsFlag
            ? result with { AveragePrecision = Number(Ranking.AveragePrecision(scores)), RocAuc = Number(Ranking.RocAuc(scores)), Threshold = threshold }
            : result;
    }

    private static double? Number(double value) => double.IsNaN(value) ? null : value;

    private static double Error(List<(double Probability, bool Right)> items) => items
        .GroupBy(item => Math.Min(Bins - 1, (int)(item.Probability * Bins)))
        .Sum(bin => Math.Abs(bin.Sum(item => item.Probability) - bin.Count(item => item.Right))) / Math.Max(1, items.Count);
}
