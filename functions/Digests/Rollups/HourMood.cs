using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>What of an hour the coming weeks are compared with: a few numbers, so that 28 days are a short read.</summary>
/// <param name="Hour">Its beginning, UTC.</param>
/// <param name="Channels">The channels that had comments, at most <see cref="MostChannels"/>, the busiest.</param>
/// <param name="Terms">How many different unhappy people used a term, the commonest <see cref="MostTerms"/>.</param>
public sealed record HourMood(DateTimeOffset Hour, IReadOnlyList<ChannelMood> Channels, IReadOnlyDictionary<uint, int> Terms)
{
    public const int MostChannels = 100;
    public const int MostTerms = 30;

    /// <summary>Multiplicative hashing: D. Knuth, The Art of Computer Programming, volume 3, 6.4.</summary>
    private const uint Spread = 2_654_435_769;

    public static HourMood Of(HourRollup hour) => new(
        hour.Hour,
        [
            .. hour.Channels.OrderByDescending(c => c.Comments).ThenBy(c => c.Platform.ToString(), StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal)
                .Take(MostChannels)
                .Select(c => new ChannelMood(c.Platform, c.Channel, c.Comments, c.Negative, c.People.Count, c.Unhappy.Count, c.Newcomers.Count)),
        ],
        hour.Terms);

    /// <summary>How many different people used each term, of those who were unhappy.</summary>
    internal static IReadOnlyDictionary<uint, int> TermsOf(IReadOnlyList<Heard> heard)
    {
        // Of equally common terms others are left out in another hour: one that always were would look rarer than it is.
        var salt = heard.Aggregate(0u, (all, h) => all ^ h.Voice.Comment);
        return heard.Where(h => !h.IsOwn && h.Voice.Unhappy)
            .SelectMany(h => h.Voice.Terms.Select(term => (term, h.Who))).Distinct()
            .CountBy(u => u.term)
            .OrderByDescending(t => t.Value).ThenBy(t => unchecked((t.Key ^ salt) * Spread)).ThenBy(t => t.Key)
            .Take(MostTerms)
            .ToDictionary();
    }
}

/// <summary>One channel's hour in a few numbers.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Negative">How many of them were negative.</param>
/// <param name="People">How many different people wrote.</param>
/// <param name="Unhappy">How many of them were unhappy.</param>
/// <param name="Newcomers">How many of them wrote for the first time.</param>
public sealed record ChannelMood(PlatformId Platform, string Channel, int Comments, int Negative, int People, int Unhappy, int Newcomers);
