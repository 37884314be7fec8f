using System.Runtime.InteropServices;

namespace Moderato.Scoring;

/// <summary>Something in a text that spoke for or against a label.</summary>
/// <param name="Start">Its place in the text as written, in UTF-16 code units.</param>
/// <param name="End">Where it ends; for an amount such as capitals, which is everywhere, the text's.</param>
/// <param name="Signal">The amount, or none where it is the words themselves.</param>
/// <param name="Share">What it adds to the label's log-odds; of a choice, against the average of the labels.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Reason(int Start, int End, Signal? Signal, double Share);

/// <summary>
/// Why a model says what it says. Its scores are sums, so they come apart exactly: what a word and the n-grams inside it add is
/// put down to the word, a pair to both words, and an amount to the words that count towards it.
/// </summary>
public static class Explanation
{
    /// <param name="model">Whose score it is.</param>
    /// <param name="text">As its author wrote it.</param>
    /// <param name="label">A flag, or a label of a choice.</param>
    /// <param name="head">Its head.</param>
    /// <param name="count">How many reasons at most.</param>
    /// <returns>The strongest first, those against the label among them with a negative share.</returns>
    /// <exception cref="ModelFileException">The model has no such head or label.</exception>
    public static IReadOnlyList<Reason> Of(LinearModel model, string text, string head, string label, int count)
    {
        using var normalized = NormalizedText.Tracked(text);
        var trace = new Trace(new List<Feature>(), [], new float[FeatureSet.Signals], model.Parameters.BucketBits);
        FeatureExtractor.Extract(normalized.Chars, model.Vocabulary, model.Parameters, ref trace);

        var weigh = Weigher(model, head, label);
        var reasons = new Dictionary<(int, int, Signal?), double>();
        AddFeatures(trace.Features, weigh.Bucket, reasons);
        AddAmounts(trace, weigh.Signal, normalized.Chars.Length, reasons);

        var found = new List<Reason>();
        foreach (var ((start, end, signal), share) in reasons)
            found.Add(new Reason(normalized.OriginOf(start), normalized.OriginOf(end), signal, share));
        return [.. found.Where(reason => reason.Share != 0).OrderByDescending(reason => Math.Abs(reason.Share)).ThenBy(reason => reason.Start).ThenBy(reason => reason.End).Take(count)];
    }

    private static (Func<int, double> Bucket, Func<int, double> Signal) Weigher(LinearModel model, string head, string label)
    {
        var (found, first) = model.Find(head);
        var at = found.Labels.ToList().IndexOf(label);
        if (at < 0) throw new ModelFileException($"The head '{head}' of model {model.Version} has no label '{label}': it has {string.Join(", ", found.Labels)}.");
        return (bucket => Lead(column => model.WeightOf(bucket, column)), signal => Lead(column => model.SignalWeights[(signal * model.Columns) + column]));

        double Lead(Func<int, double> weight) => found.Kind == HeadKind.Choice
            ? weight(first + at) - Enumerable.Range(first, found.Labels.Count).Average(weight)
            : weight(first + at);
    }

    private static void AddFeatures(List<Feature> features, Func<int, double> weigh, Dictionary<(int, int, Signal?), double> reasons)
    {
        var words = FeatureSet.Factor(features.Count(feature => feature.Group == FeatureGroup.Words));
        var characters = FeatureSet.Factor(features.Count(feature => feature.Group == FeatureGroup.Characters));
        var word = (Start: 0, End: 0);
        foreach (var feature in features)
        {
            // A word comes before its n-grams, and they lie within it.
            if (feature.Group == FeatureGroup.Words) word = (feature.Start, feature.End);
            var share = weigh(feature.Bucket) * (feature.Group == FeatureGroup.Words ? words : characters);
            CollectionsMarshal.GetValueRefOrAddDefault(reasons, (word.Start, word.End, null), out _) += share;
        }
    }

    private static void AddAmounts(Trace trace, Func<int, double> weigh, int length, Dictionary<(int, int, Signal?), double> reasons)
    {
        for (var signal = 0; signal < FeatureSet.Signals; signal++)
        {
            if (trace.Amounts[signal] == 0) continue;
            var share = trace.Amounts[signal] * weigh(signal);
            var parts = trace.Contributions.Where(part => part.Signal == (Signal)signal).ToList();
            if (parts.Count == 0) CollectionsMarshal.GetValueRefOrAddDefault(reasons, (0, length, (Signal)signal), out _) += share;
            foreach (var (_, start, end) in parts) CollectionsMarshal.GetValueRefOrAddDefault(reasons, (start, end, null), out _) += share / parts.Count;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Feature(FeatureGroup Group, int Bucket, int Start, int End);

    /// <summary>Keeps the places of everything that scoring forgets.</summary>
    private readonly struct Trace(List<Feature> features, List<(Signal Signal, int Start, int End)> contributions, float[] amounts, int bits) : IFeatureSink
    {
        public List<Feature> Features { get; } = features;

        public List<(Signal Signal, int Start, int End)> Contributions { get; } = contributions;

        public float[] Amounts { get; } = amounts;

        public void Add(FeatureGroup group, uint hash, int start, int end) => Features.Add(new Feature(group, Fnv1a.Fold(hash, bits), start, end));

        public void Add(Signal signal, float value) => Amounts[(int)signal] = value;

        public void Contribute(Signal signal, int start, int end) => Contributions.Add((signal, start, end));

        public void Link(ReadOnlySpan<char> host)
        {
        }
    }
}
