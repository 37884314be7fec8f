using System.Globalization;
using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>The digest in English.</summary>
internal sealed class EnglishWords : DigestWords
{
    public override string Language => "en";
    public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-GB");

    protected override string Verdict(Digest digest) => digest.Verdict switch
    {
        DayVerdict.Lost => $"attention, {Count(digest.VerdictNumber, "comment is lost", "comments are lost")}",
        DayVerdict.Alarm => $"alarm, {Count(digest.VerdictNumber, "person", "people")} involved",
        DayVerdict.NeedsYou => Count(digest.VerdictNumber, "comment is waiting for you", "comments are waiting for you"),
        DayVerdict.Quiet => $"all quiet, {Count(digest.VerdictNumber, "comment", "comments")}",
        _ => "no comments",
    };

    public override string VerdictSentence(Digest digest) => digest.Verdict switch
    {
        DayVerdict.Lost => $"Attention: {Count(digest.VerdictNumber, "comment cannot be found", "comments cannot be found")}. The accounts are at the end.",
        DayVerdict.Alarm => $"There is an alarm, and it involves {Count(digest.VerdictNumber, "person", "people")}. Start here.",
        DayVerdict.NeedsYou => digest.VerdictNumber == 1 ? "There is one comment that waits for you." : $"There are {N(digest.VerdictNumber)} comments that wait for you.",
        DayVerdict.Quiet => $"All quiet: {Count(digest.VerdictNumber, "comment", "comments")}, and nothing to do.",
        _ => "All still: nothing happened.",
    };

    protected override string TeamVerdict(int open) => open == 0 ? "nothing open" : Count(open, "comment is waiting for you", "comments are waiting for you");
    public override string TeamName(string team) => $"team {team}";

    public override string PartialNote(bool week) => week
        ? "The week is not over yet: these are the figures so far."
        : "The day is not over yet: these are the figures so far.";

    public override string NoComments(bool week) => week ? "No comment arrived in this week." : "No comment arrived on this day.";
    public override string ShownOf(int shown, int total) => $"{N(shown)} of {N(total)}";

    public override string Alarms => "Alarms";

    public override string Gravity(Level level, ScopeKind kind) => (level, kind) switch
    {
        (_, ScopeKind.Raid) => "Raid: people never seen before all write the same",
        (Level.Mutiny, _) => "Mutiny: many people, all at once, for the same reason",
        (Level.Crisis, _) => "Crisis: many unhappy people, far more than usual",
        (Level.Unrest, _) => "Unrest: more unhappy people than usual",
        (Level.Complaint, _) => "One angry person whom nobody has listened to yet",
        _ => "Calm again",
    };

    public override string Involved(int people, string where) => $"{Count(people, "person", "people")}{(where.Length > 0 ? $" on {where}" : "")}";
    public override string Began(string when) => $"Since {when}";
    public override string Ended(string? when) => when is null ? "still going on" : $"over on {when}";
    public override string LookedAfterBy(string? owner) => owner is null ? "Nobody looks after it yet." : $"{owner} looks after it.";

    public override string NeedsYou => "Needs you";
    public override string NothingNeedsYou => "No comment is waiting for your decision.";
    public override string On(string where) => $"on {where}";

    public override string WaitsBecause(string cause) => cause switch
    {
        "edited" => "whoever wrote it changed it after the decision",
        "returned" => "the team that it was handed to gave it back",
        "proposed" => "there is a proposal: it only needs your yes",
        _ => "somebody should look at it",
    };

    public override string NotTheRule => "somebody preferred to wait";
    public override string StillVisible => "Meanwhile everybody can see it.";
    public override string TakenDown => "The comment has been taken down since.";

    public override string Waits(TimeSpan age, TimeSpan late) => late > TimeSpan.Zero ? $"Waiting {Since(age)}, {Span(late)} late." : $"Waiting {Since(age)}.";

    public override string ByChannel => "How it goes, channel by channel";

    public override string WhoWrote(ChannelDay channel) =>
        $"{Count(channel.Comments, "comment", "comments")} by {Count(channel.People, "person", "people")}{(channel.Newcomers == 0 ? "" : $", {N(channel.Newcomers)} for the first time")}";

    public override string MoodFigures(ChannelDay channel) => $"Negative {N(channel.Negative)} · Neutral {N(channel.Neutral)} · Positive {N(channel.Positive)}";

