namespace Moderato.Scoring.Feedback;

/// <summary>
/// Comments of nobody's community that nothing was trained on: the held-out part of the project's own, where both readings agree. What
/// a community teaches must not make the model worse there.
/// </summary>
public sealed class Benchmark
{
    private const float Angry = 2;

    private static readonly string[] Harms = ["insult", "identity", "threat", "sexual"];

    private readonly IReadOnlyList<Dictionary<string, string>> _rows;

    private Benchmark(IReadOnlyList<Dictionary<string, string>> rows) => _rows = rows;

    /// <summary>The comments that were built in. Takes some milliseconds.</summary>
    public static Benchmark BuiltIn()
    {
        using var stream = typeof(Benchmark).Assembly.GetManifestResourceStream("Moderato.Scoring.comments.tsv")
            ?? throw new InvalidOperationException("The assembly was built without comments.tsv.");
        using var reader = new StreamReader(stream);
        var columns = reader.ReadLine()!.Split('\t');
        var rows = new List<Dictionary<string, string>>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            var row = columns.Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second);
            if (row["split"] == "test") rows.Add(row);
        }

        return new Benchmark(rows);
    }

    /// <summary>The texts on which both readings say the same of a flag.</summary>
    public IReadOnlyList<(string Text, bool Holds)> Of(string label) =>
    [
        .. _rows.Where(row => row["sentiment_2"].Length == 0 || Holds(row, label, "") == Holds(row, label, "_2")).Select(row => (row["text"], Holds(row, label, ""))),
    ];

    private static bool Holds(Dictionary<string, string> row, string label, string reading) => label switch
    {
        HeadNames.Toxicity => Harms.Any(harm => row[harm + reading] == "1"),
        HeadNames.Anger => float.Parse(row["anger" + reading], System.Globalization.CultureInfo.InvariantCulture) >= Angry,
        "identity-attack" => row["identity" + reading] == "1",
        "obscenity" => row["obscene" + reading] == "1",
        _ when HeadNames.Intents.Contains(label) => row["intents" + reading].Split(',').Contains(label),
        _ => row[label + reading] == "1",
    };
}
