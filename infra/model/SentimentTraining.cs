using Moderato.Scoring;

namespace Moderato.Model;

/// <summary>Labelled texts to a calibrated head.</summary>
public static class SentimentTraining
{
    /// <summary>One text or group in this many measures the temperature instead of training the model it is measured on.</summary>
    private const uint CalibrationShare = 10;

    public static LinearHead Train(IReadOnlyList<LabelledText> texts, TrainingSettings settings)
    {
        var weights = Balance.WeightsFor(texts);
        var examples = texts.Select((text, at) => Example.Of(text, weights[at], settings.Features)).ToArray();
        var labels = Scorer.SentimentLabels;

        var heldOut = texts.Select(text => IsForCalibration(text)).ToArray();
        var rehearsal = LogisticRegression.Train([.. examples.Where((_, at) => !heldOut[at])], labels.Count, settings);
        var temperature = heldOut.Contains(true) ? Temperature.Fit(rehearsal, [.. examples.Where((_, at) => heldOut[at])]) : 1;

        var trained = LogisticRegression.Train(examples, labels.Count, settings);
        return Quantization.ToHead("sentiment", labels, trained, temperature);
    }

    private static bool IsForCalibration(LabelledText text) => Fnv1a.Add(Fnv1a.OffsetBasis, text.Group) % CalibrationShare == 0;
}
