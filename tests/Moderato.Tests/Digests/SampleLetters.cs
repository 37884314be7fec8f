using Moderato.Comments;
using Moderato.Digests;
using Moderato.Mail;
using Moderato.Mood;
using MoodIncident = Moderato.Mood.Incident;

namespace Moderato.Tests.Digests;

/// <summary>Digests as a shop gets them, with comments that were made up for this.</summary>
internal static class SampleLetters
{
    private static readonly DateTimeOffset Compiled = new(2026, 3, 11, 6, 0, 0, TimeSpan.Zero);
    private static readonly EventChannel Page = new(PlatformId.Parse("instagram"), "bottega.demo");
    private static readonly EventChannel Forum = new(PlatformId.Parse("forum"), "Assistenza e resi");
    private static readonly EventChannel Video = new(PlatformId.Parse("youtube"), "youtube");

    /// <summary>A mutiny, with a name and a link as long as they may be.</summary>
    public static LetterPage Alarm(string language)
    {
        var incident = new MoodIncident
        {
            Id = MoodIncident.NewId(new Scope(ScopeKind.Cause, "17"), Compiled),
            Scope = new Scope(ScopeKind.Cause, "17"),
            Level = Level.Mutiny,
            Highest = Level.Mutiny,
            Concepts = ["delivery", "late"],
            Words = ["lunedì"],
            People = 1_234,
            Comments = 2_345,
            Anger = 0.6,
            Channels = [Page, new EventChannel(PlatformId.Parse("forum"), new string('x', 128))],
            Window = TimeSpan.FromHours(1),
            Expected = 0.4,
            Probability = 1e-12,
            FirstAt = Compiled.AddMinutes(-40),
            LastAt = Compiled,
            Outcomes = [],
            OpenedAt = Compiled,
            ChangedAt = Compiled,
            Timeline = [new IncidentEvent(Compiled, IncidentEventKind.Opened, Level.Mutiny, Change: 1)],
        };
        Comment[] said = [Said("1", "Anna", "Il mio pacco è fermo da lunedì e nessuno mi risponde."), Said("2", new string('W', 256), string.Concat(Enumerable.Repeat("senzaspazi", 30)))];
        var community = new Community(CommunityId.Parse("demo"), "Bottega <Demo> & figli", TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"), language, 7);
        return new AlarmLetter.Written(
            community, incident, incident.Timeline[0], IncidentWords.Of(language), said, "https://moderato.example.org/api/incidents/" + new string('a', 120), "https://moderato.example.org/api/mails/unsubscribe/" + new string('b', 120))
            .ToPage(language);

        static Comment Said(string id, string author, string text) => new()
        {
            Community = CommunityId.Parse("demo"),
            Key = new CommentKey(PlatformId.Parse("instagram"), id),
            Channel = "bottega.demo",
            Author = new Author(id, author),
            Text = text,
            Permalink = $"https://instagram.example/p/{id}",
            FirstReceivedAt = Compiled,
            ReceivedAt = Compiled,
        };
    }

    public static readonly DigestLinks Links = new(
        new LetterLinks("https://moderato.example", "https://moderato.example/api/mail/unsubscribe/aGFuZG9mZg"),
        new Dictionary<string, string> { ["h1"] = "/api/handoffs/dG9rZW4", ["h2"] = "/api/handoffs/dG9rZW4y" });

    public static IReadOnlyDictionary<string, Quote> Quotes { get; } = new Dictionary<string, Quote>
    {
        ["n1"] = new("Carla Venturi", "È la terza volta che scrivo: il pacco è fermo a Bologna da nove giorni e nessuno mi risponde.\nCosa devo fare?", "https://www.instagram.com/p/Cx1/c/17912345/"),
        ["n2"] = new("דנה לוי", "מתי תחזרו? Ciao a tutti", "https://www.instagram.com/p/Cx1/c/17912346/"),
        ["n3"] = new("un_cliente_qualunque_con_un_nome_lunghissimo_senza_spazi_1987", "Guardate https://esempio.example/una/pagina/con/un/indirizzo/lunghissimo/che/non/va/mai/a/capo?e=neanche&qui=perche", null),
        ["c1"] = new("Piero", "Nove giorni per tre saponette. Nove.", "https://www.instagram.com/p/Cx1/c/3/"),
        ["c2"] = new("Ornella T.", "Il corriere dice consegnato, io a casa non ho visto nessuno 😡", "https://www.instagram.com/p/Cx1/c/4/"),
        ["c3"] = new("Gigi", "La confezione è arrivata aperta e mezza vuota", null),
        ["q1"] = new("Silvia", "Ma la crema al miele va bene anche per i bambini piccoli?", "https://forum.example/t/12#9"),
        ["a1"] = new("Bottega Demo", "Sì, dai tre anni in su; sotto i tre anni meglio chiedere al pediatra.", "https://forum.example/t/12#10"),
        ["q2"] = new("Tommaso", "Si può pagare alla consegna?", "https://forum.example/t/14#2"),
        ["t1"] = new("Renata", "Io la uso anche per le mani dopo l’orto, provate!", "https://www.youtube.com/watch?v=abc&lc=1"),
        ["p1"] = new("Martina Colli", "Prima volta qui, che belle foto!", "https://www.instagram.com/p/Cx2/c/9/"),
        ["p2"] = new("nonna_Ada", "Lasciateli lavorare, con me sono sempre stati gentilissimi.", "https://www.instagram.com/p/Cx2/c/10/"),
        ["p3"] = new("Davide R.", "Ok, mi avete richiamato davvero. Grazie.", "https://www.instagram.com/p/Cx2/c/11/"),
        ["p4"] = new("xXBruteXx", "…", "https://www.instagram.com/p/Cx2/c/12/"),
    };

    public static Digest Ordinary(string language) => Empty(language) with
    {
        Completeness = new Completeness(1_284, 1_279, 12, 4, 1, 0),
        Verdict = DayVerdict.Alarm,
        VerdictNumber = 23,
        Incidents = new(2,
        [
            Incident("i1", Level.Unrest, ScopeKind.Cause, 23, Compiled.AddHours(-17)),
            Incident("i2", Level.Crisis, ScopeKind.Raid, 41, Compiled.AddHours(-30)) with { Concepts = [], Words = [], ClosedAt = Compiled.AddHours(-28), Owner = "Anna" },
        ]),
        NeedsYou = new(12, [Need("n1"), Need("n2", "edited") with { Decision = Decision.Hold, DueAt = Compiled.AddHours(3) }, Need("n3") with { Rule = "sconti", Decision = Decision.Hold, DueAt = Compiled.AddDays(1) }]),
        RuleNames = new Dictionary<string, string> { ["sconti"] = "Trattieni chi promette sconti che non ci sono" },
        ByChannel = new(3,
        [
            new(Page.Platform, Page.Channel, 904, 611, 40, 280, 400, 224, MoodBeside.Worse, 21_400, 2_568),
            new(Forum.Platform, Forum.Channel, 320, 150, 1, 30, 200, 90, MoodBeside.Usual, 8_120, 790),
            new(Video.Platform, Video.Channel, 60, 55, 12, 0, 19, 41, MoodBeside.Unknown, 30, 2),
        ]),
        Causes = new(7, [Cause("s1", ["c1", "c2"], 23, 31, 4), Cause("s2", ["c3"], 6, 6, 1) with { Concepts = [], Words = ["confezione", "aperta"] }]),
        Questions = new(2, [Asked("q1", "a1", 12, 4), Asked("q2", null, 5, 0) with { Concepts = [], Words = ["contrassegno"] }]),
        Handoffs = new(2, [Handed("h1", "n1", "assistenza", late: true), Handed("h2", "c3", "spedizioni", late: false)]),
        Threads = new(1, [new("t1", Video.Platform, Video.Channel, ThreadHint.WentQuiet, 18, 31, 24, Compiled.AddDays(-3))]),
        People = new(784, 53, Some("p1", 53, "primo commento, e contento", "first comment, and happy"), Some("p2", 4, "14 commenti in 9 giorni, quasi tutti contenti", "14 comments on 9 days, nearly all happy"),
            Some("p3", 1, "era scontento tre settimane fa, adesso ringrazia", "was unhappy three weeks ago, and says thank you now"), Some("p4", 2, "tre commenti nascosti in una settimana", "three comments hidden within a week")),
        Policy = new(
            new Dictionary<Decision, int> { [Decision.Approve] = 1_190, [Decision.Hide] = 48, [Decision.Hold] = 20, [Decision.Escalate] = 21 }, 4, 31, 6, 48, 7,
            new Dictionary<string, int> { ["built-in/otherwise"] = 1_100, ["sconti"] = 48, ["built-in/very-negative"] = 21 }, new Dictionary<string, int> { ["built-in/several-links"] = 17 }),
        Events = new(2,
        [
            new("e1", EventKind.Campaign, "Saldi di fine inverno", Compiled.AddDays(-2), Compiled.AddDays(5), Expectation.Comments, [Page], "Anna"),
            new("e2", EventKind.Outage, "Sciopero dei corrieri", Compiled.AddHours(-20), Compiled.AddHours(10), Expectation.Complaints, [], "Luca"),
        ]),
        Teams = new Dictionary<string, TeamPart> { ["assistenza"] = new(12, 8, 1, new(9, [Handed("h1", "n1", "assistenza", late: true), Handed("h2", "c3", "assistenza", late: false) with { Acknowledged = true }])) },
    };

    public static Digest Weekly(string language) => Ordinary(language) with { Date = new DateOnly(2026, 3, 2), Days = 7, Verdict = DayVerdict.NeedsYou, VerdictNumber = 12, Incidents = new(0, []), Partial = true };

    public static Digest Empty(string language) => new()
    {
        Community = SomeDay.Community,
        Name = "Bottega <Demo> & figli",
        Date = new DateOnly(2026, 3, 10),
        TimeZone = "Europe/Rome",
        Language = language,
        Partial = false,
        CompiledAt = Compiled,
        Completeness = Completeness.Empty,
        Verdict = DayVerdict.Empty,
    };

    /// <summary>Every list as long as it gets, names and words as long as they get.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="heavy">Whether they are in a writing that takes many bytes, and links as long as they may be.</param>
    public static (Digest Digest, IReadOnlyDictionary<string, Quote> Quotes, DigestLinks Links) Fullest(string language, bool heavy = false)
    {
        var word = new string(heavy ? '界' : 'm', CommentLimits.Channel);
        IReadOnlyList<EventChannel> channels = [.. Enumerable.Range(0, 20).Select(i => new EventChannel(Page.Platform, $"{i}{word}"[..CommentLimits.Channel]))];
        IReadOnlyList<string> topics = ["delivery", "price"];
        IReadOnlyList<string> used = [.. Enumerable.Range(0, 6).Select(i => $"{i}{word}"[..40])];
        string Id(string of, int i) => $"{of}{i}";
        static Capped<T> Full<T>(int most, Func<int, T> one) => new(1_000, [.. Enumerable.Range(0, most).Select(one)]);
        Capped<PersonItem> Group(string of) => Full(5, i => new PersonItem(Id(of, i), Page.Platform, new Dictionary<string, string> { ["it"] = new string('x', 120), ["en"] = new string('x', 120) }));
        Capped<HandoffItem> Handed5(string of) => Full(5, i => Handed(Id(of, i), Id(of, i), word[..40], late: true));

        var digest = Ordinary(language) with
        {
            Incidents = Full(5, i => Incident($"i{i}", Level.Mutiny, ScopeKind.Cause, 1_000, Compiled) with { Channels = channels, Concepts = topics, Words = used, Owner = word }),
            NeedsYou = Full(5, i => Need(Id("n", i)) with { Channel = word, Rule = "lungo" }),
            RuleNames = Enumerable.Range(0, 5).ToDictionary(i => $"r{i}", _ => word).Append(new("lungo", word)).ToDictionary(),
            ByChannel = Full(10, i => new ChannelDay(Page.Platform, channels[i].Channel, 100_000, 90_000, 1_000, 1, 99_998, 1, MoodBeside.Worse, 1_000_000, 10_000)),
            Causes = Full(5, i => Cause($"s{i}", [Id("c", i), Id("d", i), Id("e", i)], 100, 100, 100) with { Concepts = topics, Words = used, Channels = channels }),
            Questions = Full(3, i => Asked(Id("q", i), Id("a", i), 100, 100) with { Concepts = topics, Words = used, Channels = channels }),
            Handoffs = Handed5("h"),
            Threads = Full(3, i => new ThreadItem(Id("t", i), Page.Platform, word, ThreadHint.Unanswered, 100, 100, 100, Compiled)),
            People = new(90_000, 1_000, Group("f"), Group("b"), Group("w"), Group("o")),
            Policy = new(
                Enum.GetValues<Decision>().ToDictionary(d => d, _ => 100_000), 100_000, 100_000, 100_000, 100_000, 100_000,
                Enumerable.Range(0, 5).ToDictionary(i => $"r{i}", _ => 100_000), Enumerable.Range(0, 5).ToDictionary(i => $"r{i}", _ => 100_000)),
            Events = Full(5, i => new NotedEvent($"e{i}", EventKind.Campaign, word[..120], Compiled, Compiled, Expectation.Complaints, channels, word[..100])),
            Teams = new Dictionary<string, TeamPart> { ["assistenza"] = new(1_000, 1_000, 1_000, Handed5("h")) },
        };
        // An emoji takes most bytes of all; links with an ampersand take more than they are long.
        var (name, text) = heavy
            ? (string.Concat(Enumerable.Repeat("🧡", CommentLimits.Name / 2)), string.Concat(Enumerable.Repeat("🧡👍 ", 56)))
            : (new string('n', CommentLimits.Name), string.Concat(Enumerable.Repeat("così è ", 40)));
        var quotes = "ncdeqahtfbwo".SelectMany(of => Enumerable.Range(0, 5).Select(i => Id(of.ToString(), i)))
            .ToDictionary(id => id, id => new Quote(name, text, $"https://platform.example/p/{id}?a=1&b={new string('x', heavy ? 256 : 90)}"));
        var handoffs = Enumerable.Range(0, 5).ToDictionary(i => Id("h", i), _ => $"/api/handoffs/{new string('x', heavy ? 240 : 150)}");
        return (digest, quotes, new DigestLinks(Links.Letter, handoffs));
    }

    public static NeedItem Need(string outcome, string cause = "decision") =>
        new(outcome, Page.Platform, Page.Channel, cause, Decision.Escalate, "built-in/very-negative", Compiled.AddHours(-3), Compiled.AddHours(-1));

    private static IncidentItem Incident(string id, Level level, ScopeKind kind, int people, DateTimeOffset opened) =>
        new(id, level, kind, ["delivery"], ["pacco", "corriere"], people, [Page, Forum], opened, null, null);

    private static CauseItem Cause(string id, IReadOnlyList<string> examples, int people, int comments, int days) =>
        new(id, ["delivery"], ["pacco", "corriere"], people, comments, [Page, Forum, Video, new(Page.Platform, "altra")], new DateOnly(2026, 3, 7), days, 0.6, examples);

    private static QuestionItem Asked(string example, string? answer, int people, int before) =>
        new(example, ["delivery"], [], people, before, people - 3, [Forum], example, answer);

    private static HandoffItem Handed(string id, string outcome, string team, bool late) =>
        new(outcome, id, Page.Platform, team, Compiled.AddHours(-9), late ? Compiled.AddHours(-2) : Compiled.AddHours(6), false);

    private static Capped<PersonItem> Some(string outcome, int total, string it, string en) =>
        new(total, [new(outcome, Page.Platform, new Dictionary<string, string> { ["it"] = it, ["en"] = en })]);
}
