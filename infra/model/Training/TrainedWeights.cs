using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <summary>What a task learned, before it is squeezed into eight bits.</summary>
/// <param name="Weights">Bucket by bucket, one per label.</param>
/// <param name="Signals">Signal by signal, one per label.</param>
/// <param name="Biases">One per label.</param>
public sealed record TrainedWeights(float[] Weights, float[] Signals, float[] Biases)
{
    public TrainedWeights(int buckets, int labels)
        : this(new float[buckets * labels], new float[FeatureSet.Signals * labels], new float[labels])
    {
    }

    public int Labels => Biases.Length;

    public void Logits(Example example, Span<float> logits, bool signalsOnly = false)
    {
        Biases.CopyTo(logits);
        if (!signalsOnly)
        {
            Add(example.Words, example.WordFactor, logits);
            Add(example.Characters, example.CharacterFactor, logits);
        }

        foreach (var (signal, amount) in example.Signals)
            for (var label = 0; label < logits.Length; label++) logits[label] += amount * Signals[(signal * logits.Length) + label];
    }

    public void Probabilities(Example example, Span<float> probabilities, bool signalsOnly = false)
    {
        Logits(example, probabilities, signalsOnly);
        if (probabilities.Length > 1) Logistic.Softmax(probabilities);
        else probabilities[0] = Logistic.Sigmoid(probabilities[0]);
    }

    /// <summary>Adds what a model of signals only says: their evidence is heard again beside the words'.</summary>
    public void Add(TrainedWeights signals, float voice)
    {
        for (var i = 0; i < Signals.Length; i++) Signals[i] += voice * signals.Signals[i];
        for (var i = 0; i < Biases.Length; i++) Biases[i] += voice * signals.Biases[i];
    }

    private void Add(int[] buckets, float factor, Span<float> logits)
    {
        if (logits.Length == 1)
        {
            var sum = 0f;
            foreach (var bucket in buckets) sum += Weights[bucket];
            logits[0] += factor * sum;
            return;
        }

        foreach (var bucket in buckets)
        {
            var row = Weights.AsSpan(bucket * logits.Length, logits.Length);
            for (var label = 0; label < row.Length; label++) logits[label] += factor * row[label];
        }
    }
}
