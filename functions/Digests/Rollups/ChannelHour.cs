using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>How the comments of one channel felt in an hour, and who wrote them. The community's own people are counted as comments, not as people.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The page, profile or forum.</param>
/// <param name="Negative">Negative comments.</param>
/// <param name="Neutral">Neutral ones.</param>
/// <param name="Positive">Positive ones.</param>
public sealed record ChannelHour(PlatformId Platform, string Channel, int Negative, int Neutral, int Positive)
{
    /// <summary>Who wrote.</summary>
    public PeopleSketch People { get; init; } = PeopleSketch.Empty;

    /// <summary>Who wrote for the first time.</summary>
    public PeopleSketch Newcomers { get; init; } = PeopleSketch.Empty;

    /// <summary>Who was unhappy.</summary>
    public PeopleSketch Unhappy { get; init; } = PeopleSketch.Empty;

    public int Comments => Negative + Neutral + Positive;

    internal static ChannelHour Of(PlatformId platform, string channel, IReadOnlyList<Heard> heard)
    {
        var sentiments = heard.CountBy(h => h.Outcome.Signals!.Sentiment).ToDictionary();
        var people = heard.Where(h => !h.IsOwn).ToList();
        return new ChannelHour(
            platform, channel, sentiments.GetValueOrDefault(Sentiment.Negative), sentiments.GetValueOrDefault(Sentiment.Neutral), sentiments.GetValueOrDefault(Sentiment.Positive))
        {
            People = PeopleSketch.Of(people.Select(h => h.Who)),
            Newcomers = PeopleSketch.Of(people.Where(h => h.IsFirst).Select(h => h.Who)),
            Unhappy = PeopleSketch.Of(people.Where(h => h.Voice.Unhappy).Select(h => h.Who)),
        };
    }
}

/// <summary>How often a policy's rules decided in a span, and what people made of it.</summary>
/// <param name="ByPeople">How many comments a person decided about.</param>
/// <param name="Overruled">How many of those otherwise than the rule.</param>
/// <param name="Hidden">How many are hidden or deleted.</param>
/// <param name="HiddenFairCriticism">How many of those were fair criticism, as <see cref="Policy.FairCriticism"/> tells it.</param>
/// <param name="Rules">How often each rule decided.</param>
public sealed record PolicyHour(int ByPeople, int Overruled, int Hidden, int HiddenFairCriticism, IReadOnlyDictionary<string, int> Rules)
{
    public static readonly PolicyHour Empty = new(0, 0, 0, 0, new Dictionary<string, int>());

    internal static PolicyHour Of(IReadOnlyList<Outcome> present)
    {
        var hidden = present.Where(o => o.Decision is Decision.Hide or Decision.Delete).ToList();
        return new PolicyHour(
            present.Count(o => o.Ruling is not null),
            present.Count(o => o is { Ruling: { } ruling, Verdict: { } verdict } && ruling.Decision != verdict.Decision),
            hidden.Count,
            hidden.Count(o => o.Signals is { } signals && Policy.FairCriticism.Is(signals)),
            present.Where(o => o.Verdict is not null).CountBy(o => o.Verdict!.Rule, StringComparer.Ordinal).OrderBy(r => r.Key, StringComparer.Ordinal).ToDictionary());
    }
}
