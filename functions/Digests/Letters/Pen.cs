using Moderato.Comments;
using Moderato.Mail;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>What every part of a digest's letter writes with: its words, its quotes, its links.</summary>
internal sealed class Pen(Digest digest, IReadOnlyDictionary<string, Quote> quotes, string language, DigestLinks links)
{
    private const int LongestQuote = 140;
    private const int LongestName = 50;
    private const int LongestChannel = 40;
    private const int MostChannels = 2;

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(digest.TimeZone);

    public Digest Digest { get; } = digest;
    public DigestLinks Links { get; } = links;
    public DigestWords Words { get; } = DigestWords.Of(language);
    public bool Week => Digest.Days > 1;

    public Quote? QuoteOf(string outcome) => quotes.GetValueOrDefault(outcome);

    /// <summary>Who wrote a comment, as far as that is still known.</summary>
    public string Author(string outcome) => QuoteOf(outcome)?.Author is { Length: > 0 } author ? Foreign.Of(author, LongestName) : Words.Anonymous;

    /// <summary>What it says; nothing where there are no words, or none any more.</summary>
    public IReadOnlyList<Quotation> Quote(string outcome, string? label = null) =>
        QuoteOf(outcome) is { Text.Length: > 0 } quote ? [new Quotation(label, Words.Quoted(Foreign.Of(quote.Text, LongestQuote)))] : [];

    public IReadOnlyList<PageLink> Link(string outcome) => QuoteOf(outcome)?.Permalink is { } link ? [new PageLink(Words.Open, link)] : [];

    public static string Place(PlatformId platform, string channel)
    {
        var name = NameOf(platform);
        return channel == platform.ToString() ? name : $"{name} · {Foreign.Of(channel, LongestChannel)}";
    }

    /// <summary>The first of some channels, and how many more there are.</summary>
    public string Places(IReadOnlyList<EventChannel> channels)
    {
        var first = string.Join(", ", channels.Take(MostChannels).Select(c => Place(c.Platform, c.Channel)));
        return channels.Count > MostChannels ? $"{first} {Words.AndMore(channels.Count - MostChannels)}" : first;
    }

    public string Moment(DateTimeOffset at) => Words.Moment(TimeZoneInfo.ConvertTime(at, _zone));

    /// <summary>How long ago something was when the digest was compiled.</summary>
    public TimeSpan Ago(DateTimeOffset at) => Digest.CompiledAt - at;

    /// <summary>A section's heading; where not all is shown, with how much of it is.</summary>
    public Section Section<T>(string heading, Capped<T> list) => new(WithShare(heading, list));

    public string WithShare<T>(string heading, Capped<T> list) =>
        list.Total > list.Items.Count ? $"{heading} ({Words.ShownOf(list.Items.Count, list.Total)})" : heading;

    public IReadOnlyList<PageLink> Footer() => [new PageLink(Words.Unsubscribe, Links.Letter.Unsubscribe)];

    /// <summary>How a platform writes its own name.</summary>
    public static string NameOf(PlatformId platform) => platform.ToString() switch
    {
        "youtube" => "YouTube",
        "linkedin" => "LinkedIn",
        "tiktok" => "TikTok",
        "wordpress" => "WordPress",
        "mediawiki" => "MediaWiki",
        var other => $"{char.ToUpperInvariant(other[0])}{other[1..]}",
    };
}
