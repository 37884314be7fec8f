using Moderato.Comments;

namespace Moderato.Members;

/// <summary>How many comments felt how.</summary>
public sealed record SentimentCounts(int Negative, int Neutral, int Positive)
{
    public static SentimentCounts Of(Member member) => new(member.Negative, member.Neutral, member.Positive);
}

/// <summary>A member in a list, as of the last full hour; groups and labels as of now.</summary>
public sealed record MemberItem(
    string Platform, string Author, string? Name, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Comments, SentimentCounts Sentiment,
    int Strikes, int RecentStrikes, bool Trusted, IReadOnlyList<AuthorLabel> Labels, IReadOnlyList<string> Groups, MoodChange Mood, int Helped, int Thanked, int Answered)
{
    public static MemberItem Of(Member member, string? name, DateTimeOffset now) => new(
        member.Author.Platform.ToString(), member.Author.Id, name, member.FirstSeen, member.LastSeen, member.Comments, SentimentCounts.Of(member),
        member.Strikes, MemberGroups.Strikes(member, Portrait.DayOf(now), MemberGroups.OffenderWithin), member.Profile.Trusted, member.LabelsAt(now),
        [.. MemberGroups.Of(member, now).Select(g => g.Name())], MoodChange.Of(member, now), member.Helped, member.Thanked, member.Answered);
}

/// <summary>People, never likes, within the last 30 days; the community's own are not among them.</summary>
/// <param name="TalkedWith">How many wrote.</param>
/// <param name="Answered">How many were answered by the community's own people.</param>
/// <param name="Newcomers">How many were seen for the first time.</param>
/// <param name="Regulars">How many are regulars now.</param>
public sealed record PeopleCounts(int TalkedWith, int Answered, int Newcomers, int Regulars)
{
    private const int Days = 30;

    public static TimeSpan Span { get; } = TimeSpan.FromDays(Days);

    public static PeopleCounts Of(IReadOnlyCollection<Member> people, DateTimeOffset now) => new(
        people.Count(m => m.LastSeen >= now - Span),
        people.Count(m => m.LastAnswered >= now - Span),
        people.Count(m => MemberGroups.IsNew(m, now, Days)),
        people.Count(m => MemberGroups.Holds(MemberGroup.Regular, m, now)));
}

/// <summary>A page of members.</summary>
/// <param name="Items">In the order of platform and id.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> with the same query for the next page; null at the end.</param>
/// <param name="People">Of the whole community; only on the first page, null on the others.</param>
/// <param name="CountedThrough">What was written after this time is not counted yet; null before the first hour is over. One member's own page is never behind.</param>
public sealed record MemberList(IReadOnlyList<MemberItem> Items, string? NextCursor, PeopleCounts? People, DateTimeOffset? CountedThrough);

/// <summary>A comment that counts against its author.</summary>
public sealed record StrikeView(DateTimeOffset At, string OutcomeId);

/// <summary>Everything about one member, to the second. A mood's <c>value</c> goes from -1 (all negative) to 1; null without comments.</summary>
public sealed record MemberView(
    string Platform, string Author, string? Name, bool Team, bool Trusted, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Comments,
    SentimentCounts Sentiment, MoodChange Mood, IReadOnlyList<MemberMood> Months, IReadOnlyList<MemberMood> Weeks, IReadOnlyDictionary<string, int> Decisions,
    IReadOnlyList<StrikeView> Strikes, IReadOnlyList<AuthorLabel> Labels, int Helped, int Thanked, int Answered, DateTimeOffset? LastAnswered,
    IReadOnlyList<GroupReason> Groups, IReadOnlyList<string> Newest)
{
    private const int MonthsShown = 12;
    private const int WeeksShown = 12;
    private const int NewestShown = 20;

    /// <param name="member">Whom.</param>
    /// <param name="written">What is kept of them.</param>
    /// <param name="ours">Whether they are one of the community's own: these belong to no group.</param>
    /// <param name="now">The time of asking.</param>
    /// <param name="language">The language of the reasons.</param>
    public static MemberView Of(Member member, Written written, bool ours, DateTimeOffset now, string language) => new(
        member.Author.Platform.ToString(), member.Author.Id, written.Comments is [var newest, ..] ? newest.Name : null, ours, member.Profile.Trusted,
        member.FirstSeen, member.LastSeen, member.Comments, SentimentCounts.Of(member), MoodChange.Of(member, now),
        MemberMood.ByMonth(member.Days, Portrait.DayOf(now), MonthsShown), MemberMood.ByWeek(member.Days, Portrait.DayOf(now), WeeksShown),
        Enum.GetValues<Decision>().ToDictionary(d => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(d.ToString()), d => member.Decisions.GetValueOrDefault(d)),
        [.. written.Comments.Where(c => c.Strike).Select(c => new StrikeView(c.At, c.Id.ToString()))],
        member.LabelsAt(now), member.Helped, member.Thanked, member.Answered, member.LastAnswered,
        ours ? [] : MemberGroups.Explain(member, now, language),
        [.. written.Comments.Take(NewestShown).Select(c => c.Id.ToString())]);
}
