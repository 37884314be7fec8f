using Moderato.Model.Corpus;

namespace Moderato.Model.Evaluation;

/// <summary>The held-out part of the project's own comments as a file to measure on: only what both readings say alike.</summary>
public static class HeldOutComments
{
    /// <returns>Lines of a TSV with the columns <c>text</c>, <c>label</c> and <c>lang</c>.</returns>
    public static IEnumerable<string> Lines(string comments, Question question)
    {
        var column = Columns.Of(question.Name);
        yield return "text\tlabel\tlang";
        foreach (var text in OwnComments.Read(comments).Where(text => text.IsForTesting))
        {
            var targets = text.Targets.AsSpan(column, question.IsFlag ? 1 : question.Labels.Count);
            var label = question.IsFlag ? Flag(targets[0]) : targets.IndexOf(1f) is >= 0 and var at ? question.Labels[at] : null;
            if (label is not null) yield return $"{text.Text}\t{label}\t{text.Language}";
        }
    }

    /// <summary>Anger is read in thirds: annoyed is neither.</summary>
    private static string? Flag(float target) => target switch
    {
        0 => "0",
        > 0.6f => "1",
        _ => null,
    };
}
