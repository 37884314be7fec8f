using Moderato.Comments;
using Moderato.Digests;

namespace Moderato.Tests.Digests;

/// <summary>Outcomes, roll-ups and digests as tests need them.</summary>
internal static class SomeDay
{
    public static readonly CommunityId Community = CommunityId.Parse("demo");
    public static readonly DateTimeOffset Hour = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
    public static readonly IReadOnlyDictionary<string, Quote> NoQuotes = new Dictionary<string, Quote>();

    public static Community Demo(string language = "it") =>
        new(Community, "Bottega Demo", TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"), language, 7);

    public static Outcome Outcome(
        string id, Decision? decision = Decision.Approve, double negative = 0.1, string platform = "instagram", string channel = "bottega",
        bool removed = false, DateTimeOffset? at = null, string? permalink = null) => new()
        {
            Comment = new Comment
            {
                Community = Community,
                Key = new CommentKey(PlatformId.Parse(platform), id),
                Channel = channel,
                Permalink = permalink,
                Text = "x",
                Removed = removed,
                FirstReceivedAt = at ?? Hour,
                ReceivedAt = at ?? Hour,
            },
            Signals = decision is null ? null : new Signals { Negative = negative, Neutral = (1 - negative) / 3, Positive = (1 - negative) * 2 / 3, ModelVersion = "test" },
            Verdict = decision is { } d ? new Verdict(d, "very-negative", "because", "test") : null,
            DecidedAt = at ?? Hour,
        };

    public static Digest Digest(
        string language = "it", Completeness? completeness = null, IReadOnlyDictionary<Decision, int>? decisions = null,
        IReadOnlyList<ChannelCount>? channels = null, IReadOnlyList<AttentionItem>? attention = null, bool partial = false, int removed = 0) => new()
        {
            Community = Community,
            Name = "Bottega <Demo> & figli",
            Date = new DateOnly(2026, 3, 10),
            TimeZone = "Europe/Rome",
            Language = language,
            Partial = partial,
            CompiledAt = Hour,
            Completeness = completeness ?? new Completeness(1234, 1230, 2, 3, 1, 0),
            Removed = removed,
            Decisions = decisions ?? new Dictionary<Decision, int> { [Decision.Approve] = 1200, [Decision.Hold] = 20, [Decision.Escalate] = 10 },
            Channels = channels ?? [new ChannelCount(PlatformId.Parse("instagram"), "bottega", 10, 20, 1200)],
            Attention = attention ?? [],
        };

    public static AttentionItem Item(string id = "o1", string rule = "very-negative", Decision decision = Decision.Escalate) =>
        new(id, PlatformId.Parse("instagram"), "bottega", decision, rule, 0.9, Hour);
}
