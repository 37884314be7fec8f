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

    /// <summary>Something that somebody said, with the signals that the test wants.</summary>
    public static Outcome Said(
        string id, string? author, string text, bool unhappy = false, bool asks = false, DateTimeOffset? at = null, Func<Comment, Comment>? also = null)
    {
        var outcome = Outcome(id, negative: unhappy ? 0.9 : 0.1, at: at);
        var comment = outcome.Comment with { Author = author is null ? null : new Author(author, author.ToUpperInvariant()), Text = text };
        return outcome with
        {
            Comment = also?.Invoke(comment) ?? comment,
            Signals = outcome.Signals! with { Anger = unhappy ? 0.8 : 0, Intents = asks ? [new IntentScore(Intent.QuestionOrder, 0.9)] : [] },
        };
    }
}
