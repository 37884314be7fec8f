using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>A digest as the HTTP interface shows it.</summary>
/// <param name="Community">The community.</param>
/// <param name="Name">Its name.</param>
/// <param name="Date">The day; a week's Monday.</param>
/// <param name="Days">How many days it is about: 1, or 7 of a week.</param>
/// <param name="TimeZone">Whose days they are.</param>
/// <param name="Language">The language of the labels and reasons below.</param>
/// <param name="Partial">True while it is not over: the figures are those so far.</param>
/// <param name="CompiledAt">When it was compiled.</param>
/// <param name="MailedAt">When the last of its mails was posted; null before, and where no mail is wanted.</param>
/// <param name="Verdict">What the day is, in one word.</param>
/// <param name="VerdictNumber">The number that goes with it: comments that are lost, people of an alarm, comments that wait or came.</param>
/// <param name="Completeness">What was received, and what became of it.</param>
/// <param name="Sentiment">How the comments of the channels below felt.</param>
/// <param name="Incidents">Alarms of the day, and those still open.</param>
/// <param name="NeedsYou">What waited for a person when it was compiled, due first first; the total is exact up to 1,000.</param>
/// <param name="Channels">The channels that had comments, the busiest first.</param>
/// <param name="Causes">What people are unhappy about, most people first.</param>
/// <param name="Questions">Questions that more people ask than before and that are mostly not answered.</param>
/// <param name="Handoffs">What teams were handed and have not acknowledged.</param>
/// <param name="Threads">Conversations worth taking up again.</param>
/// <param name="People">The people of the day.</param>
/// <param name="Policy">What the policy did, and what people made of it.</param>
/// <param name="Events">What was noted for the day.</param>
/// <param name="Teams">Each team's part, by its name.</param>
public sealed record DigestView(
    string Community, string Name, DateOnly Date, int Days, string TimeZone, string Language, bool Partial, DateTimeOffset CompiledAt, DateTimeOffset? MailedAt,
    DayVerdict Verdict, int VerdictNumber, Completeness Completeness, SentimentCounts Sentiment, Section<AlarmView> Incidents, Section<NeedView> NeedsYou,
    Section<ChannelDayView> Channels, Section<CauseView> Causes, Section<QuestionView> Questions, Section<TeamItemView> Handoffs, Section<ThreadView> Threads,
    PeopleView People, PolicyDayView Policy, Section<NotedView> Events, IReadOnlyDictionary<string, TeamView> Teams)
{
    /// <param name="digest">The digest.</param>
    /// <param name="quotes">The words behind it, as they are now.</param>
    /// <param name="language">The language of labels and reasons, <c>it</c> or <c>en</c>.</param>
    public static DigestView Of(Digest digest, IReadOnlyDictionary<string, Quote> quotes, string language)
    {
        var show = new DigestShowing(quotes, language);
        return new DigestView(
            digest.Community.ToString(), digest.Name, digest.Date, digest.Days, digest.TimeZone, language, digest.Partial, digest.CompiledAt, digest.MailedAt,
            digest.Verdict, digest.VerdictNumber, digest.Completeness,
            new SentimentCounts(digest.ByChannel.Items.Sum(c => c.Negative), digest.ByChannel.Items.Sum(c => c.Neutral), digest.ByChannel.Items.Sum(c => c.Positive)),
            DigestShowing.All(digest.Incidents, show.Alarm), DigestShowing.All(digest.NeedsYou, show.Need), DigestShowing.All(digest.ByChannel, DigestShowing.Channel),
            DigestShowing.All(digest.Causes, show.Cause), DigestShowing.All(digest.Questions, show.Question), DigestShowing.All(digest.Handoffs, show.TeamItem),
            DigestShowing.All(digest.Threads, show.Thread), show.People(digest.People), DigestShowing.Policy(digest.Policy), DigestShowing.All(digest.Events, DigestShowing.Noted),
            digest.Teams.ToDictionary(t => t.Key, t => new TeamView(t.Value.Routed, t.Value.Answered, t.Value.CameBack, DigestShowing.All(t.Value.Open, show.TeamItem))));
    }
}

/// <summary>The first of a list, and how long it is.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Items">The first of them.</param>
public sealed record Section<T>(int Total, IReadOnlyList<T> Items);

/// <summary>How many comments felt how.</summary>
public sealed record SentimentCounts(int Negative, int Neutral, int Positive);

/// <summary>A comment as it reads now. Author, text and permalink are null once it was removed.</summary>
public sealed record QuotedView(string OutcomeId, string? Permalink, string? Author, string? Text);

/// <summary>A page, profile or forum.</summary>
public sealed record PlaceView(string Platform, string Channel);

/// <summary>A comment that waits for a person.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Cause">Why it waits: decision, edited, returned or proposed.</param>
/// <param name="Decision">The decision that holds.</param>
/// <param name="Rule">The rule that decided; null where a person did.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="DueAt">When somebody should have looked.</param>
public sealed record NeedView(QuotedView Comment, string Platform, string Channel, string Cause, Decision? Decision, string? Rule, DateTimeOffset Since, DateTimeOffset DueAt);

/// <summary>One channel's day.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="People">How many different people.</param>
/// <param name="Newcomers">How many of them wrote for the first time.</param>
/// <param name="Sentiment">How the comments felt.</param>
/// <param name="Beside">How that is beside the last 28 days.</param>
/// <param name="BeforeComments">How many comments those had.</param>
/// <param name="BeforeNegative">How many of them were negative.</param>
public sealed record ChannelDayView(
    string Platform, string Channel, int Comments, int People, int Newcomers, SentimentCounts Sentiment, MoodBeside Beside, int BeforeComments, int BeforeNegative);

