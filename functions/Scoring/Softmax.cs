namespace Moderato.Scoring;

public static class Softmax
{
    /// <summary>Logits to probabilities. The largest is taken off first, so that nothing overflows.</summary>
    public static void InPlace(Span<double> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits) largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (ref var logit in logits)
        {
            logit = Math.Exp(logit - largest);
            sum += logit;
        }

        foreach (ref var logit in logits) logit /= sum;
    }
}
