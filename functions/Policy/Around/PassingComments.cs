using Moderato.Comments;
using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>One comment of the last hours, as far as others ask about it.</summary>
internal sealed record Passing(
    DateTimeOffset At, CommentKey Key, string Channel, string? ThreadId, string? AuthorId, double Mood, bool IsUnhappy, ulong Fingerprint)
{
    public static Passing Of(Comment comment, Signals signals) => new(
        comment.ReceivedAt, comment.Key, comment.Channel, comment.ThreadId, comment.Author?.Id,
        signals.Positive - signals.Negative, signals.Sentiment == Sentiment.Negative || signals.Anger >= CommunityPolicy.AngryFrom, signals.Fingerprint);
}

/// <summary>
/// The comments of the last 24 hours of one community, in the order in which they came; bounded, so that a storm costs no more memory
/// than a busy day. Says what goes on around a comment.
/// </summary>
internal sealed class PassingComments
{
    /// <summary>How far back anything is asked.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromHours(24);

    /// <summary>How many comments are remembered. Of more in a day the oldest are forgotten.</summary>
    public const int Most = 20_000;

    private const int FewestForMood = 3;
    private const int MostDuplicates = 200;

    private static readonly TimeSpan ChannelReach = TimeSpan.FromHours(3);
    private static readonly TimeSpan PileOnReach = TimeSpan.FromHours(1);

    private readonly SortedDictionary<(DateTimeOffset At, string Key), Passing> _inOrder = new(Comparer<(DateTimeOffset At, string Key)>.Create(
        (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Key, b.Key)));
    private readonly Dictionary<CommentKey, (DateTimeOffset At, string Key)> _places = [];

    public int Count => _inOrder.Count;

    /// <summary>Adds a comment; a newer version takes the place of the one before.</summary>
    public void Add(Passing passing)
    {
        if (_places.TryGetValue(passing.Key, out var place))
        {
            if (place.At > passing.At)
                return;
            _inOrder.Remove(place);
        }
        place = (passing.At, $"{passing.Key.Platform}~{passing.Key.Id}");
        _inOrder[place] = passing;
        _places[passing.Key] = place;
        while (_inOrder.Count > Most)
            Forget(_inOrder.First().Value);
    }

    public void ForgetBefore(DateTimeOffset time)
    {
        while (_inOrder.Count > 0 && _inOrder.First().Value is var oldest && oldest.At < time)
            Forget(oldest);
    }

    /// <summary>What went on around a comment before it came.</summary>
    public Surroundings Around(Comment comment, ulong fingerprint)
    {
        var at = comment.ReceivedAt;
        var (thread, threadCount, channel, channelCount) = (0.0, 0, 0.0, 0);
        var people = new HashSet<string>(StringComparer.Ordinal);
        var duplicates = new List<TimeSpan>();
        foreach (var other in _inOrder.Values)
        {
            var age = at - other.At;
            if (age < TimeSpan.Zero || age > Reach || other.Key == comment.Key)
                continue;
            if (comment.ThreadId is not null && other.ThreadId == comment.ThreadId && other.Key.Platform == comment.Key.Platform)
            {
                (thread, threadCount) = (thread + other.Mood, threadCount + 1);
                if (other.IsUnhappy && age <= PileOnReach && other.AuthorId is { } author && author != comment.Author?.Id)
                    people.Add(author);
            }
            if (age <= ChannelReach && other.Channel == comment.Channel && other.Key.Platform == comment.Key.Platform)
                (channel, channelCount) = (channel + other.Mood, channelCount + 1);
            if (Fingerprint.AreNear(fingerprint, other.Fingerprint))
                duplicates.Add(age);
        }
        duplicates.Sort();
        return new Surroundings(
            threadCount >= FewestForMood ? thread / threadCount : null,
            channelCount >= FewestForMood ? channel / channelCount : null,
            people.Count,
            [.. duplicates.Take(MostDuplicates)]);
    }

    private void Forget(Passing passing)
    {
        _inOrder.Remove(_places[passing.Key]);
        _places.Remove(passing.Key);
    }
}
