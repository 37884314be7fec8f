namespace Moderato.Scoring.Feedback;

/// <param name="Texts">How many were measured.</param>
/// <param name="Errors">Where the flag was set wrongly, at the model's own threshold.</param>
/// <param name="LogLoss">Mean negative log of the probability given to what a person said.</param>
public sealed record Performance(int Texts, int Errors, double LogLoss);

/// <summary>Whether a correction may speak, with the figures on both sides for people to see.</summary>
/// <param name="Accepted">Whether it may.</param>
/// <param name="Reason">Why, or why not.</param>
/// <param name="HeldOutBefore">On decisions it did not learn from, what speaks now.</param>
/// <param name="HeldOutAfter">The correction on the same.</param>
/// <param name="BenchmarkBefore">On the shipped benchmark, the shipped model.</param>
/// <param name="BenchmarkAfter">The correction on the same.</param>
public sealed record GateResult(
    bool Accepted, string Reason, Performance HeldOutBefore, Performance HeldOutAfter, Performance BenchmarkBefore, Performance BenchmarkAfter);

/// <summary>
/// A correction must be better than what speaks now on decisions it has not seen, and must not lose on the shipped benchmark: a
/// community may have its own taste, not its own language. Losing is more errors than chance explains: more than the shipped
/// model's by the standard deviation of such a count, its square root.
/// </summary>
public sealed class CorrectionGate(LinearModel model, Benchmark benchmark)
{
    /// <summary>Held-out decisions of each kind, yes and no, below which nothing can be said.</summary>
    public const int FewestOfEachKind = 10;

    /// <param name="candidate">Learned without <paramref name="heldOut"/>.</param>
    /// <param name="current">What speaks now, or none for the shipped model.</param>
    /// <param name="label">The flag.</param>
    /// <param name="heldOut">Decisions on it.</param>
    public GateResult Check(Correction candidate, Correction? current, string label, IReadOnlyList<PersonDecision> heldOut)
    {
        var decisions = heldOut.Select(decision => (decision.Text, decision.Holds)).ToList();
        var (before, after) = (Measure(current, label, decisions), Measure(candidate, label, decisions));
        var texts = benchmark.Of(label);
        var (shipped, corrected) = (Measure(null, label, texts), Measure(candidate, label, texts));
        var reason = Refusal(decisions, before, after, shipped, corrected);
        return new GateResult(reason is null, reason ?? "It is better on decisions it has not seen and loses nothing elsewhere.", before, after, shipped, corrected);
    }

    private static string? Refusal(
        IReadOnlyCollection<(string Text, bool Holds)> decisions, Performance before, Performance after, Performance shipped, Performance corrected)
    {
        var yes = decisions.Count(decision => decision.Holds);
        if (Math.Min(yes, decisions.Count - yes) < FewestOfEachKind)
            return $"Of the decisions kept aside {yes} say yes and {decisions.Count - yes} no: {FewestOfEachKind} of each are needed.";
        if (after.Errors >= before.Errors || after.LogLoss >= before.LogLoss)
            return $"On decisions it has not seen it errs {after.Errors} times, what speaks now {before.Errors} times of {before.Texts}.";
        if (corrected.Errors > shipped.Errors + Math.Sqrt(shipped.Errors))
            return $"On comments from elsewhere it errs {corrected.Errors} times, the shipped model {shipped.Errors} times of {shipped.Texts}.";
        return null;
    }

    private Performance Measure(Correction? correction, string label, IReadOnlyList<(string Text, bool Holds)> texts)
    {
        var (column, threshold) = (model.ColumnOf(label), model.ThresholdOf(label));
        var (errors, loss) = (0, 0.0);
        Span<float> p = stackalloc float[LinearModel.MostColumns];
        foreach (var (text, holds) in texts)
        {
            using var normalized = NormalizedText.Of(text);
            using var features = model.FeaturesOf(normalized.Chars);
            model.Predict(features, p, correction);
            if (p[column] >= threshold != holds) errors++;
            loss -= Math.Log(Math.Clamp(holds ? p[column] : 1 - p[column], 1e-6f, 1));
        }

        return new Performance(texts.Count, errors, texts.Count == 0 ? 0 : loss / texts.Count);
    }
}
