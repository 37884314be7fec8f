using Moderato.Model.Corpus;

namespace Moderato.Model.Evaluation;

/// <summary>
/// The same texts for another classifier: one line each, <c>__label__</c> and the label, then the text. Format: fastText's
/// supervised tutorial. Lower case and spaces around marks, since fastText only cuts at white space.
/// </summary>
public static class FastTextFiles
{
    public static void Write(IReadOnlyList<LabelledText> texts, LearningTask task, string folder)
    {
        Directory.CreateDirectory(folder);
        var known = texts.Where(text => text.Targets.AsSpan(task.Column, task.Labels.Count).ContainsAnyInRange(0.5001f, 1)).ToList();
        File.WriteAllLines(Path.Combine(folder, "train.txt"), known.Where(text => !text.IsForTesting).Select(text => Line(text, task)));
        foreach (var group in known.Where(text => text.IsForTesting).GroupBy(text => (text.Source, text.Language)))
            File.WriteAllLines(Path.Combine(folder, $"test-{group.Key.Source}-{group.Key.Language}.txt"), group.Select(text => Line(text, task)));
    }

    private static string Line(LabelledText text, LearningTask task)
    {
        var targets = text.Targets.AsSpan(task.Column, task.Labels.Count);
        var label = 0;
        for (var i = 1; i < targets.Length; i++)
            if (targets[i] > targets[label]) label = i;
        var spaced = string.Concat(text.Text.Select(c => char.IsPunctuation(c) && c != '\'' ? $" {c} " : $"{char.ToLowerInvariant(c)}"));
        return $"__label__{task.Labels[label]} {spaced}";
    }
}
