using Moderato.Model.Corpus;
using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <summary>One text as training sees it, for every task.</summary>
/// <param name="Text">What it was.</param>
/// <param name="Words">Buckets of its words and their neighbours.</param>
/// <param name="Characters">Buckets of its character n-grams.</param>
/// <param name="Signals">Amounts that are not 0.</param>
public sealed record Example(LabelledText Text, int[] Words, int[] Characters, (int Signal, float Amount)[] Signals)
{
    public float WordFactor { get; } = FeatureSet.Factor(Words.Length);

    public float CharacterFactor { get; } = FeatureSet.Factor(Characters.Length);

    public static Example Of(LabelledText text, Vocabulary vocabulary, FeatureParameters parameters)
    {
        using var normalized = NormalizedText.Of(text.Text);
        using var features = FeatureSet.Of(normalized.Chars, vocabulary, parameters);
        var signals = new List<(int, float)>();
        for (var signal = 0; signal < FeatureSet.Signals; signal++)
            if (features.Amounts[signal] > 0) signals.Add((signal, features.Amounts[signal]));
        return new Example(text, features.Words.ToArray(), features.Characters.ToArray(), [.. signals]);
    }

    public bool Knows(LearningTask task) => !float.IsNaN(Text.Targets[task.Column]);

    public ReadOnlySpan<float> Targets(LearningTask task) => Text.Targets.AsSpan(task.Column, task.Labels.Count);
}
