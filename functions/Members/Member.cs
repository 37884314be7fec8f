using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Moderato.Comments;
using Moderato.Policy;

namespace Moderato.Members;

/// <summary>Names an author. One person on two platforms is two authors.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Id">The platform's id of the person, as it came.</param>
public readonly record struct AuthorKey(PlatformId Platform, string Id);

/// <summary>One comment as its author's row tells it. A removed one counts like the others, only its words are gone.</summary>
/// <param name="Id">Its outcome's id.</param>
/// <param name="Decision">The decision that holds.</param>
/// <param name="Sentiment">How it felt.</param>
/// <param name="Anger">How angry it sounded, 0 to 1.</param>
/// <param name="Strike">Whether it counts against its author.</param>
/// <param name="Removed">Whether it was taken down by its author or by the platform.</param>
/// <param name="Labels">The labels that its author got with it.</param>
/// <param name="Name">The author's name shown with it, if it may still be kept.</param>
public sealed record WrittenComment(
    OutcomeId Id, Decision Decision, Sentiment Sentiment, double Anger, bool Strike, bool Removed, IReadOnlyList<AuthorLabel> Labels, string? Name)
{
    /// <summary>From this on a negative comment is an angry one.</summary>
    public const double AngryFrom = 0.5;

    public DateTimeOffset At => Id.FirstReceivedAt;

    public bool IsWithheld => Decision is Decision.Hold or Decision.Hide or Decision.Delete;

    public bool IsAngry => Sentiment == Sentiment.Negative && Anger >= AngryFrom;
}

/// <summary>What another person's comment can say about one's own.</summary>
public enum MarkKind
{
    /// <summary>One's own reply helped somebody who had asked.</summary>
    Helped,

    /// <summary>Somebody thanked for one's comment, or praised it.</summary>
    Thanked,

    /// <summary>The community's own people answered one's comment.</summary>
    Answered,
}

/// <summary>Something that happened between two people. Kept as a mark of its own under the comment that made it, so that twice is once.</summary>
/// <param name="Kind">What.</param>
/// <param name="Of">The author's own comment that it is about.</param>
/// <param name="At">When.</param>
/// <param name="Who">The other person, see <see cref="WhoIs"/>; empty for the community's own people.</param>
/// <param name="Helped">Of thanks: whether they were for a reply to somebody else, which so has helped.</param>
public sealed record Mark(MarkKind Kind, OutcomeId Of, DateTimeOffset At, string Who, bool Helped)
{
    /// <summary>32 bits of a hash: enough to tell a person's few helped ones apart, too few to name one of them.</summary>
    public static string WhoIs(AuthorKey author) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{author.Platform}~{author.Id}")).AsSpan(0, 4));
}

/// <summary>A mark and where it lies.</summary>
/// <param name="Author">Whose it is.</param>
/// <param name="By">The comment that made it.</param>
/// <param name="Mark">The mark.</param>
/// <param name="Stands">False if an edit or a removal took it back.</param>
public sealed record PlacedMark(AuthorKey Author, CommentKey By, Mark Mark, bool Stands);

/// <summary>Everything that is kept of an author: at most the newest 1,000 comments, newest first, and the marks.</summary>
public sealed record Written(IReadOnlyList<WrittenComment> Comments, IReadOnlyList<Mark> Marks, AuthorProfile Profile);

/// <summary>What an author wrote on one day, UTC.</summary>
/// <param name="Date">The day.</param>
/// <param name="Negative">Negative comments.</param>
/// <param name="Neutral">Neutral ones.</param>
/// <param name="Positive">Positive ones.</param>
/// <param name="Withheld">How many were held, hidden or deleted.</param>
/// <param name="Strikes">How many count against the author.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MemberDay(DateOnly Date, int Negative, int Neutral, int Positive, int Withheld, int Strikes)
{
    public int Comments => Negative + Neutral + Positive;
}

/// <summary>One own comment that helped one person, or for which that person thanked.</summary>
/// <param name="Date">The day, UTC.</param>
/// <param name="Who">The person, see <see cref="Mark.WhoIs"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Occasion(DateOnly Date, string Who);

/// <summary>Who somebody is here: rebuilt from their own comments, never counted up. Holds dates, so that groups are decided when it is read.</summary>
public sealed record Member
{
    public required AuthorKey Author { get; init; }

    /// <summary>The first comment ever seen; stays when the comment itself has long been let go.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The outcome of the newest comment; null if none is left.</summary>
    public OutcomeId? Newest { get; init; }

    /// <summary>How many comments are kept, by what they feel like.</summary>
    public int Negative { get; init; }

    /// <inheritdoc cref="Negative"/>
    public int Neutral { get; init; }

    /// <inheritdoc cref="Negative"/>
    public int Positive { get; init; }

    public int Comments => Negative + Neutral + Positive;

    public IReadOnlyDictionary<Decision, int> Decisions { get; init; } = new Dictionary<Decision, int>();

    public int Strikes { get; init; }

    /// <summary>Labels that came with comments, each once with its last end.</summary>
    public IReadOnlyList<AuthorLabel> Labels { get; init; } = [];

    public AuthorProfile Profile { get; init; } = AuthorProfile.Unknown;

    /// <summary>How many of their replies helped, how often they were thanked, how many of their comments were answered.</summary>
    public int Helped { get; init; }

    /// <inheritdoc cref="Helped"/>
    public int Thanked { get; init; }

    /// <inheritdoc cref="Helped"/>
    public int Answered { get; init; }

    public DateTimeOffset? LastAnswered { get; init; }

    /// <summary>The days on which they wrote, within <see cref="DaysKept"/>, oldest first.</summary>
    public IReadOnlyList<MemberDay> Days { get; init; } = [];

    /// <summary>When they helped or were thanked, within <see cref="DaysKept"/>, oldest first, at most <see cref="MostOccasions"/>.</summary>
    public IReadOnlyList<Occasion> Occasions { get; init; } = [];

    /// <summary>When they were last angry.</summary>
    public DateTimeOffset? LastAngry { get; init; }

    /// <summary>When they wrote without anger after that, if they did.</summary>
    public DateTimeOffset? CalmAgain { get; init; }

    /// <summary>How far back a member's days are known.</summary>
    public const int DaysKept = 366;

    /// <summary>More say nothing new of somebody.</summary>
    public const int MostOccasions = 200;

    /// <summary>The labels that hold at a time, those of the profile among them.</summary>
    public IReadOnlyList<AuthorLabel> LabelsAt(DateTimeOffset at) => LastEnds(Profile.Labels.Concat(Labels).Where(l => !(l.Until <= at)));

    /// <summary>Each label once: without an end if one of them has none.</summary>
    public static IReadOnlyList<AuthorLabel> LastEnds(IEnumerable<AuthorLabel> labels) =>
        [.. labels.GroupBy(l => l.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Any(l => l.Until is null) ? new AuthorLabel(g.Key, null) : g.MaxBy(l => l.Until)!)];
}
