using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>A digest as the HTTP interface shows it.</summary>
public sealed record DigestView(
    string Community,
    string Name,
    DateOnly Date,
    string TimeZone,
    string Language,
    bool Partial,
    DateTimeOffset CompiledAt,
    DateTimeOffset? MailedAt,
    Completeness Completeness,
    int Removed,
    IReadOnlyDictionary<string, int> Decisions,
    SentimentCounts Sentiment,
    IReadOnlyList<ChannelView> Channels,
    AttentionView NeedsYou,
    IReadOnlyDictionary<string, int> Shadows)
{
    public static DigestView Of(Digest digest, IReadOnlyDictionary<string, Quote> quotes) => new(
        digest.Community.ToString(),
        digest.Name,
        digest.Date,
        digest.TimeZone,
        digest.Language,
        digest.Partial,
        digest.CompiledAt,
        digest.MailedAt,
        digest.Completeness,
        digest.Removed,
        Enum.GetValues<Decision>().ToDictionary(d => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(d.ToString()), d => digest.Decisions.GetValueOrDefault(d)),
        new SentimentCounts(digest.Negative, digest.Neutral, digest.Positive),
        [.. digest.Channels.Select(c => new ChannelView(c.Platform.ToString(), c.Channel, c.Comments, new SentimentCounts(c.Negative, c.Neutral, c.Positive)))],
        new AttentionView(digest.AttentionTotal, [.. digest.Attention.Select(i => AttentionItemView.Of(i, quotes.GetValueOrDefault(i.OutcomeId)))]),
        digest.Shadows);
}

/// <summary>How many comments felt how.</summary>
public sealed record SentimentCounts(int Negative, int Neutral, int Positive);

/// <summary>One channel's day.</summary>
public sealed record ChannelView(string Platform, string Channel, int Comments, SentimentCounts Sentiment);

/// <summary>What waits for a person: how many, and the first of them.</summary>
public sealed record AttentionView(int Total, IReadOnlyList<AttentionItemView> Items);

/// <summary>One of those. Author and text are null once the comment was removed.</summary>
public sealed record AttentionItemView(
    string OutcomeId, string Platform, string Channel, Decision Decision, string Rule, DateTimeOffset ReceivedAt, string? Permalink, string? Author, string? Text)
{
    public static AttentionItemView Of(AttentionItem item, Quote? quote) => new(
        item.OutcomeId, item.Platform.ToString(), item.Channel, item.Decision, item.Rule, item.ReceivedAt, quote?.Permalink, quote?.Author, quote?.Text);
}

/// <summary>A line of the list of digests.</summary>
public sealed record DigestLine(DateOnly Date, bool Partial, DateTimeOffset CompiledAt, Completeness Completeness, int NeedsYou)
{
    public static DigestLine Of(Digest digest) => new(digest.Date, digest.Partial, digest.CompiledAt, digest.Completeness, digest.AttentionTotal);
}

/// <summary>Digests, newest first.</summary>
/// <param name="Items">One line each.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> for older ones; null at the end.</param>
public sealed record DigestList(IReadOnlyList<DigestLine> Items, string? NextCursor);
