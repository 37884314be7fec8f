namespace Moderato.Scoring;

/// <summary>Log-odds to probabilities.</summary>
public static class Logistic
{
    public static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    /// <summary>In place. The largest is taken off first, so that nothing overflows.</summary>
    public static void Softmax(Span<float> logits)
    {
        var largest = float.NegativeInfinity;
        foreach (var logit in logits) largest = Math.Max(largest, logit);
        var sum = 0f;
        foreach (ref var logit in logits)
        {
            logit = MathF.Exp(logit - largest);
            sum += logit;
        }

        foreach (ref var logit in logits) logit /= sum;
    }
}
