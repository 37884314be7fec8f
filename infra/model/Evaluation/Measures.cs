namespace Moderato.Model.Evaluation;

/// <param name="Precision">Of the texts taken for it, how many are.</param>
/// <param name="Recall">Of the texts that are it, how many were found.</param>
/// <param name="F1">Their harmonic mean.</param>
/// <param name="Support">Texts that are it.</param>
public sealed record ClassMeasures(double Precision, double Recall, double F1, int Support);

/// <summary>How well labels were guessed.</summary>
/// <param name="N">Texts measured.</param>
/// <param name="Accuracy">Share that was right.</param>
/// <param name="MacroF1">F1 averaged over the labels that occur.</param>
/// <param name="MacroRecall">Recall averaged over the labels that occur.</param>
/// <param name="PerClass">Label by label.</param>
public sealed record Measures(int N, double Accuracy, double MacroF1, double MacroRecall, IReadOnlyDictionary<string, ClassMeasures> PerClass)
{
    /// <param name="pairs">What a text is, and what was guessed.</param>
    public static Measures Of(IReadOnlyCollection<(string Actual, string Guessed)> pairs)
    {
        var classes = pairs.Select(pair => pair.Actual).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToDictionary(label => label, label =>
        {
            var actual = pairs.Count(pair => pair.Actual == label);
            var guessed = pairs.Count(pair => pair.Guessed == label);
            var both = pairs.Count(pair => pair.Actual == label && pair.Guessed == label);
            return new ClassMeasures(guessed == 0 ? 0 : (double)both / guessed, (double)both / actual, 2.0 * both / (actual + guessed), actual);
        });
        var right = pairs.Count(pair => pair.Actual == pair.Guessed);
        return new Measures(pairs.Count, (double)right / pairs.Count, classes.Values.Average(c => c.F1), classes.Values.Average(c => c.Recall), classes);
    }
}
