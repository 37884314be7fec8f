namespace Moderato.Scoring;

/// <summary>
/// One question the model answers: multinomial logistic regression over the hashed features, with weights in eight bits,
/// one scale per class, and a temperature that makes its probabilities mean what they say.
/// </summary>
public sealed class LinearHead
{
    private readonly sbyte[] _weights;
    private readonly float[] _scales;
    private readonly float[] _biases;

    /// <param name="name">What it answers, such as <c>sentiment</c>.</param>
    /// <param name="labels">Its classes, in order.</param>
    /// <param name="biases">One per class.</param>
    /// <param name="scales">What one step of a class's weights is worth.</param>
    /// <param name="temperature">Logits are divided by it; above 0.</param>
    /// <param name="weights">Bucket by bucket, one per class.</param>
    public LinearHead(string name, IReadOnlyList<string> labels, float[] biases, float[] scales, float temperature, sbyte[] weights)
    {
        if (labels.Count < 2 || biases.Length != labels.Count || scales.Length != labels.Count || weights.Length % labels.Count != 0)
            throw new ArgumentException("A head needs at least two labels, and a bias, a scale and a column of weights for each.", nameof(labels));
        if (!(temperature > 0 && float.IsFinite(temperature)) || !biases.All(float.IsFinite) || !scales.All(float.IsFinite))
            throw new ArgumentException("A head's temperature is above 0, and its numbers are finite.", nameof(temperature));
        (Name, Labels, Temperature) = (name, labels, temperature);
        (_biases, _scales, _weights) = (biases, scales, weights);
    }

    public string Name { get; }

    public IReadOnlyList<string> Labels { get; }

    public float Temperature { get; }

    public ReadOnlySpan<float> Biases => _biases;

    public ReadOnlySpan<float> Scales => _scales;

    public ReadOnlySpan<sbyte> Weights => _weights;

    /// <summary>The weight of a bucket for a class, before any factor and temperature.</summary>
    public double WeightOf(int bucket, int label) => _weights[(bucket * Labels.Count) + label] * _scales[label];

    /// <summary>Writes one probability per label; they sum to 1.</summary>
    public void Predict(in FeatureSet features, Span<double> probabilities)
    {
        Span<int> words = stackalloc int[Labels.Count];
        Span<int> characters = stackalloc int[Labels.Count];
        Sum(features.Words, words);
        Sum(features.Characters, characters);
        for (var label = 0; label < Labels.Count; label++)
        {
            var evidence = (words[label] * features.WordFactor) + (characters[label] * features.CharacterFactor);
            probabilities[label] = (_biases[label] + (_scales[label] * evidence)) / Temperature;
        }

        Softmax.InPlace(probabilities[..Labels.Count]);
    }

    /// <summary>Whole numbers: 127 times the 2^22 buckets a text could fill still fits.</summary>
    private void Sum(ReadOnlySpan<int> buckets, Span<int> sums)
    {
        sums.Clear();
        foreach (var bucket in buckets)
        {
            var row = _weights.AsSpan(bucket * sums.Length, sums.Length);
            for (var label = 0; label < row.Length; label++) sums[label] += row[label];
        }
    }
}
