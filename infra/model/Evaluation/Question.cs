using Moderato.Model.Corpus;
using Moderato.Scoring;

namespace Moderato.Model.Evaluation;

/// <summary>Something a model can be measured on: a choice, or one flag of a head.</summary>
/// <param name="Name">As it is written on the command line.</param>
/// <param name="Head">The head that answers it.</param>
/// <param name="Place">Of the flag among the head's labels; 0 for a choice.</param>
/// <param name="Labels">What a file may say.</param>
public sealed record Question(string Name, string Head, int Place, IReadOnlyList<string> Labels)
{
    public static IReadOnlyList<Question> All { get; } =
    [
        .. Columns.Heads.SelectMany(head => head.Kind == HeadKind.Choice
            ? [new Question(head.Name, head.Name, 0, head.Labels)]
            : head.Labels.Select((label, place) => new Question(label, head.Name, place, ["0", "1"]))),
    ];

    public bool IsFlag => Labels.Count == 2 && Labels[0] == "0";

    public static Question? Find(string name) => All.FirstOrDefault(question => question.Name == name);
}
