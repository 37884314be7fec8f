using Moderato.Scoring;

namespace Moderato.Model.Evaluation;

/// <summary>What there is to explain about a text.</summary>
public static class Report
{
    /// <returns>Of a choice the likeliest label, of flags each that holds.</returns>
    public static IReadOnlyList<(string Head, string Label, float Probability)> Of(LinearModel model, string text)
    {
        using var normalized = NormalizedText.Of(text);
        using var features = model.FeaturesOf(normalized.Chars);
        var p = new float[LinearModel.MostColumns];
        model.Predict(features, p);
        var (found, column) = (new List<(string, string, float)>(), 0);
        foreach (var head in model.Heads)
        {
            var own = p.AsSpan(column, head.Labels.Count).ToArray();
            column += own.Length;
            if (head.Kind == HeadKind.Choice)
            {
                var at = Array.IndexOf(own, own.Max());
                found.Add((head.Name, head.Labels[at], own[at]));
                continue;
            }

            for (var i = 0; i < own.Length; i++)
                if (own[i] >= head.Thresholds[i]) found.Add((head.Name, head.Labels[i], own[i]));
        }

        return found;
    }
}
