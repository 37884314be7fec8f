using Moderato.Scoring;

namespace Moderato.Model;

/// <summary>One text as training sees it.</summary>
/// <param name="Words">Distinct buckets of its words and pairs.</param>
/// <param name="Characters">Distinct buckets of its character n-grams.</param>
/// <param name="Label">Index of its class.</param>
/// <param name="Weight">How much it counts; 1 on average.</param>
public sealed record Example(int[] Words, int[] Characters, int Label, float Weight)
{
    public float WordFactor { get; } = Factor(Words.Length);

    public float CharacterFactor { get; } = Factor(Characters.Length);

    public static Example Of(LabelledText text, float weight, FeatureParameters parameters)
    {
        using var folded = FoldedText.Of(text.Text);
        using var features = FeatureSet.Of(folded.Chars, parameters);
        return new Example(features.Words.ToArray(), features.Characters.ToArray(), (int)text.Label, weight);
    }

    private static float Factor(int count) => count == 0 ? 0 : (float)(1 / Math.Sqrt(count));
}
