using Moderato.Comments;
using Moderato.Mood;
using Moderato.Scoring;

namespace Moderato.Tests.Mood.Synthetic;

/// <summary>
/// A community that never was: rhythm of day and week, better and worse days, people who write more than others, matters that are talked about
/// more than others and taken up by whoever reads them. Comments are made of terms, without words. The same seed makes the same community.
/// </summary>
/// <param name="seed">Everything is drawn from it.</param>
/// <param name="perHour">Comments an hour, on average.</param>
/// <param name="story">What happens in its last week.</param>
internal sealed class SyntheticCommunity(int seed, double perHour, Story story)
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private const int Weeks = 5;
    private const int Words = 400;

    /// <summary>Share of unhappy comments that somebody else seconds within the hour.</summary>
    private const double Seconded = 0.12;

    /// <summary>Share of comments by people who write once.</summary>
    private const double Strangers = 0.3;

    private static readonly string[] Platforms = ["facebook", "instagram", "forum"];
    private static readonly uint[] Concepts = [.. TopicLexicon.BuiltIn.Concepts.Keys.Order()];

    private readonly Random _random = new((seed * 31) + (int)story + (int)(perHour * 1000));
    private readonly List<Voice> _voices = [];
    private readonly HashSet<uint> _known = [];
    private double _unhappyShare;
    private double _regulars;
    private uint[] _matters = [];
    private (PlatformId Platform, string Channel)[] _channels = [];

    public SyntheticWeek Make()
    {
        _unhappyShare = _random.Between(0.10, 0.25);
        _regulars = 40 + (perHour * 30);
        _matters = [.. Concepts];
        _random.Shuffle(_matters);
        _channels = [.. Platforms.Take(1 + _random.Next(3)).Select(p => (PlatformId.Parse(p), "page"))];
        var start = Begin.AddDays(7 * (Weeks - 1));
        var (from, to, growth) = Campaign(start);
        Everyday(at => at >= from && at < to ? growth : 1);
        var everyday = _voices.Count;
        var truth = Tell(start);
        var told = _voices.Skip(everyday).Select(v => v.OutcomeId).ToHashSet();
        Voice[] voices = [.. _voices.OrderBy(v => v.At).ThenBy(v => v.OutcomeId, StringComparer.Ordinal)];
        NotedEvent[] events = story == Story.NotedCampaign ? [new("e1", EventKind.Campaign, "Campaign", from, to, Expectation.Comments, [], "test")] : [];
        return new SyntheticWeek(start, voices, [.. RollUp(voices)], events, truth, told);
    }

    private (DateTimeOffset From, DateTimeOffset To, double Growth) Campaign(DateTimeOffset start)
    {
        if (story is not (Story.Campaign or Story.NotedCampaign))
            return (start, start, 1);
        var from = start.AddHours(_random.Between(24, 110));
        return (from, from.AddHours(_random.Between(6, 48)), _random.Between(3, 6));
    }

    private void Everyday(Func<DateTimeOffset, double> growth)
    {
        var (busy, bad) = (1.0, 1.0);
        for (var hour = 0; hour < Weeks * 168; hour++)
        {
            var at = Begin.AddHours(hour);
            if (at.Hour == 0)
                (busy, bad) = (_random.Around1(0.08), _random.Around1(0.12));
            var grown = growth(at);
            var mean = perHour * Rhythm(at) * busy * grown * _random.Around1(0.1);
            var count = _random.Poisson(mean);

            // Whom a campaign brings are other people than those who write every day.
            for (var i = 0; i < count; i++)
                AddEveryday(at.AddSeconds(_random.Next(3600)), Math.Min(0.6, _unhappyShare * bad), Somebody(1 - ((1 - Strangers) / grown)));
        }
    }

    private static double Rhythm(DateTimeOffset at)
    {
        // Evenings are busiest, nights nearly silent, weekends a little quieter; the mean over a week is about 1.
        var day = 1.15 - (0.95 * Math.Cos((at.Hour - 4) / 24.0 * 2 * Math.PI)) + (at.Hour is >= 19 and <= 22 ? 0.7 : 0);
        return day * (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.8 : 1.08) / 1.27;
    }

    private void AddEveryday(DateTimeOffset at, double unhappyShare, uint person)
    {
        var unhappy = _random.NextDouble() < unhappyShare;
        var channel = _channels[(int)(_channels.Length * Math.Pow(_random.NextDouble(), 1.7))];
        var matter = _matters[(int)(_matters.Length * Math.Pow(_random.NextDouble(), 2))];
        Add(at, person, channel, unhappy, unhappy ? Anger() : 0.05, [.. _random.NextDouble() < 0.75 ? [matter] : Array.Empty<uint>(), .. SomeWords()]);
        if (unhappy && _random.NextDouble() < Seconded)
            Add(at.AddMinutes(_random.Between(1, 50)), Somebody(), channel, true, Anger(), [matter, .. SomeWords()]);
    }

    private Truth Tell(DateTimeOffset start)
    {
        var at = start.AddHours(_random.Between(30, 100));
        switch (story)
        {
            case Story.Ranter:
                var (person, ranting) = (Somebody(), at);
                for (var i = _random.Next(10, 41); i > 0; i--, ranting = ranting.AddMinutes(_random.Between(0.5, 12)))
                    Add(ranting, person, _channels[0], true, _random.Between(0.5, 1), [_matters[3], 77, .. SomeWords()]);
                return new Truth(story, null, null);

            case Story.SlowBurn:
                // A few people more than a matter ever has in a day, more of them where more people write.
                var days = _random.Between(2, 3);
                var people = (int)(days * (_random.Between(8, 14) + (perHour * 24 * _unhappyShare * _random.Between(0.05, 0.12))));
                return Gather(people, at, TimeSpan.FromDays(days), rhythm: true);

            case Story.Mutiny:
                return Gather(_random.Next(10, 61), start.AddHours((24 * _random.Next(1, 5)) + _random.Between(7, 22)), TimeSpan.FromMinutes(_random.Between(5, 120)), rhythm: false);

            case Story.Raid:
                return Raid(at);

            default:
                return new Truth(story, null, null);
        }
    }

    /// <summary>People who are unhappy about one thing: each says most of it, in words of their own besides, and some write twice.</summary>
    private Truth Gather(int people, DateTimeOffset from, TimeSpan span, bool rhythm)
    {
        // Half of the causes are about something that is complained of every day, half about something new.
        uint[] cause = [_matters[_random.Next(_random.Next(2) == 0 ? 6 : _matters.Length)], _matters[^1], (uint)(10_000 + _random.Next(1000)), (uint)(20_000 + _random.Next(1000))];
        var times = new List<DateTimeOffset>();
        while (times.Count < people)
        {
            var at = from + (span * (rhythm ? _random.NextDouble() : Math.Pow(_random.NextDouble(), 0.8)));
            if (!rhythm || _random.NextDouble() * 2.5 < Rhythm(at))
                times.Add(at);
        }
        times.Sort();
        foreach (var at in times)
        {
            var person = Somebody();
            var channel = _channels[_random.Next(_channels.Length)];
            var comments = _random.NextDouble() < 0.15 ? 2 : 1;
            for (var i = 0; i < comments; i++)
            {
                // Scoring misses some of the unhappy.
                Add(at.AddMinutes(i * 3), person, channel, _random.NextDouble() < 0.85, Anger(), [.. cause.Where(_ => _random.NextDouble() < 0.7), .. SomeWords()]);
            }
        }
        return new Truth(story, times[0], times[^1]);
    }

    private Truth Raid(DateTimeOffset from)
    {
        var text = (ulong)_random.NextInt64();
        var (last, people) = (from, _random.Next(6, 21));
        for (var i = 0; i < people; i++)
        {
            var at = i == 0 ? from : from.AddMinutes(_random.Between(0, 10));
            last = at > last ? at : last;
            Add(at, (uint)(0x4000_0000 + _random.Next(1 << 28)), _channels[0], _random.NextDouble() < 0.5, _random.NextDouble(), [.. SomeWords()], text ^ (1UL << _random.Next(64)));
        }
        return new Truth(story, from, last);
    }

    private void Add(DateTimeOffset at, uint person, (PlatformId Platform, string Channel) channel, bool unhappy, double anger, uint[] terms, ulong text = 0)
    {
        var id = $"o{_voices.Count}";
        _voices.Add(new Voice(id, channel.Platform, channel.Channel, person, at)
        {
            Unhappy = unhappy,
            Anger = anger,
            Terms = [.. terms.Distinct()],
            Newcomer = _known.Add(person),
            Fingerprint = text != 0 ? text : (ulong)_random.NextInt64(),
            Comment = Fnv1a.Add(Fnv1a.OffsetBasis, id),
        });
    }

    /// <summary>A few write much, many write once.</summary>
    private uint Somebody(double strangers = Strangers) => _random.NextDouble() < strangers ? (uint)(0x1000_0000 + _random.Next(1 << 28)) : 1 + (uint)(_regulars * Math.Pow(_random.NextDouble(), 1.8));

    private double Anger() => Math.Pow(_random.NextDouble(), 1.7);

    private IEnumerable<uint> SomeWords() => Enumerable.Range(0, _random.Next(1, 5)).Select(_ => 100 + (uint)(Words * Math.Pow(_random.NextDouble(), 1.6)));

    public static IEnumerable<PastHour> RollUp(IEnumerable<Voice> voices) => voices.GroupBy(v => new DateTimeOffset(v.At.Year, v.At.Month, v.At.Day, v.At.Hour, 0, 0, TimeSpan.Zero)).Select(hour => new PastHour(
        hour.Key,
        [.. hour.GroupBy(v => (v.Platform, v.Channel)).Select(c => new PastChannel(c.Key.Platform, c.Key.Channel, People(c), People(c.Where(v => v.Unhappy)), People(c.Where(v => v.Newcomer))))],
        hour.Where(v => v.Unhappy).SelectMany(v => v.Terms.Select(t => (Term: t, v.Person))).Distinct().GroupBy(u => u.Term)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(30).ToDictionary(g => g.Key, g => g.Count())));

    private static int People(IEnumerable<Voice> voices) => voices.Select(v => v.Person).Distinct().Count();
}
