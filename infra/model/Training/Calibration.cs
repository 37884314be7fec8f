using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <summary>
/// A straight line over logits that makes probabilities mean what they say: slope and offset for a flag (Platt, "Probabilistic
/// outputs for support vector machines", 1999), one slope for a choice (temperature scaling; Guo, Pleiss, Sun and Weinberger, ICML 2017).
/// Fitted on texts that the model did not learn from.
/// </summary>
/// <param name="Slope">Above 0.</param>
/// <param name="Offset">0 for a choice.</param>
public sealed record Calibration(float Slope, float Offset)
{
    private const int Steps = 60;

    /// <summary>Pulls the slope towards 1 and the offset towards 0 where few texts speak.</summary>
    private const double Prior = 1;

    public static Calibration None { get; } = new(1, 0);

    /// <param name="logits">Of each text, one per label.</param>
    /// <param name="targets">Of each text, one per label.</param>
    public static Calibration Fit(IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets)
    {
        if (logits.Count == 0) return None;
        return logits[0].Length == 1 ? Line(logits, targets) : Temperature(logits, targets);
    }

    /// <summary>Newton's method: the loss has one valley.</summary>
    private static Calibration Line(IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets)
    {
        var (a, b) = (1.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            var (ga, gb, haa, hab, hbb) = (Prior * (a - 1), Prior * 0.01 * b, Prior, 0.0, Prior * 0.01);
            for (var i = 0; i < logits.Count; i++)
            {
                double x = logits[i][0];
                var p = 1 / (1 + Math.Exp(-((a * x) + b)));
                var (error, curve) = (p - targets[i][0], p * (1 - p));
                (ga, gb) = (ga + (error * x), gb + error);
                (haa, hab, hbb) = (haa + (curve * x * x), hab + (curve * x), hbb + curve);
            }

            var determinant = (haa * hbb) - (hab * hab);
            if (determinant < 1e-9) break;
            var (da, db) = (((hbb * ga) - (hab * gb)) / determinant, ((haa * gb) - (hab * ga)) / determinant);
            // Half steps never leave the valley's sides too far apart.
            (a, b) = (Math.Clamp(a - (0.5 * da), 0.05, 20), Math.Clamp(b - (0.5 * db), -20, 20));
        }

        return new Calibration((float)a, (float)b);
    }

    private static Calibration Temperature(IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets)
    {
        var (low, high) = (0.05, 5.0);
        var golden = (Math.Sqrt(5) - 1) / 2;
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
            if (Loss(left) < Loss(right)) high = right;
            else low = left;
        }

        return new Calibration((float)((low + high) / 2), 0);

        double Loss(double slope)
        {
            var loss = 0.0;
            Span<float> p = stackalloc float[logits[0].Length];
            for (var i = 0; i < logits.Count; i++)
            {
                for (var label = 0; label < p.Length; label++) p[label] = (float)(logits[i][label] * slope);
                Logistic.Softmax(p);
                for (var label = 0; label < p.Length; label++) loss -= targets[i][label] * Math.Log(Math.Max(p[label], 1e-12));
            }

            return loss;
        }
    }
}
