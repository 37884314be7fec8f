using Moderato.Scoring;

namespace Moderato.Model.Corpus;

/// <summary>The heads that are trained and the places of their labels in <see cref="LabelledText.Targets"/>.</summary>
public static class Columns
{
    public static IReadOnlyList<(string Name, HeadKind Kind, IReadOnlyList<string> Labels)> Heads { get; } =
    [
        (HeadNames.Language, HeadKind.Choice, HeadNames.Languages),
        (HeadNames.Sentiment, HeadKind.Choice, HeadNames.Sentiments),
        (HeadNames.Anger, HeadKind.Flags, [HeadNames.Anger]),
        (HeadNames.Toxicity, HeadKind.Flags, HeadNames.Harms),
        (HeadNames.Spam, HeadKind.Flags, [HeadNames.Spam]),
        (HeadNames.Intent, HeadKind.Flags, HeadNames.Intents),
        (HeadNames.Distress, HeadKind.Flags, [HeadNames.Distress]),
    ];

    /// <summary>Of the label, or of a head's first.</summary>
    private static readonly Dictionary<string, int> Places = Place();

    public static int Count { get; } = Heads.Sum(head => head.Labels.Count);

    /// <summary>What is learned by itself: a choice with all its labels, or a single flag.</summary>
    public static IReadOnlyList<LearningTask> Tasks { get; } =
    [
        .. Heads.SelectMany(head => head.Kind == HeadKind.Choice
            ? [new LearningTask(head.Name, Of(head.Name), head.Labels)]
            : head.Labels.Select(label => new LearningTask(label, Of(label), [label]))),
    ];

    public static int Of(string label) => Places[label];

    public static float[] Unknown()
    {
        var targets = new float[Count];
        Array.Fill(targets, float.NaN);
        return targets;
    }

    private static Dictionary<string, int> Place()
    {
        var (places, at) = (new Dictionary<string, int>(), 0);
        foreach (var (name, kind, labels) in Heads)
        {
            if (kind == HeadKind.Choice) places[name] = at;
            foreach (var label in labels)
            {
                // Languages are only asked for as a head, and "other" is also an intent.
                if (kind == HeadKind.Flags) places[label] = at;
                at++;
            }
        }

        return places;
    }
}

/// <param name="Name">Of a choice its head's, of a flag its own.</param>
/// <param name="Column">Its first.</param>
/// <param name="Labels">One for a flag.</param>
public sealed record LearningTask(string Name, int Column, IReadOnlyList<string> Labels)
{
    public bool IsChoice => Labels.Count > 1;
}
