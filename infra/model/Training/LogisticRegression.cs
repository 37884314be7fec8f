using Moderato.Model.Corpus;
using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <param name="Epochs">Passes over the data.</param>
/// <param name="Rate">First step of AdaGrad; falls linearly to zero.</param>
/// <param name="Decay">L2 penalty, paid by a weight whenever its feature occurs.</param>
/// <param name="SignalRate">How much longer the steps of signals are.</param>
/// <param name="Floor">What the sum of a weight's squared slopes begins with: the larger, the shorter the steps of rare features.</param>
/// <param name="SignalsOnly">Whether words and n-grams are left aside.</param>
/// <param name="Seed">Order of the texts.</param>
public sealed record TrainingSettings(int Epochs = 3, float Rate = 0.2f, float Decay = 1e-4f, float SignalRate = 0.5f, float Floor = 1e-6f, bool SignalsOnly = false, ulong Seed = 20_260_101)
{
    /// <summary>How loud the signals are heard once more in a model of their own, 0 for not at all.</summary>
    public float SignalVoice { get; init; } = 0.5f;

    /// <summary>The signals a task may learn from; all of them where none are named.</summary>
    public IReadOnlyList<Signal> Signals { get; init; } = [];

    public bool Hears(int signal) => Signals.Count == 0 || Signals.Contains((Signal)signal);
}

/// <summary>
/// Multinomial or binary logistic regression by AdaGrad (Duchi, Hazan and Singer, JMLR 2011): rare features take longer steps than
/// common ones. One thread and one fixed order, because the result has to repeat bit for bit.
/// </summary>
public static class LogisticRegression
{
    /// <param name="examples">Each with a target for the task.</param>
    /// <param name="weights">How much each counts; 1 on average.</param>
    /// <param name="task">What to learn.</param>
    /// <param name="buckets">How many there are.</param>
    /// <param name="settings">How to.</param>
    public static TrainedWeights Train(IReadOnlyList<Example> examples, float[] weights, LearningTask task, int buckets, TrainingSettings settings)
    {
        var labels = task.Labels.Count;
        var model = new TrainedWeights(buckets, labels);
        var squares = new TrainedWeights(buckets, labels);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new SplitMix64(settings.Seed);
        var slopes = new float[labels];
        double steps = Math.Max(1, (long)settings.Epochs * examples.Count);
        long step = 0;
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var at in order)
            {
                var example = examples[at];
                model.Probabilities(example, slopes, settings.SignalsOnly);
                var targets = example.Targets(task);
                for (var label = 0; label < labels; label++) slopes[label] = (slopes[label] - targets[label]) * weights[at];

                var rate = (float)(settings.Rate * (1 - (step++ / steps)));
                Descend(model.Biases, squares.Biases, slopes, 1, rate, 0, settings.Floor);
                if (!settings.SignalsOnly)
                {
                    DescendAll(example.Words, model.Weights, squares.Weights, slopes, example.WordFactor, rate, settings.Decay, settings.Floor);
                    DescendAll(example.Characters, model.Weights, squares.Weights, slopes, example.CharacterFactor, rate, settings.Decay, settings.Floor);
                }

                foreach (var (signal, amount) in example.Signals)
                {
                    if (!settings.Hears(signal)) continue;
                    Descend(model.Signals.AsSpan(signal * labels, labels), squares.Signals.AsSpan(signal * labels, labels), slopes, amount, rate * settings.SignalRate, settings.Decay, settings.Floor);
                }
            }
        }

        return model;
    }

    private static void DescendAll(int[] buckets, float[] weights, float[] squares, float[] slopes, float factor, float rate, float decay, float floor)
    {
        if (slopes.Length == 1)
        {
            var slope = slopes[0] * factor;
            foreach (var bucket in buckets)
            {
                ref var weight = ref weights[bucket];
                var own = slope + (decay * weight);
                ref var square = ref squares[bucket];
                square += own * own;
                weight -= rate * own / MathF.Sqrt(square + floor);
            }

            return;
        }

        foreach (var bucket in buckets)
            Descend(weights.AsSpan(bucket * slopes.Length, slopes.Length), squares.AsSpan(bucket * slopes.Length, slopes.Length), slopes, factor, rate, decay, floor);
    }

    private static void Descend(Span<float> weights, Span<float> squares, float[] slopes, float factor, float rate, float decay, float floor)
    {
        for (var label = 0; label < weights.Length; label++)
        {
            var slope = (slopes[label] * factor) + (decay * weights[label]);
            squares[label] += slope * slope;
            weights[label] -= rate * slope / MathF.Sqrt(squares[label] + floor);
        }
    }
}
