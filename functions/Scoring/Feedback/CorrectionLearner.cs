using System.Collections.Frozen;

namespace Moderato.Scoring.Feedback;

/// <summary>
/// Learns one flag's correction: logistic regression of the deltas alone, with the shipped model's log-odds as offset. It minimises
/// the log loss of the decisions plus <c>λ Σ|δ|</c>: a word moves only if the decisions on it say so together, all others stay exactly
/// as shipped. There is no bias: who decides more often on bad comments than on good ones teaches no gloom. Only words and their
/// neighbours are corrected: n-grams would carry one word's correction to words spelt alike.
/// </summary>
public static class CorrectionLearner
{
    /// <summary>The strongest are kept: 16 KiB a label.</summary>
    public const int MostDeltas = 2_000;

    /// <summary>
    /// λ. With it one decision moves nothing, five that agree on a word do. A stronger one leaves the words that matter half learned, and
    /// common words, which stand beside them, make up for it.
    /// </summary>
    private const double Strength = 0.5;

    private const int Rounds = 400;

    /// <param name="model">The shipped one.</param>
    /// <param name="label">The flag.</param>
    /// <param name="decisions">On this flag, each text once; their order does not matter.</param>
    /// <exception cref="ModelFileException">The model has no such flag.</exception>
    public static LabelCorrection Learn(LinearModel model, string label, IReadOnlyList<PersonDecision> decisions)
    {
        var column = model.ColumnOf(label);
        var places = new Dictionary<int, int>();
        var examples = decisions.OrderBy(decision => decision.Text, StringComparer.Ordinal)
            .Select(decision => Example.Of(model, column, decision, places)).ToArray();
        var deltas = Descend(examples, places.Count);
        return new LabelCorrection(label, places
            .Select(place => (Bucket: place.Key, Delta: (float)deltas[place.Value])).Where(delta => delta.Delta != 0)
            .OrderByDescending(delta => Math.Abs(delta.Delta)).ThenBy(delta => delta.Bucket).Take(MostDeltas)
            .ToFrozenDictionary(delta => delta.Bucket, delta => delta.Delta));
    }

    private static double[] Descend(Example[] examples, int count)
    {
        // A bound of the loss's curvature in each delta when all of them move at once: with such steps it can only fall.
        // Source: diagonal majorisation, Lange, "MM optimization algorithms", SIAM 2016.
        var curves = new double[count];
        foreach (var example in examples)
            foreach (var word in example.Words) curves[word] += 0.25 * example.Factor * example.Factor * example.Words.Length;

        var (deltas, slopes) = (new double[count], new double[count]);
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(slopes);
            foreach (var example in examples)
            {
                var slope = (example.Probability(deltas) - (example.Holds ? 1 : 0)) * example.Factor;
                foreach (var word in example.Words) slopes[word] += slope;
            }

            for (var word = 0; word < count; word++)
            {
                var target = deltas[word] - (slopes[word] / curves[word]);
                deltas[word] = Math.Sign(target) * Math.Max(0, Math.Abs(target) - (Strength / curves[word]));
            }
        }

        return deltas;
    }

    private sealed record Example(int[] Words, double Factor, double Logit, bool Holds)
    {
        public static Example Of(LinearModel model, int column, PersonDecision decision, Dictionary<int, int> places)
        {
            using var normalized = NormalizedText.Of(decision.Text);
            using var features = model.FeaturesOf(normalized.Chars);
            Span<float> logits = stackalloc float[LinearModel.MostColumns];
            model.Logits(features, logits);
            var words = features.Words.ToArray();
            for (var i = 0; i < words.Length; i++)
            {
                if (!places.TryGetValue(words[i], out var place)) places[words[i]] = place = places.Count;
                words[i] = place;
            }

            return new Example(words, features.WordFactor, logits[column], decision.Holds);
        }

        public double Probability(double[] deltas)
        {
            var sum = 0.0;
            foreach (var word in Words) sum += deltas[word];
            return 1 / (1 + Math.Exp(-(Logit + (Factor * sum))));
        }
    }
}
