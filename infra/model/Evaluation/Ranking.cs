namespace Moderato.Model.Evaluation;

/// <summary>How well scores put what is before what is not, whatever the threshold.</summary>
public static class Ranking
{
    /// <summary>The chance that a positive text has a higher score than a negative one; equal scores count half (Mann and Whitney, 1947).</summary>
    public static double RocAuc(IReadOnlyList<(double Score, bool Positive)> items)
    {
        var positives = items.Count(item => item.Positive);
        var negatives = items.Count - positives;
        if (positives == 0 || negatives == 0) return double.NaN;
        var sorted = items.OrderBy(item => item.Score).ToArray();
        var ranks = 0.0;
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            while (to < sorted.Length && sorted[to].Score.Equals(sorted[from].Score)) to++;
            var rank = (from + to + 1) / 2.0;
            for (; from < to; from++)
                if (sorted[from].Positive) ranks += rank;
        }

        return (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>Precision averaged over the places of the positive texts, best scores first; equal scores share a place.</summary>
    public static double AveragePrecision(IReadOnlyList<(double Score, bool Positive)> items)
    {
        var positives = items.Count(item => item.Positive);
        if (positives == 0) return double.NaN;
        var (seen, found, sum) = (0, 0, 0.0);
        foreach (var tie in items.GroupBy(item => item.Score).OrderByDescending(group => group.Key))
        {
            var here = tie.Count(item => item.Positive);
            (seen, found) = (seen + tie.Count(), found + here);
            sum += here * ((double)found / seen);
        }

        return sum / positives;
    }
}
