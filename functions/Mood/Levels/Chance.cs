namespace Moderato.Mood;

/// <summary>How likely a count is.</summary>
internal static class Chance
{
    /// <summary>Below this dispersion the negative binomial is Poisson to the last digit that matters, and its terms would lose theirs.</summary>
    private const double NearlyPoisson = 1e-6;

    /// <summary>
    /// Probability of <paramref name="count"/> or more where <paramref name="mean"/> are expected and the rate itself is only known with an error:
    /// the negative binomial, a mixture of Poisson distributions over a gamma-distributed rate (M. Greenwood and G. U. Yule, An inquiry into the
    /// nature of frequency distributions, J. Royal Statistical Society 83, 1920; A. Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6).
    /// Its variance is mean + dispersion x mean², so it is never narrower than Poisson.
    /// </summary>
    /// <param name="count">0 or more.</param>
    /// <param name="mean">Above 0.</param>
    /// <param name="dispersion">0 for Poisson, more for a wider distribution.</param>
    public static double OfAtLeast(int count, double mean, double dispersion)
    {
        if (count <= 0)
            return 1;
        var size = 1 / Math.Max(dispersion, NearlyPoisson);
        var odds = mean / (mean + size);

        // From the count upwards the terms fall once the mean is passed: sum them until they no longer matter.
        var term = Math.Exp(LogGamma(size + count) - LogGamma(size) - LogGamma(count + 1) + (size * Math.Log(size / (mean + size))) + (count * Math.Log(odds)));
        var sum = 0.0;
        for (var k = count; k < count + 100_000; k++)
        {
            sum += term;
            if (k > mean && term < sum * 1e-10)
                break;
            term *= (size + k) / (k + 1) * odds;
        }
        return Math.Min(1, sum);
    }

    /// <summary>Logarithm of the gamma function: Stirling's series after shifting the argument above 10 (M. Abramowitz and I. Stegun, 6.1.15 and 6.1.41).</summary>
    internal static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
            shift -= Math.Log(x);
        var (one, square) = (1 / x, 1 / (x * x));
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (one * ((1.0 / 12) - (square * ((1.0 / 360) - (square / 1260)))));
    }
}
