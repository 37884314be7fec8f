using Moderato.Scoring;

namespace Moderato.Model;

/// <summary>Trained weights to the eight bits of a <see cref="LinearHead"/>.</summary>
public static class Quantization
{
    public static LinearHead ToHead(string name, IReadOnlyList<string> labels, TrainedWeights trained, double temperature)
    {
        var scales = new float[labels.Count];
        for (var i = 0; i < trained.Weights.Length; i++)
            scales[i % labels.Count] = Math.Max(scales[i % labels.Count], Math.Abs(trained.Weights[i]) / sbyte.MaxValue);

        var weights = new sbyte[trained.Weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var scale = scales[i % labels.Count];
            weights[i] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(trained.Weights[i] / scale);
        }

        return new LinearHead(name, labels, trained.Biases, scales, (float)temperature, weights);
    }
}
