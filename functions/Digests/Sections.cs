using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>The first of a list, and how long it is.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Items">The first of them.</param>
public sealed record Capped<T>(int Total, IReadOnlyList<T> Items);

/// <summary>A comment that waits for a person.</summary>
/// <param name="OutcomeId">Its outcome: who wrote it, what and where is read from there.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Cause">Why it waits: <c>decision</c>, <c>edited</c>, <c>returned</c>, <c>proposed</c>.</param>
/// <param name="Decision">The decision that holds.</param>
/// <param name="Rule">The rule that decided; null where a person did.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="DueAt">When somebody should have looked.</param>
public sealed record NeedItem(
    string OutcomeId, PlatformId Platform, string Channel, string Cause, Decision? Decision, string? Rule, DateTimeOffset Since, DateTimeOffset DueAt);

/// <summary>How a channel's mood is beside its own last weeks.</summary>
public enum MoodBeside
{
    /// <summary>Too little to compare: the digest says so.</summary>
    Unknown,
    Usual,
    Worse,
    Better,
}

/// <summary>One channel's day.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="People">How many different people.</param>
/// <param name="Newcomers">How many of them wrote for the first time.</param>
/// <param name="Negative">Negative comments.</param>
/// <param name="Neutral">Neutral ones.</param>
/// <param name="Positive">Positive ones.</param>
/// <param name="Beside">How that is beside the last 28 days.</param>
/// <param name="BeforeComments">How many comments those 28 days had.</param>
/// <param name="BeforeNegative">How many of them were negative.</param>
public sealed record ChannelDay(
    PlatformId Platform, string Channel, int Comments, int People, int Newcomers, int Negative, int Neutral, int Positive,
    MoodBeside Beside, int BeforeComments, int BeforeNegative);

/// <summary>Something that several people are unhappy about.</summary>
/// <param name="Id">The same on every day that it goes on.</param>
/// <param name="Concepts">What it is about, as <see cref="Topics.LabelOf"/> names it; may be empty.</param>
/// <param name="Words">Words that at least two of them used; may be empty.</param>
/// <param name="People">How many different people.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Channels">Where, the channel with most people first.</param>
/// <param name="Since">The first day of it.</param>
/// <param name="Days">For how many days it has been open, this one counted.</param>
/// <param name="Anger">Mean anger, 0 to 1.</param>
/// <param name="Examples">Outcomes to read, the most typical first, at most 3.</param>
public sealed record CauseItem(
    string Id, IReadOnlyList<string> Concepts, IReadOnlyList<string> Words, int People, int Comments, IReadOnlyList<EventChannel> Channels,
    DateOnly Since, int Days, double Anger, IReadOnlyList<string> Examples);

/// <summary>A question that more people ask than before.</summary>
/// <param name="Id">The same on every day that it goes on.</param>
/// <param name="Concepts">What it is about.</param>
/// <param name="Words">Words that at least two of them used.</param>
/// <param name="People">How many different people asked within the last seven days.</param>
/// <param name="PeopleBefore">How many in the seven days before.</param>
/// <param name="Unanswered">How many of the askers nobody answered.</param>
/// <param name="Channels">Where.</param>
/// <param name="Example">The outcome of the most typical question: the draft's question.</param>
/// <param name="Answer">The outcome of an answer that somebody gave to one of them: the draft's answer; null where nobody did.</param>
public sealed record QuestionItem(
    string Id, IReadOnlyList<string> Concepts, IReadOnlyList<string> Words, int People, int PeopleBefore, int Unanswered,
    IReadOnlyList<EventChannel> Channels, string Example, string? Answer);

/// <summary>A comment that lies with a team.</summary>
/// <param name="OutcomeId">Its outcome.</param>
/// <param name="Handoff">The hand-off's id, from which its link is made.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Team">The team.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="DueAt">Until when it should have reacted.</param>
/// <param name="Acknowledged">Whether the team said that it saw it.</param>
public sealed record HandoffItem(string OutcomeId, string Handoff, PlatformId Platform, string Team, DateTimeOffset OpenedAt, DateTimeOffset DueAt, bool Acknowledged);

