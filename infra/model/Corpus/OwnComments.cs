using System.Globalization;
using Moderato.Scoring;

namespace Moderato.Model.Corpus;

/// <summary>
/// The project's own comments, labelled for every head by two readings that did not see each other. Where they disagree, the
/// target is the middle: a comment that two careful readers take differently is no clean example of either.
/// </summary>
public static class OwnComments
{
    public const string Source = "own";

    private static readonly string[] Kinds = ["insult", "identity", "threat", "obscene", "sexual"];

    private static readonly string[] Readings = ["", "_2"];

    /// <exception cref="DataException">The file is not as its datasheet says; the message names the line.</exception>
    public static IEnumerable<LabelledText> Read(string path)
    {
        string[] labels = ["sentiment", "anger", .. Kinds, "spam", "intents", "distress"];
        string[] columns = ["text", "lang", "writer", "theme", "split", .. Readings.SelectMany(reading => labels.Select(label => label + reading))];
        foreach (var row in TsvTable.Read(path, columns))
        {
            var readings = new List<float[]>();
            for (var at = 5; at < row.Length; at += labels.Length)
            {
                if (row[at].Length > 0) readings.Add(Targets(row.AsSpan(at, labels.Length), row[1], path));
            }

            yield return new LabelledText(row[0], row[1], Source, $"{row[2]}/{row[3]}", row[4] == "test", Middle(readings));
        }
    }

    private static float[] Targets(ReadOnlySpan<string> cells, string language, string path)
    {
        var targets = new float[Columns.Count];
        var known = HeadNames.Languages.ToList().IndexOf(language);
        if (known < 0) throw new DataException($"The file {path} has the language '{language}'.");
        targets[Columns.Of(HeadNames.Language) + known] = 1;

        var sentiment = Columns.Of(HeadNames.Sentiment);
        var felt = HeadNames.Sentiments.ToList().IndexOf(cells[0]);
        if (felt >= 0) targets[sentiment + felt] = 1;
        else if (cells[0] == "mixed") (targets[sentiment], targets[sentiment + 1], targets[sentiment + 2]) = (0.25f, 0.5f, 0.25f);
        else throw new DataException($"The file {path} has the sentiment '{cells[0]}'.");

        targets[Columns.Of(HeadNames.Anger)] = float.Parse(cells[1], CultureInfo.InvariantCulture) / 3;
        var harm = Columns.Of(HeadNames.Toxicity);
        for (var kind = 0; kind < Kinds.Length; kind++) targets[harm + 1 + kind] = cells[2 + kind] == "1" ? 1 : 0;
        // A vulgar word alone drives nobody away ("cazzo che buono"); what is aimed at people does.
        targets[harm] = Math.Max(Math.Max(targets[harm + 1], targets[harm + 2]), Math.Max(targets[harm + 3], targets[harm + 5]));
        targets[Columns.Of(HeadNames.Spam)] = cells[7] == "1" ? 1 : 0;
        foreach (var intent in cells[8].Split(','))
        {
            if (!HeadNames.Intents.Contains(intent)) throw new DataException($"The file {path} has the intent '{intent}'.");
            targets[Columns.Of(intent)] = 1;
        }

        targets[Columns.Of(HeadNames.Distress)] = cells[9] == "1" ? 1 : 0;
        return targets;
    }

    private static float[] Middle(List<float[]> readings) =>
        [.. Enumerable.Range(0, Columns.Count).Select(column => readings.Average(reading => reading[column]))];
}
