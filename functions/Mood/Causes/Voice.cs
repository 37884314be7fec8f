using Moderato.Comments;
using Moderato.Policy;
using Moderato.Scoring;

namespace Moderato.Mood;

/// <summary>
/// One comment as the mood watch and the digest listen to it: who, when, how, and what about, in numbers. It holds no words and no name, so
/// that it may be kept with counts.
/// </summary>
/// <param name="OutcomeId">The comment's outcome.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The page, profile or forum.</param>
/// <param name="Person">32 bits of a hash of platform and author; 0 where the author is not known, who then counts as one person.</param>
/// <param name="At">When it was written; when it was first received where the platform does not say, or says something later.</param>
public sealed record Voice(string OutcomeId, PlatformId Platform, string Channel, uint Person, DateTimeOffset At)
{
    /// <summary>Negative, angry, or a complaint.</summary>
    public bool Unhappy { get; init; }

    /// <summary>It asks something.</summary>
    public bool Asks { get; init; }

    /// <summary>How angry it sounds, 0 to 1.</summary>
    public double Anger { get; init; }

    /// <summary>The author's first comment here.</summary>
    public bool Newcomer { get; init; }

    /// <summary>The text in 64 bits; 0 where it is too short to say.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>What it is about: hashes of concepts and of words in their basic form, at most <see cref="Topics.MostTerms"/>.</summary>
    public IReadOnlyList<uint> Terms { get; init; } = [];

    /// <summary>Hashes of the hosts that it links to.</summary>
    public IReadOnlyList<uint> Hosts { get; init; } = [];

    /// <summary>A hash of the comment's key.</summary>
    public uint Comment { get; init; }

    /// <summary>The same of the comment that it answers; 0 if it answers none.</summary>
    public uint AnswerTo { get; init; }
}

/// <summary>Makes voices of outcomes.</summary>
public static class Voices
{
    /// <summary>From this anger on a comment is an angry one.</summary>
    internal const double AngryFrom = 0.5;

    /// <summary>Probability of a bad mood from which it counts: a little below a half, since of three moods the likeliest need not have more.</summary>
    private const double UnhappyFrom = 0.45;

    /// <summary>The same for what only asks: a worried question is not unhappy.</summary>
    private const double SureFrom = 0.6;

    /// <summary>Null for a comment that was removed or was never judged.</summary>
    public static Voice? Of(Outcome outcome)
    {
        if (outcome.Removed || outcome.Signals is not { } signals)
            return null;
        var comment = outcome.Comment;
        var history = outcome.AuthorSnapshot is { } snapshot ? AuthorHistory.FromSnapshot(snapshot, comment.ReceivedAt) : null;
        var isTeam = history?.Profile.Team is true;
        return new Voice(OutcomeId.Of(comment).ToString(), comment.Key.Platform, comment.Channel, comment.Author is { } author ? HashOf(comment.Key.Platform, author.Id) : 0, AtOf(comment))
        {
            Unhappy = !isTeam && IsUnhappy(signals),
            Asks = !isTeam && signals.Intents.Any(i => IsQuestion(i.Intent)),
            Anger = signals.Anger,
            Newcomer = !isTeam && comment.Author is not null && history is { Recent.Count: 0, Profile.Trusted: false },
            Fingerprint = signals.Fingerprint,
            Terms = [.. Topics.Of(comment.Text).Select(t => t.Id)],
            Hosts = [.. signals.LinkHosts.Select(h => Fnv1a.Add(Fnv1a.OffsetBasis, h)).Distinct()],
            Comment = HashOf(comment.Key.Platform, comment.Key.Id),
            AnswerTo = comment.ParentId is { } parent ? HashOf(comment.Key.Platform, parent) : 0,
        };
    }

    /// <summary>The one that stands of several for the same comment, whichever came first: the latest, else one by its contents.</summary>
    internal static Voice OneOf(IEnumerable<Voice> same) => same.Aggregate((one, other) => Compare(one, other) >= 0 ? one : other);

    private static int Compare(Voice one, Voice other)
    {
        if (ReferenceEquals(one, other))
            return 0;
        var by = one.At.CompareTo(other.At);
        return by != 0 ? by : (one.Person, one.Fingerprint, one.Anger, one.Terms.Count, one.Unhappy).CompareTo((other.Person, other.Fingerprint, other.Anger, other.Terms.Count, other.Unhappy));
    }

    /// <summary>The hash that a voice has for a person or a comment of a platform; never 0, which stands for none.</summary>
    public static uint HashOf(PlatformId platform, string id) =>
        Math.Max(1u, Fnv1a.Add(Fnv1a.Add(Fnv1a.Add(Fnv1a.OffsetBasis, platform.ToString()), '~'), id));

    /// <summary>An import of last year's comments is no crisis today; a clock that runs ahead is not believed.</summary>
    private static DateTimeOffset AtOf(Comment comment) =>
        comment.CreatedAt is { } written && written <= comment.FirstReceivedAt ? written : comment.FirstReceivedAt;

    /// <summary>
    /// Angry; or in a bad mood, of which a mere question must be surer; or a complaint, unless it is said kindly or asks something.
    /// </summary>
    private static bool IsUnhappy(Signals signals)
    {
        var asks = signals.Intents.Any(i => IsQuestion(i.Intent));
        var complains = signals.Intents.Any(i => i.Intent == Intent.Complaint);
        if (signals.Anger >= AngryFrom || signals.Negative >= (asks && !complains ? SureFrom : UnhappyFrom))
            return true;
        return complains && (signals.Sentiment == Sentiment.Negative || (signals.Sentiment == Sentiment.Neutral && !asks));
    }

    private static bool IsQuestion(Intent intent) => intent is Intent.QuestionTechnical or Intent.QuestionOrder or Intent.QuestionPresale;
}
