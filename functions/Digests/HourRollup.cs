using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>What happened in one UTC hour of a community, by first receipt. Rebuilt from the rows whenever needed, never counted up.</summary>
public sealed record HourRollup
{
    /// <summary>How many outcomes an hour keeps for the list of what needs a person.</summary>
    public const int MostAttention = 5;

    public required CommunityId Community { get; init; }
    public required DateTimeOffset Hour { get; init; }
    public required Completeness Completeness { get; init; }

    /// <summary>How many outcomes lie in the hour.</summary>
    public int Outcomes { get; init; }

    /// <summary>How many of the decided were removed by their authors or the platform since.</summary>
    public required int Removed { get; init; }

    public required IReadOnlyDictionary<Decision, int> Decisions { get; init; }
    public required IReadOnlyList<ChannelCount> Channels { get; init; }

    /// <summary>What a person should see first, at most <see cref="MostAttention"/>.</summary>
    public required IReadOnlyList<AttentionItem> Attention { get; init; }

    /// <summary>For how many comments each rule that is being tried out would have decided otherwise.</summary>
    public IReadOnlyDictionary<string, int> Shadows { get; init; } = new Dictionary<string, int>();

    /// <summary>What statistics are put together from.</summary>
    public IReadOnlyList<ChannelStatistics> Statistics { get; init; } = [];

    /// <param name="community">The community.</param>
    /// <param name="hour">The hour's beginning.</param>
    /// <param name="outcomes">The outcomes of comments first received in the hour.</param>
    /// <param name="completeness">The hour's accounts.</param>
    public static HourRollup Of(CommunityId community, DateTimeOffset hour, IReadOnlyList<Outcome> outcomes, Completeness completeness) => new()
    {
        Community = community,
        Hour = hour,
        Completeness = completeness,
        Outcomes = outcomes.Count,
        Removed = outcomes.Count(o => o.Removed),
        Decisions = outcomes.Where(o => !o.Removed && o.Decision is not null).CountBy(o => o.Decision!.Value).ToDictionary(),
        Channels =
        [
            .. outcomes.Where(o => !o.Removed && o.Signals is not null)
                .GroupBy(o => (o.Key.Platform, o.Comment.Channel))
                .Select(g => ChannelCount.Of(g.Key.Platform, g.Key.Channel, g.Select(o => o.Signals!.Sentiment)))
                .OrderBy(c => c.Platform.ToString(), StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal),
        ],
        Statistics =
        [
            .. outcomes.GroupBy(o => (o.Key.Platform, o.Comment.Channel))
                .Select(g => ChannelStatistics.Of(g.Key.Platform, g.Key.Channel, [.. g]))
                .OrderBy(c => c.Platform.ToString(), StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal),
        ],
        Attention = AttentionItem.Top(outcomes.Select(AttentionItem.Of).OfType<AttentionItem>(), MostAttention),
        Shadows = outcomes.Where(o => o is { Removed: false, Verdict: not null })
            .SelectMany(o => o.Verdict!.Shadows.Where(s => s.WouldDecide && s.Decision != o.Verdict.Decision))
            .CountBy(s => s.Rule).ToDictionary(),
    };
}

/// <summary>The accounts of a span: everything received is decided, waiting, parked, or else lost.</summary>
/// <param name="Received">Distinct comments taken in.</param>
/// <param name="Decided">Those that have their outcome.</param>
/// <param name="Duplicates">Deliveries of what was known already.</param>
/// <param name="Waiting">Those still on their way to an outcome.</param>
/// <param name="Parked">Those that failed every try and lie in the dead letters.</param>
/// <param name="Lost">Those that have no outcome and cannot be found. Must be 0.</param>
public sealed record Completeness(int Received, int Decided, int Duplicates, int Waiting, int Parked, int Lost)
{
    public static readonly Completeness Empty = new(0, 0, 0, 0, 0, 0);

    public static Completeness operator +(Completeness a, Completeness b) => new(
        a.Received + b.Received, a.Decided + b.Decided, a.Duplicates + b.Duplicates, a.Waiting + b.Waiting, a.Parked + b.Parked, a.Lost + b.Lost);
}

/// <summary>How the comments of one channel felt.</summary>
public sealed record ChannelCount(PlatformId Platform, string Channel, int Negative, int Neutral, int Positive)
{
    public int Comments => Negative + Neutral + Positive;

    public static ChannelCount Of(PlatformId platform, string channel, IEnumerable<Sentiment> sentiments)
    {
        var counts = sentiments.CountBy(s => s).ToDictionary();
        return new ChannelCount(
            platform, channel, counts.GetValueOrDefault(Sentiment.Negative), counts.GetValueOrDefault(Sentiment.Neutral), counts.GetValueOrDefault(Sentiment.Positive));
    }
}

/// <summary>An outcome that waits for a person: held or escalated. Its words stay where the outcome is, so that they go when it goes.</summary>
public sealed record AttentionItem(
    string OutcomeId, PlatformId Platform, string Channel, Decision Decision, string Rule, double Negative, DateTimeOffset ReceivedAt)
{
    public static AttentionItem? Of(Outcome outcome) =>
        outcome is { State: OutcomeState.Waiting, Decision: { } decision, Verdict: { } verdict }
            ? new AttentionItem(
                Comments.OutcomeId.Of(outcome.Comment).ToString(), outcome.Key.Platform, outcome.Comment.Channel, decision,
                verdict.Rule, Math.Round(outcome.Signals?.Negative ?? 0, 4), outcome.Comment.ReceivedAt)
            : null;

    /// <summary>Escalated before held, then the unhappiest, then the one that waits longest.</summary>
    public static IReadOnlyList<AttentionItem> Top(IEnumerable<AttentionItem> items, int most) =>
    [
        .. items.OrderBy(i => i.Decision == Decision.Escalate ? 0 : 1)
            .ThenByDescending(i => i.Negative)
            .ThenBy(i => i.ReceivedAt)
            .ThenBy(i => i.OutcomeId, StringComparer.Ordinal)
            .Take(most),
    ];
}
