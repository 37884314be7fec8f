using Moderato.Scoring;

namespace Moderato.Model;

/// <summary>Weights before they are squeezed into eight bits.</summary>
public sealed record TrainedWeights(float[] Weights, float[] Biases)
{
    public int Labels => Biases.Length;

    public void Logits(Example example, Span<double> logits)
    {
        for (var label = 0; label < logits.Length; label++) logits[label] = Biases[label];
        Add(example.Words, example.WordFactor, logits);
        Add(example.Characters, example.CharacterFactor, logits);
    }

    private void Add(int[] buckets, float factor, Span<double> logits)
    {
        foreach (var bucket in buckets)
        {
            var row = Weights.AsSpan(bucket * logits.Length, logits.Length);
            for (var label = 0; label < row.Length; label++) logits[label] += factor * row[label];
        }
    }
}

/// <param name="Epochs">Passes over the data.</param>
/// <param name="Rate">First step of AdaGrad; falls linearly to zero.</param>
/// <param name="Decay">L2 penalty, paid by a weight whenever its feature occurs.</param>
/// <param name="Seed">Order of the texts.</param>
public sealed record TrainingSettings(int Epochs = 3, float Rate = 0.2f, float Decay = 1e-4f, ulong Seed = 20_260_101)
{
    public FeatureParameters Features { get; init; } = FeatureParameters.Default;
}

/// <summary>
/// Multinomial logistic regression by AdaGrad (Duchi, Hazan and Singer, JMLR 2011): rare features take longer steps than
/// common ones. One thread and one fixed order, because the result has to repeat bit for bit.
/// </summary>
public static class LogisticRegression
{
    private const float Floor = 1e-6f;

    public static TrainedWeights Train(IReadOnlyList<Example> examples, int labels, TrainingSettings settings)
    {
        var model = new TrainedWeights(new float[settings.Features.Buckets * labels], new float[labels]);
        var squares = new float[model.Weights.Length];
        var biasSquares = new float[labels];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new SplitMix64(settings.Seed);
        var probabilities = new double[labels];
        var slopes = new float[labels];
        double steps = Math.Max(1, (long)settings.Epochs * examples.Count);
        long step = 0;
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var at in order)
            {
                var example = examples[at];
                model.Logits(example, probabilities);
                Softmax.InPlace(probabilities);
                for (var label = 0; label < labels; label++)
                    slopes[label] = (float)((probabilities[label] - (label == example.Label ? 1 : 0)) * example.Weight);

                var rate = (float)(settings.Rate * (1 - (step++ / steps)));
                Descend(model.Biases, biasSquares, slopes, 1, rate, 0);
                foreach (var bucket in example.Words) Row(bucket, example.WordFactor);
                foreach (var bucket in example.Characters) Row(bucket, example.CharacterFactor);

                void Row(int bucket, float factor) =>
                    Descend(model.Weights.AsSpan(bucket * labels, labels), squares.AsSpan(bucket * labels, labels), slopes, factor, rate, settings.Decay);
            }
        }

        return model;
    }

    private static void Descend(Span<float> weights, Span<float> squares, float[] slopes, float factor, float rate, float decay)
    {
        for (var label = 0; label < weights.Length; label++)
        {
            var slope = (slopes[label] * factor) + (decay * weights[label]);
            squares[label] += slope * slope;
            weights[label] -= rate * slope / MathF.Sqrt(squares[label] + Floor);
        }
    }
}
