using Moderato.Model.Corpus;

namespace Moderato.Model.Training;

/// <summary>
/// What each text counts for in a task. A source counts by its share, however many rows it has; within a language the labels then
/// count the same, so that the model has no opinion about a text without features.
/// </summary>
public static class Balance
{
    /// <param name="examples">Each with a target for the task.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="share">Of a text's source.</param>
    public static float[] WeightsFor(IReadOnlyList<Example> examples, LearningTask task, Func<LabelledText, float> share)
    {
        var rows = examples.CountBy(example => (example.Text.Language, example.Text.Source)).ToDictionary();
        var weights = examples.Select(example =>
            share(example.Text) / Math.Sqrt(rows[(example.Text.Language, example.Text.Source)])).ToArray();

        // Soft targets give each label its part of the text.
        var mass = new Dictionary<string, double[]>();
        for (var i = 0; i < weights.Length; i++)
        {
            if (!mass.TryGetValue(Key(examples[i]), out var sums)) mass[Key(examples[i])] = sums = new double[Math.Max(2, task.Labels.Count)];
            for (var label = 0; label < sums.Length; label++) sums[label] += weights[i] * Part(examples[i], task, label);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            var sums = mass[Key(examples[i])];
            var own = 0.0;
            for (var label = 0; label < sums.Length; label++)
                if (sums[label] > 0) own += Part(examples[i], task, label) / sums[label];
            weights[i] *= own * Shares.OfLanguage(task.Name, examples[i].Text.Language);
        }

        var scale = weights.Length / weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight * scale));

        string Key(Example example) => task.Name == Scoring.HeadNames.Language ? "" : example.Text.Language;
    }

    /// <summary>How much of a text belongs to a label; a flag's labels are "not" and "yes".</summary>
    private static double Part(Example example, LearningTask task, int label)
    {
        var targets = example.Targets(task);
        return task.IsChoice ? targets[label] : label == 1 ? targets[0] : 1 - targets[0];
    }
}
