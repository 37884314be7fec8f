using Moderato.Scoring;

namespace Moderato.Model;

/// <summary>
/// Trains without a source and tests on it: what to expect of texts from somewhere else, which is where comments come from.
/// A random split of subtitles or of templated sentences would only measure how well they are remembered.
/// </summary>
public static class LeaveOneSourceOut
{
    /// <summary>Word lists train but are no texts to test on.</summary>
    private static readonly string[] Sources = ["xed", "botframework_chitchat", "goemotions", SentimentData.Comments];

    public static IEnumerable<(string Source, string Language, Metrics Metrics)> Run(SentimentData data, TrainingSettings settings)
    {
        foreach (var source in Sources)
        {
            var head = SentimentTraining.Train([.. data.Training.Where(text => text.Source != source)], settings);
            foreach (var result in Measure(head, settings.Features, source, data.Training.Concat(data.Testing).Where(text => text.Source == source)))
                yield return result;
        }

        var shipped = SentimentTraining.Train(data.Training, settings);
        foreach (var heldOut in data.Testing.GroupBy(text => text.Source))
            foreach (var result in Measure(shipped, settings.Features, $"{heldOut.Key} (held out)", heldOut))
                yield return result;
    }

    private static IEnumerable<(string Source, string Language, Metrics Metrics)> Measure(
        LinearHead head, FeatureParameters parameters, string source, IEnumerable<LabelledText> texts) =>
        texts.GroupBy(text => text.Language).Select(group => (source, group.Key, Metrics.Of(head, parameters, [.. group])));
}
