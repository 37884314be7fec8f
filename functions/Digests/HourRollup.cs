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
    public required IReadOnlyList<ChannelHour> Channels { get; init; }

    /// <summary>What a person should see first, at most <see cref="MostAttention"/>.</summary>
    public required IReadOnlyList<AttentionItem> Attention { get; init; }

    /// <summary>For how many comments each rule that is being tried out would have decided otherwise.</summary>
    public IReadOnlyDictionary<string, int> Shadows { get; init; } = new Dictionary<string, int>();

    public PolicyHour Policy { get; init; } = PolicyHour.Empty;

    public HourVoices Voices { get; init; } = HourVoices.None;

    /// <summary>How many different unhappy people used a term, the commonest <see cref="HourMood.MostTerms"/>.</summary>
    public IReadOnlyDictionary<uint, int> Terms { get; init; } = new Dictionary<uint, int>();

    /// <summary>At most <see cref="KnownAnswer.Most"/>.</summary>
    public IReadOnlyList<KnownAnswer> Answers { get; init; } = [];

    /// <summary>The liveliest conversations, at most <see cref="ThreadHour.Most"/>.</summary>
    public IReadOnlyList<ThreadHour> Threads { get; init; } = [];

    /// <summary>What statistics are put together from.</summary>
    public IReadOnlyList<ChannelStatistics> Statistics { get; init; } = [];

    /// <param name="community">The community.</param>
    /// <param name="hour">The hour's beginning.</param>
    /// <param name="outcomes">The outcomes of comments first received in the hour, in any order; one that is there twice counts once.</param>
    /// <param name="completeness">The hour's accounts.</param>
    /// <param name="isOwn">Whether one of the community's own people wrote it; null where nobody is known to be.</param>
    public static HourRollup Of(
        CommunityId community, DateTimeOffset hour, IReadOnlyList<Outcome> outcomes, Completeness completeness, Predicate<Outcome>? isOwn = null)
    {
        // In one order, so that the same outcomes give the same bytes.
        IReadOnlyList<Outcome> all =
        [
            .. outcomes.DistinctBy(o => o.Key).OrderBy(o => o.Comment.FirstReceivedAt)
                .ThenBy(o => o.Key.Platform.ToString(), StringComparer.Ordinal).ThenBy(o => o.Key.Id, StringComparer.Ordinal),
        ];
        IReadOnlyList<Outcome> present = [.. all.Where(o => !o.Removed)];
        IReadOnlyList<Heard> heard = [.. present.Where(o => o.Signals is not null).Select(o => Heard.Of(o, isOwn))];
        return new HourRollup
        {
            Community = community,
            Hour = hour,
            Completeness = completeness,
            Outcomes = all.Count,
            Removed = all.Count - present.Count,
            Decisions = present.Where(o => o.Decision is not null).CountBy(o => o.Decision!.Value).OrderBy(d => d.Key).ToDictionary(),
            Channels = [.. ByChannel(heard, h => h.Outcome).Select(g => ChannelHour.Of(g.Key.Platform, g.Key.Channel, [.. g]))],
            Statistics = [.. ByChannel(all, o => o).Select(g => ChannelStatistics.Of(g.Key.Platform, g.Key.Channel, [.. g]))],
            Attention = AttentionItem.Top(present.Select(AttentionItem.Of).OfType<AttentionItem>(), MostAttention),
            Shadows = present.Where(o => o.Verdict is not null)
                .SelectMany(o => o.Verdict!.Shadows.Where(s => s.WouldDecide && s.Decision != o.Verdict.Decision))
                .CountBy(s => s.Rule).OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(),
            Policy = PolicyHour.Of(present),
            Voices = HourVoices.Of(heard),
            Terms = HourMood.TermsOf(heard),
            Answers = KnownAnswer.Of(heard),
            Threads = ThreadHour.Of(heard),
        };
    }

    private static IEnumerable<IGrouping<(PlatformId Platform, string Channel), T>> ByChannel<T>(IEnumerable<T> all, Func<T, Outcome> outcomeOf) =>
        all.GroupBy(o => (outcomeOf(o).Key.Platform, outcomeOf(o).Comment.Channel))
            .OrderBy(g => g.Key.Platform.ToString(), StringComparer.Ordinal).ThenBy(g => g.Key.Channel, StringComparer.Ordinal);
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