    public override string Beside(ChannelDay channel)
    {
        var total = channel.Negative + channel.Neutral + channel.Positive;
        var figures = $"{Percent(channel.Negative, total)}% negative of {N(total)}, usually {Percent(channel.BeforeNegative, channel.BeforeComments)}% of {N(channel.BeforeComments)}.";
        return channel.Beside switch
        {
            MoodBeside.Worse => $"Unhappier than usual: {figures}",
            MoodBeside.Better => $"Happier than usual: {figures}",
            MoodBeside.Usual => $"As usual: {figures}",
            _ => "Too little to compare yet.",
        };
    }

    public override string Causes => "What people complain about";
    public override string NoTitle => "Different reasons, with no thread in common";

    public override string CauseFigures(CauseItem cause, string where) =>
        $"{Count(cause.People, "person", "people")}, {Count(cause.Comments, "comment", "comments")}{(where.Length > 0 ? $", on {where}" : "")}.";

    public override string OpenFor(int days) => days <= 1 ? "It begins today." : $"Open for {N(days)} days.";

    public override string Questions => "Questions that keep coming, with an answer to prepare";

    public override string QuestionFigures(QuestionItem question, string where)
    {
        var before = question.PeopleBefore == 0 ? "nobody in the seven before" : $"{N(question.PeopleBefore)} in the seven before";
        var unanswered = question.Unanswered == 0 ? "" : $" {N(question.Unanswered)} got no answer.";
        return $"{Count(question.People, "person", "people")} in the last seven days, {before}{(where.Length > 0 ? $"; on {where}" : "")}.{unanswered}";
    }

    public override string DraftIntro => "A draft for your list of frequent questions:";
    public override string Question => "Question";
    public override string Answer => "Answer";

    public override string Handoffs => "Handed to a team that has not reacted yet";
    public override string TeamHas(string team) => $"Team {team}";
    public override string ReactBy(string when, TimeSpan late) => late > TimeSpan.Zero ? $"To be seen by {when}: {Span(late)} late." : $"To be seen by {when}.";
    public override string OpenHandoff => "Open the team’s page";

    public override string Threads => "Conversations to take up again";

    public override string Of(ThreadHint hint) => hint == ThreadHint.WentQuiet ? "people liked it, then it went quiet" : "somebody asked, and nobody answered";

    public override string ThreadFigures(ThreadItem thread, string last) =>
        $"{Count(thread.People, "person", "people")}, {Count(thread.Comments, "comment", "comments")} in seven days, {N(thread.Positive)} positive; the last on {last}.";

    public override string People => "The people";

    public override string PeopleFigures(PeoplePart people) =>
        $"{Count(people.Wrote, "person", "people")} wrote{(people.Newcomers == 0 ? "" : $", {N(people.Newcomers)} for the first time")}.";

    public override string FirstTimers => "To welcome";
    public override string StandardBearers => "They stand up for you";
    public override string WonBack => "Won back";
    public override string Offenders => "To keep an eye on";

    public override string PolicyDid => "What was decided";
    public override string HowManyCameToWhat => "Comments, by the decision that holds now";

    public override string Of(Decision decision) => decision switch
    {
        Decision.Approve => "Approved",
        Decision.Hide => "Hidden",
        Decision.Hold => "Waiting for you",
        Decision.Delete => "Deleted",
        _ => "To look at right away (still visible)",
    };

    public override string RemovedByAuthors => "Taken down by their authors or by the platform";

