using Moderato.Scoring;

namespace Moderato.Model;

/// <summary>Which features of a text spoke for a class, strongest first.</summary>
public sealed class Explanation : IFeatureSink
{
    private readonly Dictionary<int, (string Name, bool IsCharacters)> _features = [];

    private Explanation()
    {
    }

    /// <returns>Per label, features and what they add to its logit against the average of the labels.</returns>
    public static IEnumerable<(string Label, IReadOnlyList<(string Feature, double Share)> Strongest)> Of(LinearModel model, string text, int count)
    {
        using var folded = FoldedText.Of(text);
        var explanation = new Explanation();
        FeatureExtractor.Extract(folded.Chars, model.Features, ref explanation);
        return explanation.Rank(model.Head("sentiment"), count);
    }

    public void Add(int bucket, FeatureKind kind, bool negated, scoped ReadOnlySpan<char> first, scoped ReadOnlySpan<char> second)
    {
        var name = kind switch
        {
            FeatureKind.WordPair => $"{first} {second}",
            FeatureKind.Characters => $"[{first}]",
            FeatureKind.Elongation => "<drawn out>",
            _ => first.ToString(),
        };
        _features.TryAdd(bucket, (negated ? $"NOT {name}" : name, kind == FeatureKind.Characters));
    }

    private List<(string, IReadOnlyList<(string, double)>)> Rank(LinearHead head, int count)
    {
        var words = 1 / Math.Sqrt(Math.Max(1, _features.Values.Count(feature => !feature.IsCharacters)));
        var characters = 1 / Math.Sqrt(Math.Max(1, _features.Values.Count(feature => feature.IsCharacters)));
        var result = new List<(string, IReadOnlyList<(string, double)>)>();
        for (var label = 0; label < head.Labels.Count; label++)
        {
            var at = label;
            var strongest = _features
                .Select(feature => (feature.Value.Name, Share: (feature.Value.IsCharacters ? characters : words) * Lead(head, feature.Key, at)))
                .Where(feature => feature.Share > 0)
                .OrderByDescending(feature => feature.Share).ThenBy(feature => feature.Name, StringComparer.Ordinal)
                .Take(count);
            result.Add((head.Labels[label], [.. strongest]));
        }

        return result;
    }

    private static double Lead(LinearHead head, int bucket, int label) =>
        (head.WeightOf(bucket, label) - Enumerable.Range(0, head.Labels.Count).Average(other => head.WeightOf(bucket, other))) / head.Temperature;
}
