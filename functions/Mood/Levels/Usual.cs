using System.Runtime.InteropServices;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>What is expected of a count: its mean, and how much wider than Poisson it is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Expected(double Mean, double Dispersion)
{
    /// <summary>
    /// People second each other: where few are expected, that makes counts vary more than any error of the rate does. One unhappy comment in so many
    /// draws another, which adds that part of the mean to the variance (a compound Poisson distribution).
    /// </summary>
    private const double Seconded = 0.05;

    public double ChanceOf(int count) => Chance.OfAtLeast(count, Mean, Dispersion + (Seconded / Mean));
}

/// <summary>What is usual at one hour: for each channel, for everything together, and for what people are unhappy about.</summary>
internal sealed class Usual
{
    public const int Days = 28;
    private const int Hours = Days * UsualChannel.Day;

    /// <summary>People an hour in a community of which nothing is known yet.</summary>
    private const double PriorUnhappy = 0.25;
    private const double PriorHappy = 1;

    /// <summary>The share of unhappy people that use a term of which nothing is known, and how many people that is worth.</summary>
    private const double PriorShare = 0.02;
    private const double PriorPeople = 25;

    /// <summary>People take a matter up from each other: uses of a term vary more than people do.</summary>
    private const double TermDispersion = 0.25;

    /// <summary>
    /// Roll-ups have the commonest terms only. One that is missing in a full hour may have been used by as many people as the last of them: half of
    /// those beyond the first are supposed, and a little, since most of what one person says is said by nobody else.
    /// </summary>
    private const double OfUnlisted = 0.5;
    private const double AlwaysUnlisted = 0.05;
    private const int Listed = 30;

    private static readonly Pair Nothing = new(new UsualChannel(new double[Hours], Hours, PriorUnhappy), new UsualChannel(new double[Hours], Hours, PriorHappy));

    private readonly DateTimeOffset _end;
    private readonly Dictionary<(PlatformId, string), Pair> _channels;
    private readonly Pair _all;
    private readonly PastHour[] _past;
    private readonly Dictionary<uint, double> _terms = [];
    private readonly Dictionary<uint, (double Share, double Doubt)> _shares = [];
    private readonly double _supposed;
    private readonly double _unhappy;

    /// <param name="past">Hours in any order; what lies outside of the 28 days before the current hour is left aside.</param>
    /// <param name="now">When.</param>
    public Usual(IReadOnlyList<PastHour> past, DateTimeOffset now)
    {
        _end = HourOf(now);
        var start = _end.AddDays(-Days);
        _past = [.. past.Where(p => p.Hour >= start && p.Hour < _end).GroupBy(p => HourOf(p.Hour)).Select(One).OrderBy(p => p.Hour)];
        var channels = new Dictionary<(PlatformId, string), Counts>();
        var all = new Counts(Hours);
        foreach (var hour in _past)
        {
            var at = (int)(HourOf(hour.Hour) - start).TotalHours;
            foreach (var channel in hour.Channels)
            {
                if (!channels.TryGetValue((channel.Platform, channel.Channel), out var counts))
                    channels.Add((channel.Platform, channel.Channel), counts = new Counts(Hours));
                counts.Add(at, channel);
                all.Add(at, channel);
            }
            foreach (var (term, people) in hour.Terms)
                _terms[term] = _terms.GetValueOrDefault(term) + people;
            _supposed += SupposedIn(hour);
        }
        _channels = channels.ToDictionary(c => c.Key, c => c.Value.ToPair());
        _all = all.ToPair();
        _unhappy = all.Unhappy.Sum();
        HoursKnown = all.First < Hours ? Hours - all.First : 0;
    }

    /// <summary>How far back the past reaches, 0 to 672 hours.</summary>
    public int HoursKnown { get; }

    /// <summary>Unhappy people on a channel, or everywhere, in a span before now; and people who are not.</summary>
    public (Expected Unhappy, Expected Others) Of((PlatformId, string)? channel, TimeSpan span, DateTimeOffset now)
    {
        var pair = channel is { } known ? _channels.GetValueOrDefault(known, Nothing) : _all;
        return (Of(pair.Unhappy, span, now), Of(pair.Others, span, now));
    }

    /// <summary>The share of unhappy people that use a term, and its relative variance.</summary>
    public (double Share, double Doubt) ShareOf(uint term)
    {
        if (_shares.TryGetValue(term, out var known))
            return known;

        // Of hours that list a term nothing is supposed; that is made up for by what the others are supposed to have.
        var used = _terms.GetValueOrDefault(term) + _supposed - SupposedWhereListed(term) + (PriorShare * PriorPeople);
        return _shares[term] = (Math.Min(1, used / (_unhappy + PriorPeople)), (1 / used) + TermDispersion);
    }

    private Expected Of(UsualChannel usual, TimeSpan span, DateTimeOffset now)
    {
        var current = HourOf(now);
        var mean = usual.Expected(span, (now - current).TotalHours, (int)(current - _end).TotalHours);
        return new Expected(mean, (span.TotalHours >= UsualChannel.Day ? usual.Daily : Math.Max(usual.Hourly, usual.Daily)) + usual.Doubt);
    }

    private static double SupposedIn(PastHour hour) => hour.Terms.Count < Listed ? 0 : AlwaysUnlisted + (OfUnlisted * (hour.Terms.Values.Min() - 1));

    private double SupposedWhereListed(uint term) => _supposed == 0 ? 0 : _past.Where(p => p.Terms.ContainsKey(term)).Sum(SupposedIn);

    /// <summary>Of an hour that is there twice, the fuller.</summary>
    private static PastHour One(IEnumerable<PastHour> same) =>
        same.OrderByDescending(p => p.Channels.Sum(c => c.People)).ThenByDescending(p => p.Channels.Sum(c => c.Unhappy)).ThenByDescending(p => p.Terms.Count).First();

    private static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private sealed record Pair(UsualChannel Unhappy, UsualChannel Others);

    private sealed class Counts(int hours)
    {
        private readonly double[] _others = new double[hours];

        public double[] Unhappy { get; } = new double[hours];

        public int First { get; private set; } = hours;

        public void Add(int at, PastChannel channel)
        {
            Unhappy[at] += channel.Unhappy;
            _others[at] += Math.Max(0, channel.People - channel.Unhappy);
            First = Math.Min(First, at);
        }

        public Pair ToPair() => new(new UsualChannel(Unhappy, First, PriorUnhappy), new UsualChannel(_others, First, PriorHappy));
    }
}