/// <summary>A team's part of the day.</summary>
/// <param name="Routed">How many comments were handed to it on this day.</param>
/// <param name="Answered">How many it answered on this day.</param>
/// <param name="CameBack">How many came back: returned, or not reacted to in time.</param>
/// <param name="Open">What lies with it now, due first first.</param>
public sealed record TeamPart(int Routed, int Answered, int CameBack, Capped<HandoffItem> Open);

/// <summary>Why a conversation is worth taking up again.</summary>
public enum ThreadHint
{
    /// <summary>People liked it, and it went quiet.</summary>
    WentQuiet,

    /// <summary>People asked there, and nobody answered.</summary>
    Unanswered,
}

/// <summary>A conversation worth taking up again.</summary>
/// <param name="OutcomeId">Its newest comment's outcome.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Hint">Why.</param>
/// <param name="People">How many different people wrote there in the last seven days.</param>
/// <param name="Comments">How many comments.</param>
/// <param name="Positive">How many of them were positive.</param>
/// <param name="LastAt">When the newest was written.</param>
public sealed record ThreadItem(string OutcomeId, PlatformId Platform, string Channel, ThreadHint Hint, int People, int Comments, int Positive, DateTimeOffset LastAt);

/// <summary>Somebody to know about.</summary>
/// <param name="OutcomeId">The outcome of their newest comment: who they are is read from there.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Reasons">Why, by language (<c>it</c>, <c>en</c>).</param>
public sealed record PersonItem(string OutcomeId, PlatformId Platform, IReadOnlyDictionary<string, string> Reasons);

/// <summary>The people of the day.</summary>
public sealed record PeoplePart(int Wrote, int Newcomers, Capped<PersonItem> FirstTimers, Capped<PersonItem> StandardBearers, Capped<PersonItem> WonBack, Capped<PersonItem> Offenders);

/// <summary>What the policy did, and what people made of it.</summary>
/// <param name="Decisions">How many comments came to which decision that holds.</param>
/// <param name="Removed">How many were taken down by their authors or the platform.</param>
/// <param name="ByPeople">How many a person decided about.</param>
/// <param name="Overruled">How many of those otherwise than the rule.</param>
/// <param name="Hidden">How many are hidden or deleted.</param>
/// <param name="HiddenFairCriticism">How many of those were fair criticism: negative, and neither rude nor harmful nor spam.</param>
/// <param name="Rules">How often the commonest rules decided, at most 5.</param>
/// <param name="Shadows">For how many comments each rule on trial would have decided otherwise.</param>
public sealed record PolicyPart(
    IReadOnlyDictionary<Decision, int> Decisions, int Removed, int ByPeople, int Overruled, int Hidden, int HiddenFairCriticism,
    IReadOnlyDictionary<string, int> Rules, IReadOnlyDictionary<string, int> Shadows);

/// <summary>An alarm of the day, or one that is still open.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Level">The highest level that it came to.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Concepts">What it is about, in concepts.</param>
/// <param name="Words">Words that at least two people used.</param>
/// <param name="People">How many different people.</param>
/// <param name="Channels">Where.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="ClosedAt">When it ended; null while it is open.</param>
/// <param name="Owner">Who looks after it; null for nobody.</param>
public sealed record IncidentItem(
    string Id, Level Level, ScopeKind Kind, IReadOnlyList<string> Concepts, IReadOnlyList<string> Words, int People, IReadOnlyList<EventChannel> Channels,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string? Owner);

/// <summary>What the day is, in one word: decides the subject.</summary>
public enum DayVerdict
{
    /// <summary>So many comments came, nothing to do.</summary>
    Quiet,

    /// <summary>No comment came.</summary>
    Empty,

    /// <summary>So many comments wait for a person.</summary>
    NeedsYou,

    /// <summary>An alarm of unrest or worse: so many people.</summary>
    Alarm,

    /// <summary>Comments are lost: so many.</summary>
    Lost,
}
