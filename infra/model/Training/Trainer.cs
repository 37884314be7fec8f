using Moderato.Model.Corpus;
using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <summary>What one task came to: its weights, their calibration, and from which probability on a flag holds.</summary>
public sealed record TaskResult(LearningTask Task, TrainedWeights Weights, Calibration Calibration, float Threshold, int Texts);

/// <summary>Learns every task and puts the heads together.</summary>
/// <param name="vocabulary">The words that extraction knows.</param>
/// <param name="parameters">How texts become features.</param>
/// <param name="seed">Order of the texts.</param>
public sealed class Trainer(Vocabulary vocabulary, FeatureParameters parameters, ulong seed)
{
    /// <summary>The project's own comments are predicted by models that did not see their theme, in so many parts.</summary>
    private const int Folds = 4;

    private const int SignalEpochs = 3;

    public IReadOnlyList<Example> Examples(IReadOnlyList<LabelledText> texts)
    {
        var examples = new Example[texts.Count];
        Parallel.For(0, texts.Count, at => examples[at] = Example.Of(texts[at], vocabulary, parameters));
        return examples;
    }

    /// <param name="examples">What may be learned from; the others are left out.</param>
    /// <param name="name">Of the training.</param>
    /// <param name="done">Told of every task that is finished.</param>
    public LinearModel Train(IReadOnlyList<Example> examples, string name, Action<TaskResult> done)
    {
        var learnable = examples.Where(example => !example.Text.IsForTesting).ToList();
        var results = new TaskResult[Columns.Tasks.Count];
        // Tasks share nothing they write to, so running them side by side changes no number.
        Parallel.For(0, results.Length, at =>
        {
            var result = Learn(learnable, Columns.Tasks[at], calibrate: true);
            results[at] = result;
            lock (results) done(result);
        });
        return Assemble(results, name);
    }

    public TaskResult Learn(IReadOnlyList<Example> examples, LearningTask task, bool calibrate)
    {
        var known = examples.Where(example => example.Knows(task)).ToList();
        var weights = Fit(known, task);
        if (!calibrate) return new TaskResult(task, weights, Calibration.None, 0.5f, known.Count);
        var (logits, targets) = Unseen(known, task);
        var calibration = Calibration.Fit(logits, targets);
        return new TaskResult(task, weights, calibration, task.IsChoice ? 0 : Threshold(logits, targets, calibration), known.Count);
    }

    /// <summary>
    /// Voices in one: beside words and n-grams, which learn their source's ways, the amounts learn once more by themselves. Few as
    /// they are, they learn what holds in every source, and texts from elsewhere gain by it (EXPERIMENTS.md).
    /// </summary>
    private TrainedWeights Fit(IReadOnlyList<Example> known, LearningTask task)
    {
        var weights = Balance.WeightsFor(known, task, text => Shares.Of(task.Name, text));
        var settings = TaskSettings.Of(task.Name, seed);
        var all = LogisticRegression.Train(known, weights, task, parameters.Buckets, settings);
        if (settings.SignalVoice > 0)
        {
            var signals = LogisticRegression.Train(known, weights, task, buckets: 0, settings with { SignalsOnly = true, Epochs = SignalEpochs, Rate = 0.3f, Floor = 1e-6f, SignalRate = 1 });
            all.Add(signals, settings.SignalVoice);
        }

        if (task.Name == HeadNames.Sentiment) WordListRule.AddTo(all);
        return all;
    }

    private (List<float[]> Logits, List<float[]> Targets) Unseen(List<Example> known, LearningTask task)
    {
        var (logits, targets) = (new List<float[]>(), new List<float[]>());
        // Any sentence tells its language: what could be gained is not worth four more trainings.
        if (task.Name == HeadNames.Language) return (logits, targets);
        for (var fold = 0; fold < Folds; fold++)
        {
            var left = known.Where(example => IsIn(example, fold)).ToList();
            if (left.Count == 0) continue;
            var model = Fit([.. known.Where(example => !IsIn(example, fold))], task);
            foreach (var example in left)
            {
                var own = new float[task.Labels.Count];
                model.Logits(example, own);
                logits.Add(own);
                targets.Add(example.Targets(task).ToArray());
            }
        }

        return (logits, targets);
    }

    private static bool IsIn(Example example, int fold) =>
        example.Text.Source == OwnComments.Source && Fnv1a.Fold(Fnv1a.Add(Fnv1a.OffsetBasis, example.Text.Group), 16) % Folds == fold;

    /// <summary>Where F1 is best; halfway to the next score, since other texts will lie between.</summary>
    private static float Threshold(List<float[]> logits, List<float[]> targets, Calibration calibration)
    {
        var scored = logits.Select((logit, at) => (P: Logistic.Sigmoid((calibration.Slope * logit[0]) + calibration.Offset), Is: targets[at][0] > 0.5f))
            .OrderByDescending(item => item.P).ToList();
        var positives = scored.Count(item => item.Is);
        var (best, threshold, found) = (0.0, 0.5f, 0);
        for (var i = 0; i + 1 < scored.Count; i++)
        {
            if (scored[i].Is) found++;
            if (scored[i].P == scored[i + 1].P) continue;
            var f1 = 2.0 * found / (i + 1 + positives);
            if (f1 > best) (best, threshold) = (f1, (scored[i].P + scored[i + 1].P) / 2);
        }

        return Math.Clamp(threshold, 0.05f, 0.95f);
    }

    /// <summary>Weights in eight bits, side by side, with the calibration worked in.</summary>
    private LinearModel Assemble(TaskResult[] results, string name)
    {
        var (biases, scales) = (new float[Columns.Count], new float[Columns.Count]);
        var signals = new float[FeatureSet.Signals * Columns.Count];
        var rows = new sbyte[parameters.Buckets * LinearModel.MostColumns];
        foreach (var (task, weights, calibration, _, _) in results)
        {
            var labels = task.Labels.Count;
            for (var label = 0; label < labels; label++)
            {
                var column = task.Column + label;
                biases[column] = (calibration.Slope * weights.Biases[label]) + calibration.Offset;
                for (var signal = 0; signal < FeatureSet.Signals; signal++)
                    signals[(signal * Columns.Count) + column] = calibration.Slope * weights.Signals[(signal * labels) + label];

                var largest = 0f;
                for (var at = label; at < weights.Weights.Length; at += labels) largest = Math.Max(largest, Math.Abs(weights.Weights[at]));
                var step = largest / sbyte.MaxValue;
                scales[column] = calibration.Slope * step;
                for (var bucket = 0; step > 0 && bucket < parameters.Buckets; bucket++)
                    rows[(bucket * LinearModel.MostColumns) + column] = (sbyte)MathF.Round(weights.Weights[(bucket * labels) + label] / step);
            }
        }

        var thresholds = results.ToDictionary(result => result.Task.Name, result => result.Threshold);
        var heads = Columns.Heads.Select(head => new Head(head.Name, head.Kind, head.Labels,
            [.. head.Labels.Select(label => head.Kind == HeadKind.Choice ? 0 : thresholds[label])])).ToList();
        return new LinearModel(name, parameters, vocabulary, heads, biases, scales, signals, rows);
    }
}