/// <summary>Something that several people are unhappy about.</summary>
/// <param name="Id">The same on every day that it goes on.</param>
/// <param name="About">What it is about, in general words.</param>
/// <param name="Words">Words that at least two of them used.</param>
/// <param name="People">How many different people.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Channels">Where, the channel with most people first.</param>
/// <param name="Since">The first day of it.</param>
/// <param name="Days">For how many days it has been open, this one counted.</param>
/// <param name="Anger">Mean anger, 0 to 1.</param>
/// <param name="Examples">Comments to read, the most typical first.</param>
public sealed record CauseView(
    string Id, IReadOnlyList<string> About, IReadOnlyList<string> Words, int People, int Comments, IReadOnlyList<PlaceView> Channels, DateOnly Since, int Days, double Anger,
    IReadOnlyList<QuotedView> Examples);

/// <summary>A question that more people ask than before: the draft of an entry for the FAQ.</summary>
/// <param name="Id">The same on every day that it goes on.</param>
/// <param name="About">What it is about, in general words.</param>
/// <param name="Words">Words that at least two of them used.</param>
/// <param name="People">How many different people asked within seven days.</param>
/// <param name="PeopleBefore">How many in the seven days before.</param>
/// <param name="Unanswered">How many of the askers nobody answered.</param>
/// <param name="Channels">Where.</param>
/// <param name="Example">The most typical question.</param>
/// <param name="Answer">An answer that somebody gave to one of them; null where nobody did.</param>
public sealed record QuestionView(
    string Id, IReadOnlyList<string> About, IReadOnlyList<string> Words, int People, int PeopleBefore, int Unanswered, IReadOnlyList<PlaceView> Channels,
    QuotedView Example, QuotedView? Answer);

/// <summary>A comment that lies with a team.</summary>
public sealed record TeamItemView(QuotedView Comment, string Platform, string Team, DateTimeOffset OpenedAt, DateTimeOffset DueAt, bool Acknowledged);

/// <summary>A team's part of the day.</summary>
/// <param name="Routed">How many comments were handed to it.</param>
/// <param name="Answered">How many it answered.</param>
/// <param name="CameBack">How many came back: returned, or not reacted to in time.</param>
/// <param name="Open">What lay with it when the digest was compiled.</param>
public sealed record TeamView(int Routed, int Answered, int CameBack, Section<TeamItemView> Open);

/// <summary>A conversation worth taking up again.</summary>
/// <param name="Newest">Its newest comment.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Hint">Why.</param>
/// <param name="People">How many different people wrote there in seven days.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Positive">How many of them were positive.</param>
/// <param name="LastAt">When the newest was written.</param>
public sealed record ThreadView(QuotedView Newest, string Platform, string Channel, ThreadHint Hint, int People, int Comments, int Positive, DateTimeOffset LastAt);

/// <summary>Somebody to know about.</summary>
/// <param name="Newest">Their newest comment when it was compiled: whose it is says who they are.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Reason">Why.</param>
public sealed record PersonView(QuotedView Newest, string Platform, string Reason);

/// <summary>The people of the day: how many wrote, how many of them for the first time, and some of them.</summary>
public sealed record PeopleView(
    int Wrote, int Newcomers, Section<PersonView> FirstTimers, Section<PersonView> StandardBearers, Section<PersonView> WonBack, Section<PersonView> Offenders);

/// <summary>What the policy did, and what people made of it.</summary>
/// <param name="Decisions">How many comments came to which decision that holds.</param>
/// <param name="Removed">How many were taken down by their authors or the platform.</param>
/// <param name="ByPeople">How many a person decided about.</param>
/// <param name="Overruled">How many of those otherwise than the rule.</param>
/// <param name="Hidden">How many are hidden or deleted.</param>
/// <param name="HiddenFairCriticism">How many of those were fair criticism.</param>
/// <param name="Rules">How often the commonest rules decided.</param>
/// <param name="Shadows">For how many comments each rule on trial would have decided otherwise.</param>
public sealed record PolicyDayView(
    IReadOnlyDictionary<string, int> Decisions, int Removed, int ByPeople, int Overruled, int Hidden, int HiddenFairCriticism,
    IReadOnlyDictionary<string, int> Rules, IReadOnlyDictionary<string, int> Shadows);

/// <summary>An alarm of the day, or one that is still open.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Level">The highest level that it came to.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="About">What it is about, in general words.</param>
/// <param name="Words">Words that at least two people used.</param>
/// <param name="People">How many different people.</param>
/// <param name="Channels">Where.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="ClosedAt">When it was over; null while it is not.</param>
/// <param name="Owner">Who looks after it; null for nobody.</param>
public sealed record AlarmView(
    string Id, Level Level, ScopeKind Kind, IReadOnlyList<string> About, IReadOnlyList<string> Words, int People, IReadOnlyList<PlaceView> Channels,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string? Owner);

/// <summary>Something that was noted for the day.</summary>
public sealed record NotedView(string Id, EventKind Kind, string Title, DateTimeOffset From, DateTimeOffset To, Expectation Expects, IReadOnlyList<PlaceView> Channels);

/// <summary>A line of the list of digests.</summary>
public sealed record DigestLine(DateOnly Date, bool Partial, DateTimeOffset CompiledAt, DayVerdict Verdict, int VerdictNumber, Completeness Completeness, int NeedsYou)
{
    public static DigestLine Of(Digest digest) =>
        new(digest.Date, digest.Partial, digest.CompiledAt, digest.Verdict, digest.VerdictNumber, digest.Completeness, digest.NeedsYou.Total);
}

/// <summary>Digests, newest first.</summary>
/// <param name="Items">One line each.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> for older ones; null at the end.</param>
public sealed record DigestList(IReadOnlyList<DigestLine> Items, string? NextCursor);
