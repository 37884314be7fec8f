namespace Moderato.Mood;

/// <summary>
/// How many people are usual on a channel, or everywhere, in an hour: of the unhappy, or of the others. Counts of hours are Poisson around a rate
/// that is gamma-distributed, so that means are weighted means of counts and a prior (Gelman et al., Bayesian Data Analysis, section 2.6); the
/// same hour of the week is shrunk towards the hour of the day, this towards the general rate, this towards what a young community has.
/// </summary>
internal sealed class UsualChannel
{
    public const int Day = 24;
    public const int Week = 7 * Day;

    /// <summary>How many hours of the general rate the hour of the day is worth.</summary>
    private const double HoursOfGeneral = 6;

    /// <summary>How many hours of the hour of the day's rate the hour of the week is worth.</summary>
    private const double HoursOfDaily = 6;

    /// <summary>The hour before and the hour after say half as much.</summary>
    private const double Neighbour = 0.5;

    /// <summary>Prior for a community without a past: its shape; its mean is given.</summary>
    private const double PriorShape = 0.5;

    /// <summary>What dispersion is before anything is measured, and what so many expected people squared are worth against it.</summary>
    private const double PriorHourly = 0.15;
    private const double PriorDaily = 0.05;
    private const double PriorWeight = 20;
    private const double WidestDispersion = 2;

    private readonly double[] _counts;
    private readonly int _first;
    private readonly double _general;
    private readonly double[] _daily = new double[Day];
    private readonly double _total;

    /// <param name="counts">People in each hour, oldest first; the last one ends where "now" is counted from.</param>
    /// <param name="first">The first hour that the channel is known for.</param>
    /// <param name="priorRate">People an hour where nothing is known.</param>
    public UsualChannel(double[] counts, int first, double priorRate)
    {
        _first = first;
        _counts = Tame(counts, first);
        var hours = counts.Length - first;
        _total = _counts.Skip(first).Sum();
        _general = (PriorShape + _total) / ((PriorShape / priorRate) + hours);
        for (var hour = 0; hour < Day; hour++)
        {
            var (sum, weight) = SumEvery(Day, hour, first);
            _daily[hour] = ((HoursOfGeneral * _general) + sum) / (HoursOfGeneral + weight);
        }
        (Hourly, Daily) = Dispersions();
    }

    /// <summary>How much more than Poisson the counts of hours vary, and those of days: variance = mean + dispersion x mean².</summary>
    public double Hourly { get; }

    /// <inheritdoc cref="Hourly"/>
    public double Daily { get; }

    /// <summary>Relative variance of the rate itself: a gamma of so many counts.</summary>
    public double Doubt => 1 / (PriorShape + Math.Min(_total, ((HoursOfGeneral + HoursOfDaily) * _general) + (_total / 4)));

    /// <summary>People expected in a span that ends now.</summary>
    /// <param name="span">The span.</param>
    /// <param name="sinceHour">How much of the current hour has passed, in hours, 0 to 1: the current hour is the one after the last counted.</param>
    /// <param name="ahead">How many hours lie between the last counted one and the current one.</param>
    public double Expected(TimeSpan span, double sinceHour, int ahead)
    {
        var (left, mean, hour) = (span.TotalHours, 0.0, _counts.Length + ahead);
        var part = Math.Min(left, sinceHour);
        while (left > 1e-9)
        {
            mean += part * RateAt(hour--);
            left -= part;
            part = Math.Min(left, 1);
        }
        return mean;
    }

    private double RateAt(int hour)
    {
        var daily = _daily[(hour + Week) % Day];
        var (sum, weight) = SumEvery(Week, hour, _first);
        return ((HoursOfDaily * daily) + sum) / (HoursOfDaily + weight);
    }

    private (double Sum, double Weight) SumEvery(int period, int hour, int first)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var at = hour + (period * ((_counts.Length - hour) / period)) + period; at >= first - 1; at -= period)
        {
            for (var offset = -1; offset <= 1; offset++)
            {
                if (at + offset < first || at + offset >= _counts.Length)
                    continue;
                var w = offset == 0 ? 1 : Neighbour;
                sum += w * _counts[at + offset];
                weight += w;
            }
        }
        return (sum, weight);
    }

    /// <summary>A crisis of the past is no habit: of an hour with far more than its hour of the day has on the other days, only so much counts.</summary>
    private static double[] Tame(double[] counts, int first)
    {
        var (sums, most, hours) = (new double[Day], new double[Day], new int[Day]);
        for (var i = first; i < counts.Length; i++)
        {
            sums[i % Day] += counts[i];
            most[i % Day] = Math.Max(most[i % Day], counts[i]);
            hours[i % Day]++;
        }
        return [.. counts.Select((c, i) => i < first ? 0 : Math.Min(c, 4 + (3 * (hours[i % Day] > 1 ? (sums[i % Day] - most[i % Day]) / (hours[i % Day] - 1) : c))))];
    }

    /// <summary>
    /// The moment estimate of the auxiliary regression in A. C. Cameron and P. K. Trivedi, Regression-based tests for overdispersion in the
    /// Poisson model, J. Econometrics 46, 1990: of (count - mean)² - mean on mean², shrunk towards the prior.
    /// </summary>
    private (double Hourly, double Daily) Dispersions()
    {
        var (hourly, daily) = (new Moments(), new Moments());
        var (count, mean, hours) = (0.0, 0.0, 0);
        for (var i = _first; i < _counts.Length; i++)
        {
            hourly.Add(_counts[i], _daily[i % Day]);
            (count, mean, hours) = (count + _counts[i], mean + _daily[i % Day], hours + 1);
            if (hours < Day)
                continue;
            daily.Add(count, mean);
            (count, mean, hours) = (0, 0, 0);
        }
        return (hourly.Shrunk(PriorHourly), daily.Shrunk(PriorDaily));
    }

    private sealed class Moments
    {
        private double _excess;
        private double _squares;

        public void Add(double count, double mean) =>
            (_excess, _squares) = (_excess + ((count - mean) * (count - mean)) - mean, _squares + (mean * mean));

        public double Shrunk(double prior) => Math.Clamp(((prior * PriorWeight) + _excess) / (PriorWeight + _squares), 0, WidestDispersion);
    }
}
