using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>
/// What the morning's letter says, in a fixed order, what is urgent first. A section with nothing in it is left out, except where nothing is
/// news: that nobody waits, and that nothing was lost.
/// </summary>
internal static class DigestLetter
{
    /// <summary>From so many percent of hidden comments on that are fair criticism, the rules are doubted aloud.</summary>
    private const int TooMuchFairCriticism = 10;

    public static LetterPage Of(Digest digest, IReadOnlyDictionary<string, Quote> quotes, string language, DigestLinks links)
    {
        var pen = new Pen(digest, quotes, language, links);
        var words = pen.Words;
        Block[] blocks =
        [
            .. Verdict(pen),
            .. UrgentSections.Incidents(pen),
            .. UrgentSections.NeedsYou(pen),
            .. TalkSections.Channels(pen),
            .. TalkSections.Causes(pen),
            .. TalkSections.Questions(pen),
            .. UrgentSections.Handoffs(pen),
            .. TalkSections.Threads(pen),
            .. People(pen),
            .. Policy(pen),
            .. Events(pen),
        ];
        return new LetterPage(words.Language, words.Subject(digest), Preview(pen), words.Heading(digest), blocks, pen.Footer())
        {
            Closing = Accounts(pen),
            FooterNote = words.FooterNote(Foreign.Of(digest.Name)),
        };
    }

    private static string Preview(Pen pen) => pen.Digest.Completeness.Received == 0
        ? pen.Words.NoComments(pen.Week)
        : $"{(pen.Digest.NeedsYou.Total == 0 ? pen.Words.NothingNeedsYou : $"{pen.Words.NeedsYou}: {pen.Digest.NeedsYou.Total.ToString("N0", pen.Words.Culture)}.")} {pen.Words.PeopleFigures(pen.Digest.People)}";

    private static IEnumerable<Block> Verdict(Pen pen)
    {
        var digest = pen.Digest;
        yield return new Paragraph(pen.Words.VerdictSentence(digest), digest.Verdict is DayVerdict.Lost or DayVerdict.Alarm ? Tone.Grave : Tone.Plain);
        if (digest.Completeness.Received == 0)
            yield return new Paragraph(pen.Words.NoComments(pen.Week));
        if (digest.Partial)
            yield return new Paragraph(pen.Words.PartialNote(pen.Week), Tone.Soft);
    }

    private static IEnumerable<Block> People(Pen pen)
    {
        var people = pen.Digest.People;
        (string Heading, Capped<PersonItem> List)[] groups =
        [
            (pen.Words.FirstTimers, people.FirstTimers), (pen.Words.StandardBearers, people.StandardBearers),
            (pen.Words.WonBack, people.WonBack), (pen.Words.Offenders, people.Offenders),
        ];
        if (people.Wrote == 0 && groups.All(g => g.List.Items.Count == 0))
            yield break;
        yield return new Section(pen.Words.People);
        if (people.Wrote > 0)
            yield return new Paragraph(pen.Words.PeopleFigures(people));
        foreach (var (heading, list) in groups.Where(g => g.List.Items.Count > 0))
        {
            yield return new Subsection(pen.WithShare(heading, list));
            foreach (var person in list.Items)
                yield return new Card($"{pen.Author(person.OutcomeId)}, {Pen.NameOf(person.Platform)}", Reason(pen, person)) { Links = pen.Link(person.OutcomeId) };
        }
    }

    private static IReadOnlyList<string> Reason(Pen pen, PersonItem person) => person.Reasons.GetValueOrDefault(pen.Words.Language) is { } reason ? [reason] : [];

    private static IEnumerable<Block> Policy(Pen pen)
    {
        var (policy, words) = (pen.Digest.Policy, pen.Words);
        List<(string Label, string Number)> decisions =
        [
            .. Enum.GetValues<Comments.Decision>().Where(d => policy.Decisions.GetValueOrDefault(d) > 0).Select(d => (words.Of(d), Number(pen, policy.Decisions[d]))),
        ];
        if (policy.Removed > 0)
            decisions.Add((words.RemovedByAuthors, Number(pen, policy.Removed)));
        if (decisions.Count == 0 && policy.ByPeople == 0 && policy.Shadows.Count == 0)
            yield break;
        yield return new Section(words.PolicyDid);
        if (decisions.Count > 0)
            yield return new Figures(words.HowManyCameToWhat, decisions);
        if (policy.ByPeople > 0)
            yield return new Paragraph(words.Overruled(policy.ByPeople, policy.Overruled));
        if (policy.Hidden > 0)
            yield return new Paragraph(words.FairCriticism(policy.Hidden, policy.HiddenFairCriticism));
        if (policy.HiddenFairCriticism * 100 >= policy.Hidden * TooMuchFairCriticism && policy.HiddenFairCriticism > 0)
            yield return new Paragraph(words.FairCriticismWarning);
        if (policy.Rules.Count > 0)
            yield return new Figures(words.CommonRules, ByRule(pen, policy.Rules));
        if (policy.Shadows.Count > 0)
            yield return new Figures(words.RulesOnTrial, ByRule(pen, policy.Shadows));
    }

    private static List<(string Label, string Number)> ByRule(Pen pen, IReadOnlyDictionary<string, int> rules) =>
    [
        .. rules.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => (Capital(pen.Words.Because(pen.Digest, r.Key), pen), Number(pen, r.Value))),
    ];

    private static IEnumerable<Block> Events(Pen pen)
    {
        var events = pen.Digest.Events;
        if (events.Items.Count == 0)
            yield break;
        yield return pen.Section(pen.Words.Events, events);
        foreach (var noted in events.Items)
        {
            var where = noted.Channels.Count == 0 ? pen.Words.Everywhere : pen.Words.On(pen.Places(noted.Channels));
            var expects = pen.Words.Of(noted.Expects);
            yield return new Card(
                $"{pen.Words.Of(noted.Kind)}: {Foreign.Of(noted.Title, 120)}",
                $"{pen.Words.FromTo(pen.Moment(noted.From), pen.Moment(noted.To))}, {where}.",
                $"{expects}{(expects.Length > 0 ? " " : "")}{pen.Words.NotedBy(Foreign.Of(noted.By))}");
        }
    }

    private static string Accounts(Pen pen)
    {
        var accounts = pen.Digest.Completeness;
        return accounts.Lost == 0 ? $"{pen.Words.Accounts(accounts)} {pen.Words.NothingLost}" : pen.Words.Accounts(accounts);
    }

    private static string Number(Pen pen, int number) => number.ToString("N0", pen.Words.Culture);

    private static string Capital(string text, Pen pen) => $"{char.ToUpper(text[0], pen.Words.Culture)}{text[1..]}";
}
