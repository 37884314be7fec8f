using Moderato.Model.Corpus;
using Moderato.Model.Training;

namespace Moderato.Model.Evaluation;

/// <param name="Task">What was learned.</param>
/// <param name="Source">What it was measured on.</param>
/// <param name="Language">Of the texts.</param>
/// <param name="IsHeldOut">Whether the texts are held out of every training; else their source was left out of this one.</param>
/// <param name="Measures">Of a choice its labels, of a flag 0 and 1 at the probability of one half.</param>
/// <param name="RocAuc">Of a flag.</param>
/// <param name="BestF1">Of a flag: F1 of its label at the best threshold there is.</param>
public sealed record SourceMeasures(string Task, string Source, string Language, bool IsHeldOut, Measures Measures, double RocAuc, double BestF1);

/// <summary>
/// Trains without a source and tests on it: what to expect of texts from somewhere else, which is where comments come from. A random
/// split of subtitles or of templated sentences would only measure how well they are remembered.
/// </summary>
public static class LeaveOneSourceOut
{
    /// <summary>Word lists train but are no texts to test on.</summary>
    private const string WordList = "afinn";

    public static IEnumerable<SourceMeasures> Run(IReadOnlyList<Example> examples, LearningTask task, Trainer trainer)
    {
        var known = examples.Where(example => example.Knows(task)).ToList();
        var sources = known.Where(example => !example.Text.IsForTesting).Select(example => example.Text.Source).Distinct().Where(source => source != WordList).ToList();
        var results = new SourceMeasures[sources.Count + 1][];
        Parallel.For(0, results.Length, at =>
        {
            var left = at < sources.Count ? sources[at] : null;
            var trained = trainer.Learn([.. known.Where(example => !example.Text.IsForTesting && example.Text.Source != left)], task, calibrate: false);
            results[at] =
            [
                .. known.Where(example => left is null ? example.Text.IsForTesting : example.Text.Source == left)
                    .GroupBy(example => (example.Text.Source, example.Text.Language)).OrderBy(group => group.Key)
                    .Select(group => Measure(group, task, trained.Weights, left is null)).OfType<SourceMeasures>(),
            ];
        });
        return results.SelectMany(result => result);
    }

    private static SourceMeasures? Measure(IGrouping<(string Source, string Language), Example> group, LearningTask task, TrainedWeights weights, bool heldOut)
    {
        var pairs = new List<(string, string)>();
        var scores = new List<(double Score, bool Positive)>();
        var logits = new float[task.Labels.Count];
        foreach (var example in group)
        {
            var targets = example.Targets(task).ToArray();
            if (task.IsChoice ? targets.Max() <= 0.5f : targets[0] == 0.5f) continue;
            weights.Logits(example, logits);
            if (task.IsChoice) pairs.Add((task.Labels[Array.IndexOf(targets, targets.Max())], task.Labels[Array.IndexOf(logits, logits.Max())]));
            else pairs.Add((targets[0] > 0.5f ? "1" : "0", logits[0] > 0 ? "1" : "0"));
            if (!task.IsChoice) scores.Add((logits[0], targets[0] > 0.5f));
        }

        // A source that knows only one side of a flag says nothing about how well the sides are told apart.
        if (pairs.Count == 0 || (!task.IsChoice && pairs.Select(pair => pair.Item1).Distinct().Count() < 2)) return null;
        return new SourceMeasures(task.Name, group.Key.Source, group.Key.Language, heldOut, Measures.Of(pairs), Ranking.RocAuc(scores), BestF1(scores));
    }

    private static double BestF1(List<(double Score, bool Positive)> scores)
    {
        var (found, best, positives) = (0, 0.0, scores.Count(score => score.Positive));
        var sorted = scores.OrderByDescending(score => score.Score).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            if (sorted[i].Positive) found++;
            best = Math.Max(best, 2.0 * found / (i + 1 + positives));
        }

        return best;
    }
}
