namespace Moderato.Digests;

/// <summary>
/// Fisher's exact test, two-sided: how probable it is that two samples differ as much as they do, or more, if nothing but chance tells them
/// apart. Exact for any counts, also for the few comments of a small channel, where tests that lean on the normal curve are not.
/// </summary>
/// <remarks>R. A. Fisher, "Statistical Methods for Research Workers", 5th edition (1934), section 21.02. Two-sided as in R's <c>fisher.test</c>: the sum of all tables that are no more probable than the one at hand.</remarks>
internal static class FishersTest
{
    /// <summary>Tables as probable as the one at hand count, however the last digits are rounded.</summary>
    private const double Slack = 1e-7;

    /// <param name="hits">How many of the first sample are of the kind that is asked about.</param>
    /// <param name="of">The first sample's size.</param>
    /// <param name="otherHits">The same of the second sample.</param>
    /// <param name="otherOf">The second sample's size.</param>
    public static double PValue(int hits, int of, int otherHits, int otherOf)
    {
        var (all, kind) = (of + otherOf, hits + otherHits);
        var (lowest, highest) = (Math.Max(0, of - (all - kind)), Math.Min(of, kind));
        // Each table's probability as a multiple of the first one's, in logarithms: neighbours differ by a simple factor.
        var logs = new double[highest - lowest + 1];
        for (var x = lowest; x < highest; x++)
            logs[x - lowest + 1] = logs[x - lowest] + Math.Log((double)(kind - x) * (of - x) / ((double)(x + 1) * (all - kind - of + x + 1)));
        var (most, here) = (logs.Max(), logs[hits - lowest]);
        var whole = logs.Sum(l => Math.Exp(l - most));
        return Math.Min(1, logs.Where(l => l <= here + Slack).Sum(l => Math.Exp(l - most)) / whole);
    }
}
