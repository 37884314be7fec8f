using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>What one conversation had in an hour. The community's own comments are not counted.</summary>
/// <param name="Thread">64 bits of a hash of platform, channel and thread.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Positive">How many of them were positive.</param>
/// <param name="People">Who wrote.</param>
/// <param name="Asked">What was asked there, at most <see cref="MostAsked"/>, the smallest hashes.</param>
/// <param name="Newest">The newest comment's outcome.</param>
/// <param name="NewestAt">When it was written.</param>
/// <param name="OwnAt">When one of the community's own people last wrote there.</param>
public sealed record ThreadHour(
    ulong Thread, PlatformId Platform, string Channel, int Comments, int Positive, PeopleSketch People, IReadOnlyList<Asked> Asked,
    string Newest, DateTimeOffset NewestAt, DateTimeOffset? OwnAt)
{
    /// <summary>How many an hour keeps, the liveliest.</summary>
    public const int Most = 20;

    public const int MostAsked = 8;

    internal static IReadOnlyList<ThreadHour> Of(IReadOnlyList<Heard> heard) =>
    [
        .. heard.Where(h => h.Outcome.Comment.ThreadId is not null).GroupBy(h => HashOf(h.Outcome.Comment))
            .Select(g => Of(g.Key, [.. g])).OfType<ThreadHour>()
            .OrderByDescending(t => t.Comments).ThenBy(t => t.Thread)
            .Take(Most),
    ];

    /// <summary>Null where only the community itself wrote.</summary>
    private static ThreadHour? Of(ulong thread, IReadOnlyList<Heard> heard)
    {
        var people = heard.Where(h => !h.IsOwn).ToList();
        if (people.Count == 0)
            return null;
        var newest = people.OrderBy(h => h.Voice.At).ThenBy(h => h.Outcome.Key.Id, StringComparer.Ordinal).Last();
        var own = heard.Where(h => h.IsOwn).ToList();
        return new ThreadHour(
            thread, newest.Outcome.Key.Platform, newest.Outcome.Comment.Channel, people.Count,
            people.Count(h => h.Outcome.Signals!.Sentiment == Sentiment.Positive),
            PeopleSketch.Of(people.Select(h => h.Who)),
            [
                .. people.Where(h => h.Voice.Asks).Select(h => new Asked(h.Voice.Comment, h.Voice.Person, h.Voice.At))
                    .OrderBy(a => a.Comment).ThenBy(a => a.At).Take(MostAsked),
            ],
            OutcomeId.Of(newest.Outcome.Comment).ToString(), newest.Voice.At, own.Count > 0 ? own.Max(h => h.Voice.At) : null);
    }

    private static ulong HashOf(Comment comment) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{comment.Key.Platform}~{comment.Channel}~{comment.ThreadId}")));
}

/// <summary>Something that was asked in a conversation.</summary>
/// <param name="Comment">The comment's hash, see <see cref="Mood.Voice.Comment"/>.</param>
/// <param name="Person">Who asked, see <see cref="Mood.Voice.Person"/>.</param>
/// <param name="At">When.</param>
public sealed record Asked(uint Comment, uint Person, DateTimeOffset At);
