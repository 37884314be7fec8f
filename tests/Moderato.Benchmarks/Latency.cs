using System.Diagnostics;
using System.Globalization;
using Moderato.Scoring;

namespace Moderato.Benchmarks;

/// <summary>Every comment timed by itself: medians, the slowest hundredth and thousandth.</summary>
public static class Latency
{
    private const int WarmUps = 100;
    private const int Rounds = 200;

    public static void Print()
    {
        var scorer = Scorer.Default();
        foreach (var length in (int[])[100, 500])
        {
            var texts = SomeComments.OfLength(length);
            for (var round = 0; round < WarmUps; round++)
                foreach (var text in texts) scorer.Score(text);

            var times = new double[Rounds * texts.Length];
            for (var (round, at) = (0, 0); round < Rounds; round++)
            {
                foreach (var text in texts)
                {
                    var start = Stopwatch.GetTimestamp();
                    scorer.Score(text);
                    times[at++] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                }
            }

            Array.Sort(times);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{length} characters: p50 {At(times, 0.5):F1} µs, p99 {At(times, 0.99):F1} µs, p99.9 {At(times, 0.999):F1} µs, {times.Length / (times.Sum() / 1e6):F0} comments a second"));
        }
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
