using System.Text.RegularExpressions;

namespace Moderato.Policy;

/// <summary>A numbered paragraph of the guidelines.</summary>
/// <param name="Number">Such as <c>2</c> or <c>2.1</c>.</param>
/// <param name="Title">What stands behind the number.</param>
/// <param name="Text">Everything up to the next heading, as Markdown.</param>
public sealed record Paragraph(string Number, string Title, string Text);

/// <summary>A community's guidelines, in one or several languages. Paragraphs of one number mean the same in each.</summary>
public sealed partial class Guidelines
{
    /// <summary>The longest document, in characters.</summary>
    public const int Longest = 100_000;

    private readonly IReadOnlyDictionary<string, IReadOnlyList<Paragraph>> _byLanguage;

    private Guidelines(IReadOnlyDictionary<string, IReadOnlyList<Paragraph>> byLanguage) => _byLanguage = byLanguage;

    /// <summary>Every number there is, in any language, in order of appearance.</summary>
    public IReadOnlyList<string> Numbers => [.. _byLanguage.Values.SelectMany(p => p.Select(one => one.Number)).Distinct()];

    /// <summary>The paragraph in that language, else in any; null if there is none of that number.</summary>
    public Paragraph? Find(string number, string language) =>
        _byLanguage.OrderBy(l => l.Key == language ? 0 : 1).Select(l => l.Value.FirstOrDefault(p => p.Number == number)).FirstOrDefault(p => p is not null);

    public static bool IsNumber(string text) => Number().IsMatch(text);

    /// <summary>Documents by language; null if there is none.</summary>
    public static Guidelines? Of(IReadOnlyDictionary<string, string> documents) =>
        documents.Count == 0 ? null : new Guidelines(documents.ToDictionary(d => d.Key, d => Read(d.Value).Paragraphs));

    /// <summary>The paragraphs of one document, and what is wrong with it.</summary>
    public static (IReadOnlyList<Paragraph> Paragraphs, IReadOnlyList<PolicyProblem> Problems) Read(string markdown)
    {
        var problems = new List<PolicyProblem>();
        if (markdown.Length > Longest)
            return ([], [new PolicyProblem(1, 1, IsError: true, $"The document has {markdown.Length} characters; at most {Longest} are read.", $"Il documento ha {markdown.Length} caratteri; se ne leggono al massimo {Longest}.")]);
        var paragraphs = new List<Paragraph>();
        (string Number, string Title, List<string> Lines)? open = null;
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('#'))
            {
                open?.Lines.Add(lines[i]);
                continue;
            }
            Close();
            if (Heading().Match(lines[i]) is not { Success: true } heading)
                continue; // a title without a number
            var number = heading.Groups["number"].Value;
            if (paragraphs.Exists(p => p.Number == number))
                problems.Add(new PolicyProblem(i + 1, 1, IsError: true, $"There is a paragraph {number} above; each number is used once.", $"Il paragrafo {number} c'è già più su; ogni numero si usa una volta sola."));
            open = (number, heading.Groups["title"].Value.Trim(), []);
        }
        Close();
        if (paragraphs.Count == 0)
            problems.Add(new PolicyProblem(1, 1, IsError: true, "There is no numbered paragraph; begin each with a heading such as '## 1. Be kind'.", "Non c'è nessun paragrafo numerato; cominciate ciascuno con un titolo come '## 1. Siate gentili'."));
        return (paragraphs, problems);

        void Close()
        {
            if (open is { } done)
                paragraphs.Add(new Paragraph(done.Number, done.Title, string.Join('\n', done.Lines).Trim()));
            open = null;
        }
    }

    [GeneratedRegex(@"^#{1,6}\s+(?<number>\d{1,3}(\.\d{1,3}){0,3})\.?\s+(?<title>\S.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\d{1,3}(\.\d{1,3}){0,3}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