    public override string Overruled(int byPeople, int overruled) =>
        $"A person decided about {Count(byPeople, "comment", "comments")}{(overruled switch
        {
            0 => ", always as the rule did",
            1 => ", once otherwise than the rule",
            _ => $", {N(overruled)} times otherwise than the rule",
        })}.";

    public override string FairCriticism(int hidden, int fair) => (hidden, fair) switch
    {
        (1, 0) => "The hidden comment was no fair criticism.",
        (1, _) => "The hidden comment was fair criticism.",
        (_, 0) => $"None of the {N(hidden)} hidden comments was fair criticism.",
        (_, 1) => $"Of the {N(hidden)} hidden comments one ({Percent(fair, hidden)}%) was fair criticism.",
        _ => $"Of the {N(hidden)} hidden comments {N(fair)} ({Percent(fair, hidden)}%) were fair criticism.",
    };

    public override string FairCriticismWarning => "Perhaps the rules are a little strict: whoever criticises politely usually hopes for an answer, and is let down when it is hidden.";
    public override string CommonRules => "The rules that decided most often";
    public override string RulesOnTrial => "Rules on trial: how many comments they would have decided otherwise";

    public override string Events => "In the calendar";

    public override string Of(EventKind kind) => kind switch
    {
        EventKind.Campaign => "Campaign",
        EventKind.Release => "Something new",
        EventKind.Outage => "Outage",
        EventKind.MeetUp => "Meet-up",
        _ => "Note",
    };

    public override string Of(Expectation expectation) => expectation switch
    {
        Expectation.Comments => "More comments than usual are expected.",
        Expectation.Complaints => "More complaints than usual are expected.",
        _ => "",
    };

    public override string FromTo(string from, string to) => $"From {from} to {to}";
    public override string Everywhere => "on every channel";
    public override string NotedBy(string who) => $"Noted by {who}.";

    public override string TeamPart(TeamPart part, bool week) =>
        $"{(week ? "In this week" : "On this day")} {(part.Routed == 0 ? "nothing was handed to you" : $"{Count(part.Routed, "comment was", "comments were")} handed to you")}; "
        + $"you dealt with {(part.Answered == 0 ? "none" : N(part.Answered))}{(part.CameBack == 0 ? "" : $", {N(part.CameBack)} went back")}.";

    public override string TeamOpen => "With you now";
    public override string NothingForTeam => "No comment is with you now. Have a good day!";
    public override string Acknowledged(bool acknowledged) => acknowledged ? "You have said that you saw it." : "Nobody of you has said yet that they saw it.";

    public override string Open => "Open the comment";
    public override string Anonymous => "Unknown author";
    public override string AndMore(int channels) => channels == 1 ? "and one more channel" : $"and {N(channels)} more channels";
    public override string NothingLost => "Nothing was lost.";

    public override string Accounts(Completeness a) =>
        $"Received {N(a.Received)}, decided {N(a.Decided)}, duplicates {N(a.Duplicates)}, under way {N(a.Waiting)}, parked {N(a.Parked)}, lost {N(a.Lost)}.";

    public override string FooterNote(string community) => $"Moderato writes to you: it looks after the comments of {community}.";
    public override string OpenIncident => "Open the alarm’s page";
    public override string Unsubscribe => "I no longer want these mails";
    public override string Quoted(string text) => $"“{text}”";

    public override string Day(DateOnly date) => date.ToString("dddd d MMMM yyyy", Culture);

    protected override string Week(DateOnly first, DateOnly last)
    {
        var format = first.Year != last.Year ? "d MMMM yyyy" : first.Month != last.Month ? "d MMMM" : "%d";
        return $"week from {first.ToString(format, Culture)} to {last.ToString("d MMMM yyyy", Culture)}";
    }

    public override string Moment(DateTimeOffset local) => local.ToString("dddd d MMMM, HH:mm", Culture);

    protected override string? BuiltIn(string rule) => rule switch
    {
        "nothing-against-it" => "nothing against it: it stays as it is",
        "nothing-to-read" => "there is no text to read: a picture, a sticker or an attachment",
        "distress" => "whoever wrote it may be in distress: better to look now, and gently",
        "threat" => "it seems to threaten or to wish violence",
        "attack" => "it seems to insult or to attack somebody",
        "rude-words" => "it has insulting or obscene words",
        "stars-disagree" => "the review’s stars and its words say opposite things",
        "spam" => "it looks like unwanted advertising or a swindle",
        "links-from-newcomer" => "this person’s first comment, and it has a link",
        "protective-mode" => "the channel was protected, and its author is new or put a link",
        "several-links" => "it links to three or more sites",
        "repeat-offender" => "other comments of this person were withheld in the last seven days",
        "very-negative" => "it sounds very unhappy: better to answer soon",
        "unclear" => "it is not clear how it is meant",
        "otherwise" => "no rule decided",
        _ => null,
    };

    private string Since(TimeSpan age) => age < TimeSpan.FromMinutes(1) ? "for a moment" : $"for {Span(age)}";

    private string Span(TimeSpan span) =>
        span >= TimeSpan.FromDays(1) ? Count((int)span.TotalDays, "day", "days")
        : span >= TimeSpan.FromHours(1) ? Count((int)span.TotalHours, "hour", "hours")
        : Count(Math.Max(1, (int)span.TotalMinutes), "minute", "minutes");
}
