namespace Moderato.Tests.Mood.Synthetic;

/// <summary>Random numbers of the distributions that comments come in.</summary>
internal static class Draws
{
    /// <summary>D. Knuth's for small means (The Art of Computer Programming 2, 3.4.1), a rounded normal for large ones.</summary>
    public static int Poisson(this Random random, double mean)
    {
        if (mean > 60)
            return (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * random.Normal())));
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }

    /// <summary>Mean 1 and the given variance, never negative.</summary>
    public static double Around1(this Random random, double variance) => Math.Exp((Math.Sqrt(variance) * random.Normal()) - (variance / 2));

    public static double Between(this Random random, double from, double to) => from + ((to - from) * random.NextDouble());

    private static double Normal(this Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
