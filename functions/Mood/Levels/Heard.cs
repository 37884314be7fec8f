using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>The last day's comments as the engine looks at them: each once, oldest first, and what is expected of them.</summary>
internal sealed class Heard
{
    /// <summary>Of so few people nothing can be said about growth: they are added on both sides.</summary>
    private const double GrowthDoubt = 2;

    /// <summary>Without a noted event that much of the growth (as a power of it) is granted: more talk brings more complaints, but also the reverse.</summary>
    private const double GrantedUnnoted = 0.8;

    /// <summary>A community so young knows nothing of its usual numbers, so that only the share of the unhappy can be compared.</summary>
    private const double HoursUntilKnown = 48;

    /// <summary>Where few have written, more matters might have come up than did.</summary>
    private const int FewestTerms = 10;

    private readonly Usual _usual;
    private readonly IReadOnlyList<NotedEvent> _events;
    private readonly Dictionary<((PlatformId, string)?, TimeSpan, bool), Expected> _expected = [];

    public Heard(IReadOnlyCollection<Voice> voices, Usual usual, IReadOnlyList<NotedEvent> events, DateTimeOffset now)
    {
        (_usual, _events, Now) = (usual, events, now);
        var since = now - Thresholds.Day;
        var once = new Dictionary<string, Voice>(voices.Count, StringComparer.Ordinal);
        foreach (var voice in voices.Where(v => v.At > since && v.At <= now))
            once[voice.OutcomeId] = once.TryGetValue(voice.OutcomeId, out var other) ? Voices.OneOf([voice, other]) : voice;
        All = [.. once.Values];
        Array.Sort(All, (one, other) => one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.OutcomeId, other.OutcomeId));
        Unhappy = [.. All.Where(v => v.Unhappy)];
        Channels = All.ToLookup(v => (v.Platform, v.Channel));
        TermsInUse = Math.Max(FewestTerms, Unhappy.SelectMany(v => v.Terms.Distinct().Select(t => (t, v.Person))).Distinct().GroupBy(u => u.t).Count(g => g.Skip(1).Any()));
    }

    public DateTimeOffset Now { get; }
    public Voice[] All { get; }
    public Voice[] Unhappy { get; }
    public ILookup<(PlatformId Platform, string Channel), Voice> Channels { get; }

    /// <summary>How many terms at least two unhappy people have used, at least <see cref="FewestTerms"/>: so many causes there might be.</summary>
    public int TermsInUse { get; }

    public Voice[] Within(IEnumerable<Voice> voices, TimeSpan window) => [.. voices.Where(v => v.At > Now - window)];

    /// <summary>How many unhappy people are expected on a channel, or everywhere.</summary>
    public Expected ExpectedOf((PlatformId, string)? channel, TimeSpan window, bool noted)
    {
        if (!_expected.TryGetValue((channel, window, noted), out var unhappy))
            _expected.Add((channel, window, noted), unhappy = Expect(channel, window, noted));
        return unhappy;
    }

    /// <summary>How many unhappy people are expected to use a term.</summary>
    public Expected ExpectedOf(uint term, TimeSpan window, bool noted)
    {
        var all = ExpectedOf(null, window, noted);
        var (share, doubt) = _usual.ShareOf(term);
        return new Expected(all.Mean * share, all.Dispersion + doubt);
    }

    /// <summary>Whether an event within a span explains what happens on most of these comments' channels.</summary>
    public bool IsNoted(IReadOnlyCollection<Voice> voices, TimeSpan window, Expectation expects) => _events
        .Where(e => e.Expects == expects && e.From <= Now && e.To > Now - window)
        .Any(e => e.Channels.Count == 0 || voices.Count(v => e.Channels.Any(c => c.Platform == v.Platform && c.Channel == v.Channel)) * 2 > voices.Count);

    /// <summary>
    /// The usual number; where more people than usual write who are not unhappy, more: with a noted event in proportion, which is to compare the
    /// share of the unhappy with the usual one (the conditional test of two Poisson rates, J. Przyborowski and H. Wilenski, Biometrika 31, 1940,
    /// with the negative binomial as the wider limit of the beta-binomial); without one, less than that.
    /// </summary>
    private Expected Expect((PlatformId, string)? channel, TimeSpan window, bool noted)
    {
        var (unhappy, others) = _usual.Of(channel, window, Now);
        var heard = Within(channel is { } known ? Channels[known] : All, window);
        var angry = heard.Where(v => v.Unhappy).Select(v => v.Person).ToHashSet();
        var content = heard.Where(v => !angry.Contains(v.Person)).Select(v => v.Person).Distinct().Count();
        var growth = (content + GrowthDoubt) / (others.Mean + GrowthDoubt);
        if (growth <= 1)
            return unhappy;
        var granted = noted ? 1 : GrantedUnnoted + ((1 - GrantedUnnoted) * Math.Exp(-_usual.HoursKnown / HoursUntilKnown));
        return new Expected(unhappy.Mean * Math.Pow(growth, granted), unhappy.Dispersion + (noted ? 1 / (content + GrowthDoubt) : 0));
    }
}
