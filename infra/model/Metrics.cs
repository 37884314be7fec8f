using Moderato.Scoring;

namespace Moderato.Model;

/// <param name="Count">Texts measured.</param>
/// <param name="Accuracy">Share that was right.</param>
/// <param name="MacroF1">F1 averaged over the classes that occur among the texts.</param>
/// <param name="CalibrationError">Expected calibration error in ten equal bins of confidence: how far confidence and accuracy lie apart.</param>
public sealed record Metrics(int Count, double Accuracy, double MacroF1, double CalibrationError)
{
    private const int Bins = 10;

    public static Metrics Of(LinearHead head, FeatureParameters parameters, IReadOnlyList<LabelledText> texts)
    {
        var labels = head.Labels.Count;
        var confusion = new int[labels, labels];
        var (counts, hits, confidences) = (new int[Bins], new int[Bins], new double[Bins]);
        var probabilities = new double[labels];
        foreach (var text in texts)
        {
            using var folded = FoldedText.Of(text.Text);
            using var features = FeatureSet.Of(folded.Chars, parameters);
            head.Predict(features, probabilities);
            var guess = Array.IndexOf(probabilities, probabilities.Max());
            confusion[(int)text.Label, guess]++;
            var bin = Math.Min(Bins - 1, (int)(probabilities[guess] * Bins));
            counts[bin]++;
            confidences[bin] += probabilities[guess];
            if (guess == (int)text.Label) hits[bin]++;
        }

        var error = Enumerable.Range(0, Bins).Sum(bin => Math.Abs(hits[bin] - confidences[bin])) / texts.Count;
        return new Metrics(texts.Count, (double)hits.Sum() / texts.Count, F1(confusion, labels), error);
    }

    private static double F1(int[,] confusion, int labels)
    {
        var scores = new List<double>();
        for (var label = 0; label < labels; label++)
        {
            var actual = Enumerable.Range(0, labels).Sum(other => confusion[label, other]);
            var guessed = Enumerable.Range(0, labels).Sum(other => confusion[other, label]);
            if (actual > 0) scores.Add(2.0 * confusion[label, label] / (actual + guessed));
        }

        return scores.Average();
    }
}
