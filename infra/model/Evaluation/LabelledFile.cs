using Moderato.Model.Corpus;

namespace Moderato.Model.Evaluation;

/// <param name="Text">What is measured.</param>
/// <param name="Label">What it is.</param>
/// <param name="Group">What it is reported apart by.</param>
public sealed record LabelledRow(string Text, string Label, string Group);

/// <summary>A TSV of texts and labels to measure on: a header line, the columns <c>text</c> and <c>label</c>, and whatever else.</summary>
public static class LabelledFile
{
    private const int MostProblems = 10;

    /// <param name="path">The file.</param>
    /// <param name="question">Whose labels it has.</param>
    /// <param name="language">Where the file has a column <c>lang</c>, only its rows of this language; where it has none, all of them.</param>
    /// <param name="group">A column to report apart by.</param>
    /// <exception cref="DataException">The file is not as described; the message lists the lines.</exception>
    public static IReadOnlyList<LabelledRow> Read(string path, Question question, string? language, string? group = null)
    {
        var byLanguage = language is not null && TsvTable.Header(path).Contains("lang");
        var (rows, problems, line) = (new List<LabelledRow>(), new List<string>(), 1);
        foreach (var row in TsvTable.Read(path, "text", "label", byLanguage ? "lang" : "text", group ?? "label"))
        {
            line++;
            if (byLanguage && row[2] != language) continue;
            if (question.Labels.Contains(row[1])) rows.Add(new LabelledRow(row[0], row[1], row[3]));
            else problems.Add($"line {line}: '{row[1]}'");
        }

        if (problems.Count > 0)
        {
            var more = problems.Count > MostProblems ? $" and {problems.Count - MostProblems} more" : "";
            throw new DataException($"The column 'label' of {path} must be one of {string.Join(", ", question.Labels)} for '{question.Name}'; {string.Join(", ", problems.Take(MostProblems))}{more}.");
        }

        return rows.Count > 0 ? rows : throw new DataException($"The file {path} has no rows to measure{(language is null ? "" : $" in the language '{language}'")}.");
    }
}
