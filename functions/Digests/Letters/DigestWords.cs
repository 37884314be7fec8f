using System.Globalization;
using Moderato.Comments;
using Moderato.Mail;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>The digest's words in one language: short, warm, and none that a shopkeeper would have to look up.</summary>
public abstract class DigestWords
{
    private static readonly DigestWords It = new ItalianWords();
    private static readonly DigestWords En = new EnglishWords();

    /// <summary>Italian, unless it is <c>en</c>.</summary>
    public static DigestWords Of(string language) => language == "en" ? En : It;

    public abstract string Language { get; }
    public abstract CultureInfo Culture { get; }

    /// <summary>The mail's subject: the verdict and one number.</summary>
    public string Subject(Digest digest) => $"{Foreign.OneLine(digest.Name)}: {Verdict(digest)}";

    /// <summary>The same of a team's mail.</summary>
    public string TeamSubject(Digest digest, string team, int open) => $"{Foreign.OneLine(digest.Name)}, {TeamName(Foreign.OneLine(team))}: {TeamVerdict(open)}";

    public string Heading(Digest digest) => $"{Foreign.Of(digest.Name, 200)}, {Span(digest)}";

    protected abstract string Verdict(Digest digest);
    protected abstract string TeamVerdict(int open);
    public abstract string TeamName(string team);

    /// <summary>The verdict as a sentence, under the heading.</summary>
    public abstract string VerdictSentence(Digest digest);

    public abstract string PartialNote(bool week);
    public abstract string NoComments(bool week);
    public abstract string ShownOf(int shown, int total);

    public abstract string Alarms { get; }
    public abstract string Gravity(Level level, ScopeKind kind);
    public abstract string Involved(int people, string where);
    public abstract string Began(string when);
    public abstract string Ended(string? when);
    public abstract string LookedAfterBy(string? owner);

    public abstract string NeedsYou { get; }
    public abstract string NothingNeedsYou { get; }
    public abstract string On(string where);

    /// <summary>Why it waits, where that is not the rule that decided.</summary>
    public abstract string WaitsBecause(string cause);
    public abstract string NotTheRule { get; }
    public abstract string StillVisible { get; }
    public abstract string TakenDown { get; }

    /// <summary>For how long it has waited, and whether that is too long.</summary>
    public abstract string Waits(TimeSpan age, TimeSpan late);

    public abstract string ByChannel { get; }
    public abstract string WhoWrote(ChannelDay channel);
    public abstract string MoodFigures(ChannelDay channel);
    public abstract string Beside(ChannelDay channel);

    public abstract string Causes { get; }
    public abstract string NoTitle { get; }
    public abstract string CauseFigures(CauseItem cause, string where);
    public abstract string OpenFor(int days);

    public abstract string Questions { get; }
    public abstract string QuestionFigures(QuestionItem question, string where);
    public abstract string DraftIntro { get; }
    public abstract string Question { get; }
    public abstract string Answer { get; }

    public abstract string Handoffs { get; }
    public abstract string TeamHas(string team);
    public abstract string ReactBy(string when, TimeSpan late);
    public abstract string OpenHandoff { get; }

    public abstract string Threads { get; }
    public abstract string Of(ThreadHint hint);
    public abstract string ThreadFigures(ThreadItem thread, string last);

    public abstract string People { get; }
    public abstract string PeopleFigures(PeoplePart people);
    public abstract string FirstTimers { get; }
    public abstract string StandardBearers { get; }
    public abstract string WonBack { get; }
    public abstract string Offenders { get; }

    public abstract string PolicyDid { get; }
    public abstract string HowManyCameToWhat { get; }
    public abstract string Of(Decision decision);
    public abstract string RemovedByAuthors { get; }
    public abstract string Overruled(int byPeople, int overruled);
    public abstract string FairCriticism(int hidden, int fair);
    public abstract string FairCriticismWarning { get; }
    public abstract string CommonRules { get; }
    public abstract string RulesOnTrial { get; }

    public abstract string Events { get; }
    public abstract string Of(EventKind kind);
    public abstract string Of(Expectation expectation);
    public abstract string FromTo(string from, string to);
    public abstract string Everywhere { get; }
    public abstract string NotedBy(string who);

    public abstract string TeamPart(TeamPart part, bool week);
    public abstract string TeamOpen { get; }
    public abstract string NothingForTeam { get; }
    public abstract string Acknowledged(bool acknowledged);

    public abstract string Open { get; }
    public abstract string Anonymous { get; }
    public abstract string AndMore(int channels);
    public abstract string NothingLost { get; }
    public abstract string Accounts(Completeness accounts);
    public abstract string FooterNote(string community);
    public abstract string OpenIncident { get; }
    public abstract string Unsubscribe { get; }

    /// <summary>In the marks that the language quotes with.</summary>
    public abstract string Quoted(string text);

    /// <summary>Why a comment is where it is: the name of the community's own rule, else what the built-in one says.</summary>
    public string Because(Digest digest, string rule) => digest.RuleNames.TryGetValue(rule, out var name)
        ? Foreign.Of(name)
        : BuiltIn(rule.StartsWith("built-in/", StringComparison.Ordinal) ? rule["built-in/".Length..] : rule) ?? Foreign.Of(rule);

    /// <summary>Null for a rule that is none of the built-in ones.</summary>
    protected abstract string? BuiltIn(string rule);

    /// <summary>What a cause or a question is called: its concepts, and behind them the words that people used.</summary>
    public string Title(IReadOnlyList<string> concepts, IReadOnlyList<string> words)
    {
        const int mostConcepts = 3, mostWords = 3;
        var used = string.Join(", ", words.Take(mostWords).Select(w => Quoted(Foreign.Of(w, 24))));
        if (concepts.Count == 0)
            return used.Length > 0 ? used : NoTitle;
        var labels = string.Join(", ", concepts.Take(mostConcepts).Select(c => TopicLabels.Of(c, Language)));
        return $"{char.ToUpper(labels[0], Culture)}{labels[1..]}{(used.Length > 0 ? $" ({used})" : "")}";
    }

    /// <summary>The day, or the week, that a digest is about.</summary>
    public string Span(Digest digest) => digest.Days == 1 ? Day(digest.Date) : Week(digest.Date, digest.Date.AddDays(digest.Days - 1));

    public abstract string Day(DateOnly date);
    protected abstract string Week(DateOnly first, DateOnly last);

    /// <summary>A moment on the community's clock.</summary>
    public abstract string Moment(DateTimeOffset local);

    protected string N(int number) => number.ToString("N0", Culture);

    protected string Count(int number, string one, string many) => $"{N(number)} {(number == 1 ? one : many)}";

    /// <summary>Whole percent; a part that is there is never said to be none.</summary>
    protected static int Percent(int part, int whole) => whole == 0 ? 0 : Math.Max(part > 0 ? 1 : 0, (int)Math.Round(100.0 * part / whole));
}
