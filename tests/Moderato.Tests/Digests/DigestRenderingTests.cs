using System.Text;
using AngleSharp.Html.Parser;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Mail;
using Moderato.Policy;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed class DigestRenderingTests
{
    private const string Hostile = "<script>alert(\"x\")</script>'&amp;";

    [Theory]
    [InlineData(
        "it", "martedì 10 marzo 2026", "C’è un allarme, e coinvolge 23 persone.", "Malumore: più gente scontenta del solito", "23 persone su Instagram · bottega.demo, Forum · Assistenza e resi.",
        "Da martedì 10 marzo, ore 14:00: ancora in corso.", "Nessuno se ne occupa ancora.", "Se ne occupa Anna.", "Ha bisogno di te (3 su 12)", "Carla Venturi su Instagram · bottega.demo",
        "Il tono è molto scontento: meglio rispondere presto.", "Aspetta da 3 ore, in ritardo di un’ora. Intanto è visibile a tutti.", "Chi l’ha scritto l’ha cambiato dopo la decisione.",
        "Trattieni chi promette sconti che non ci sono.", "904 commenti di 611 persone, 40 per la prima volta", "320 commenti di 150 persone, una per la prima volta", "Negativi 280 · Neutri 400 · Positivi 224",
        "Più scontento del solito: 31\u00a0% negativi su 904, di solito 12\u00a0% su 21.400.", "Come al solito: 9\u00a0% negativi su 320, di solito 10\u00a0% su 8.120.", "Ancora poco per confrontare.",
        "Di che cosa si lamenta la gente (2 su 7)", "(«pacco», «corriere»)", "«confezione», «aperta»", "e altri 2 canali. Aperto da 4 giorni.", "Comincia oggi.", "Piero: «Nove giorni per tre saponette. Nove.»",
        "12 persone negli ultimi sette giorni, 4 nei sette prima", "9 non hanno avuto risposta.", "nessuna nei sette prima", "Domanda: «Ma la crema al miele", "Risposta: «Sì, dai tre anni in su;",
        "Team assistenza", "in ritardo di 2 ore", "Conversazioni da riprendere", "YouTube: piaceva, poi si è fermata", "24 positivi", "Hanno scritto 784 persone, 53 per la prima volta.", "Da accogliere (1 su 53)",
        "Ti sostengono", "Riconquistati", "Da tenere d’occhio (1 su 2)", "Approvati", "1.190", "Su 31 commenti ha deciso una persona, 6 volte diversamente dalla regola.",
        "Dei 48 commenti nascosti, 7 (15\u00a0%) erano critiche civili.", "Forse le regole sono un po’ severe", "Regole in prova", "Campagna: Saldi di fine inverno", "Ci si aspetta più commenti del solito. Lo ha segnato Anna.",
        "su tutti i canali.", "Ricevuti 1.284, decisi 1.279, doppioni 12, in corso 4, parcheggiati 1, persi 0. Non si è perso nulla.", "Non voglio più queste mail")]
    [InlineData(
        "en", "Tuesday 10 March 2026", "There is an alarm, and it involves 23 people.", "Unrest: more unhappy people than usual", "Nobody looks after it yet.", "Needs you (3 of 12)", "Waiting for 3 hours, 1 hour late.",
        "Unhappier than usual: 31% negative of 904, usually 12% of 21,400.", "As usual: 9% negative of 320, usually 10% of 8,120.", "Too little to compare yet.", "Open for 4 days.", "“Nove giorni per tre saponette. Nove.”",
        "Of the 48 hidden comments 7 (15%) were fair criticism.", "Perhaps the rules are a little strict", "A person decided about 31 comments, 6 times otherwise than the rule.", "53 for the first time", "first comment, and happy",
        "Received 1,284, decided 1,279, duplicates 12, under way 4, parked 1, lost 0. Nothing was lost.", "I no longer want these mails")]
    public void BothPartsSayEverything(string language, params string[] phrases)
    {
        var (html, text) = LetterLooksTests.Render("ordinary", language);
        foreach (var part in new[] { OneLine(Parse(html).Body!.TextContent), OneLine(text) })
            Assert.All(phrases.Skip(1), phrase => Assert.Contains(phrase, part, StringComparison.Ordinal));
        Assert.Contains(phrases[0], Parse(html).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(phrases[0].ToUpperInvariant(), text, StringComparison.Ordinal);
        Assert.Equal(language, Parse(html).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public void WhatIsUrgentComesFirstAndTheAccountsLast()
    {
        var headings = Parse(LetterLooksTests.Render("ordinary", "it").Html).QuerySelectorAll("h2").Select(h => h.TextContent.Split(" (")[0]);
        Assert.Equal(
            [
                "Allarmi", "Ha bisogno di te", "Come va, canale per canale", "Di che cosa si lamenta la gente", "Domande che tornano, con una risposta da preparare", "Affidati a un team che non ha ancora risposto",
                "Conversazioni da riprendere", "Le persone", "Che cosa è stato deciso", "In calendario",
            ],
            headings);
    }

    [Fact]
    public void WhatComesFromOutsideIsTextAndNeverMarkup()
    {
        var digest = SampleLetters.Empty("it") with
        {
            NeedsYou = new(2, [SampleLetters.Need("o1") with { Rule = Hostile, Channel = Hostile }, SampleLetters.Need("o2")]),
        };
        var seen = Parse(DigestHtml.Render(
            digest,
            new Dictionary<string, Quote>
            {
                ["o1"] = new(Hostile, Hostile, "https://x.example/?a=1&b=\"><script>alert(1)</script>"),
                ["o2"] = new(Hostile, Hostile, "https://x.example/?a=1&b='2'"),
            },
            "it", SampleLetters.Links));
        Assert.Empty(seen.QuerySelectorAll("script, img, link, iframe, object, form, svg"));
        Assert.DoesNotContain(seen.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(6, seen.QuerySelectorAll("span[dir=auto]").Count(e => e.TextContent == Hostile)); // two names, two quotes, a channel, a rule
        Assert.Contains(seen.QuerySelectorAll("a"), a => a.GetAttribute("href") == "https://x.example/?a=1&b='2'");
        Assert.Contains("Bottega <Demo> & figli", seen.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Bottega <Demo> & figli", seen.Title!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://x.example/1", true)]
    [InlineData("http://x.example/1", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JavaScript:alert(1)//https://x.example", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//x.example/1", false)]
    [InlineData("x.example", false)]
    [InlineData("https://x.example/\nPersi 0.", false)]
    public void OnlyAWebAddressBecomesALink(string? permalink, bool isLink)
    {
        var (html, text) = Needing(new Quote("Anna", "words", permalink));
        Assert.Equal(isLink ? [permalink] : [], Parse(html).QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        if (permalink is { Length: > 0 })
            Assert.Equal(isLink, text.Contains($"  {permalink}\n", StringComparison.Ordinal));
    }

    [Fact]
    public void AnAddressThatMakesAMailTooLongIsLeftOut() => Assert.DoesNotContain("<a ", Needing(new Quote("Anna", "words", $"https://x.example/{new string('x', 2_000)}")).Html, StringComparison.Ordinal);

    [Theory]
    [InlineData("Anna\nPersi 99.", "ciao")]
    [InlineData("Anna\r\nPersi 99.", "ciao")]
    [InlineData("Anna", "ciao\u2028Persi 99.")]
    [InlineData("Anna", "ciao\u0085Persi 99.\nPersi 99.")]
    [InlineData("Anna", "ciao\u2069Persi 99.\u2068")]
    [InlineData("\u202eanna", "ciao\u0000\u001bPersi 99.")]
    public void NobodysWordsLookLikeALineOfTheDigest(string author, string words)
    {
        var (html, text) = Needing(new Quote(author, words, null));
        Assert.DoesNotContain(text.Split('\n', '\u2028', '\u0085', '\r'), l => l.TrimStart().StartsWith("Persi 99", StringComparison.Ordinal));
        Assert.DoesNotContain(text + html, c => c is '\u202e' or '\u0000' or '\u001b' or '\u2068' or '\u2069');
    }

    [Fact]
    public void WhatIsWrittenFromRightToLeftTurnsNothingElseAround()
    {
        var (html, text) = Needing(new Quote("דנה", "מתי תחזרו?", null));
        Assert.Contains("* \u2068דנה\u2069 su Instagram", text, StringComparison.Ordinal);
        Assert.Contains("<span dir=\"auto\">דנה</span> su Instagram", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it", "Autore sconosciuto", "Nel frattempo il commento è stato tolto.")]
    [InlineData("en", "Unknown author", "The comment has been taken down since.")]
    public void WhatWasRemovedSinceIsNotQuoted(string language, string anonymous, string gone)
    {
        var digest = SampleLetters.Empty(language) with { NeedsYou = new(1, [SampleLetters.Need("o1")]) };
        var text = DigestText.Render(digest, SomeDay.NoQuotes, language, DigestLinks.None);
        Assert.Contains($"* {anonymous} ", text, StringComparison.Ordinal);
        Assert.Contains(gone, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it", "In questa giornata non è arrivato nessun commento.", "Nessun commento aspetta una tua decisione.", "Non si è perso nulla.")]
    [InlineData("en", "No comment arrived on this day.", "No comment is waiting for your decision.", "Nothing was lost.")]
    public void AnEmptyDayIsAShortLetterThatSaysSo(string language, params string[] lines)
    {
        var (html, text) = LetterLooksTests.Render("empty", language);
        foreach (var part in new[] { OneLine(text), OneLine(Parse(html).Body!.TextContent) })
            Assert.All(lines, line => Assert.Contains(line, part, StringComparison.Ordinal));
        Assert.Empty(Parse(html).QuerySelectorAll("h2"));
        Assert.InRange(text.Length, 0, 700);
    }

    [Theory]
    [InlineData("it", "nessun commento", DayVerdict.Empty, 0)]
    [InlineData("it", "1 commento ti aspetta", DayVerdict.NeedsYou, 1)]
    [InlineData("it", "1.200 commenti ti aspettano", DayVerdict.NeedsYou, 1200)]
    [InlineData("it", "tutto tranquillo, 1 commento", DayVerdict.Quiet, 1)]
    [InlineData("it", "attenzione, 1 commento risulta perso", DayVerdict.Lost, 1)]
    [InlineData("it", "attenzione, 2 commenti risultano persi", DayVerdict.Lost, 2)]
    [InlineData("it", "allarme, 1 persona coinvolta", DayVerdict.Alarm, 1)]
    [InlineData("it", "allarme, 23 persone coinvolte", DayVerdict.Alarm, 23)]
    [InlineData("en", "no comments", DayVerdict.Empty, 0)]
    [InlineData("en", "1 comment is waiting for you", DayVerdict.NeedsYou, 1)]
    [InlineData("en", "all quiet, 1,200 comments", DayVerdict.Quiet, 1200)]
    [InlineData("en", "attention, 2 comments are lost", DayVerdict.Lost, 2)]
    [InlineData("en", "alarm, 1 person involved", DayVerdict.Alarm, 1)]
    public void TheSubjectIsTheVerdictAndOneNumber(string language, string verdict, DayVerdict day, int number)
    {
        var digest = SampleLetters.Empty("it") with { Verdict = day, VerdictNumber = number };
        Assert.Equal($"Bottega <Demo> & figli: {verdict}", DigestWords.Of(language).Subject(digest));
        Assert.Contains(DigestWords.Of(language).VerdictSentence(digest), OneLine(DigestText.Render(digest, SomeDay.NoQuotes, language, DigestLinks.None)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it", 2026, 3, 2, 7, "settimana dal 2 all’8 marzo 2026")]
    [InlineData("it", 2026, 6, 1, 7, "settimana dal 1° al 7 giugno 2026")]
    [InlineData("it", 2026, 6, 8, 7, "settimana dall’8 al 14 giugno 2026")]
    [InlineData("it", 2026, 3, 30, 7, "settimana dal 30 marzo al 5 aprile 2026")]
    [InlineData("it", 2025, 12, 29, 7, "settimana dal 29 dicembre 2025 al 4 gennaio 2026")]
    [InlineData("it", 2026, 6, 1, 1, "lunedì 1° giugno 2026")]
    [InlineData("en", 2026, 3, 2, 7, "week from 2 to 8 March 2026")]
    [InlineData("en", 2026, 3, 30, 7, "week from 30 March to 5 April 2026")]
    [InlineData("en", 2025, 12, 29, 7, "week from 29 December 2025 to 4 January 2026")]
    public void DaysAndWeeksAreSaidAsPeopleSayThem(string language, int year, int month, int day, int days, string said) =>
        Assert.Equal(said, DigestWords.Of(language).Span(SampleLetters.Empty(language) with { Date = new DateOnly(year, month, day), Days = days }));

    [Fact]
    public void WhereSomethingIsLostNobodySaysThatNothingIs()
    {
        var digest = SampleLetters.Ordinary("it") with { Completeness = new Completeness(5, 4, 0, 0, 0, 1) };
        var links = DigestLinks.None;
        Assert.DoesNotContain("Non si è perso nulla", OneLine(DigestText.Render(digest, SomeDay.NoQuotes, "it", links)) + DigestHtml.Render(digest, SomeDay.NoQuotes, "it", links), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 9, false)]
    [InlineData(100, 10, true)]
    [InlineData(3, 0, false)]
    [InlineData(0, 0, false)]
    public void TheRulesAreDoubtedFromATenthOn(int hidden, int fair, bool doubted)
    {
        var digest = SampleLetters.Ordinary("it");
        var text = OneLine(DigestText.Render(digest with { Policy = digest.Policy with { Hidden = hidden, HiddenFairCriticism = fair } }, SomeDay.NoQuotes, "it", DigestLinks.None));
        Assert.Equal(doubted, text.Contains("Forse le regole sono un po’ severe", StringComparison.Ordinal));
    }

    [Fact]
    public void ALetterCallsAPageWhatPeopleCallIt()
    {
        var (facebook, instagram) = (PlatformId.Parse("facebook"), PlatformId.Parse("instagram"));
        var sources = new Sources(
        [
            new Source("page", facebook, SomeDay.Community, []) { Name = "Bottega Demo" },
            new Source("one", instagram, SomeDay.Community, []) { Name = "La bottega", Account = "17841" },
            new Source("two", instagram, SomeDay.Community, []),
        ]);
        Assert.Equal(
            ["Bottega Demo", "un.gruppo", "La bottega", "17842"],
            [Name(facebook, "100200300"), Name(facebook, "un.gruppo"), Name(instagram, "17841"), Name(instagram, "17842")]);
        var day = new ChannelDay(facebook, "100200300", 3, 2, 1, 1, 1, 1, MoodBeside.Unknown, 0, 0);
        var digest = (SampleLetters.Ordinary("it") with { ByChannel = new(1, [day]) }).Named(sources);
        Assert.Contains("Facebook · Bottega Demo", DigestText.Render(digest, SomeDay.NoQuotes, "it", DigestLinks.None), StringComparison.Ordinal);

        string Name(PlatformId platform, string channel) => sources.NameOf(SomeDay.Community, platform, channel);
    }

    [Theory]
    [InlineData("it")]
    [InlineData("en")]
    public void EveryBuiltInRuleHasItsWords(string language) => Assert.All(
        [.. BuiltInPolicy.Policy.RuleIds, "protective-mode"],
        rule => Assert.DoesNotContain(Foreign.Of(rule), DigestWords.Of(language).Because(SampleLetters.Empty(language), $"built-in/{rule}"), StringComparison.Ordinal));

    [Theory]
    [InlineData(1, 0, 0, "████████████████████")]
    [InlineData(0, 1, 0, "▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒")]
    [InlineData(0, 0, 9, "░░░░░░░░░░░░░░░░░░░░")]
    [InlineData(1, 0, 1, "██████████░░░░░░░░░░")]
    [InlineData(39, 0, 1, "████████████████████")]
    [InlineData(1, 1, 1, "███████▒▒▒▒▒▒░░░░░░░")]
    [InlineData(0, 0, 0, "▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒")]
    public void ABarAlwaysHasTheSameLength(int negative, int neutral, int positive, string bar)
    {
        var x = PlatformId.Parse("x");
        var digest = SampleLetters.Empty("it") with { ByChannel = new(1, [new ChannelDay(x, "x", 9, 9, 0, negative, neutral, positive, MoodBeside.Unknown, 0, 0)]) };
        Assert.Contains($"  {bar}\n", DigestText.Render(digest, SomeDay.NoQuotes, "it", DigestLinks.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it", false, 80_000)]
    [InlineData("en", false, 80_000)]
    [InlineData("it", true, 102_000)] // whatever people write and link to, Gmail shows the whole of it
    public void TheFullestDigestIsNotCutOffByAnyMailProgram(string language, bool heavy, int most)
    {
        var (digest, quotes, links) = SampleLetters.Fullest(language, heavy);
        Assert.InRange(Encoding.UTF8.GetByteCount(DigestHtml.Render(digest, quotes, language, links)), 40_000, most);
    }

    [Fact]
    public void LinesOfTheTextPartAreShortWhereWordsAllowIt()
    {
        var text = LetterLooksTests.Render("ordinary", "it").Text;
        Assert.All(text.Split('\n').Where(l => l.Trim().Contains(' ', StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 72));
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it", "team assistenza", "vi sono stati affidati 12 commenti; ne avete chiusi 8, uno è tornato indietro.", "Sono da voi (2 su 9)", "L’avete già preso in carico.")]
    [InlineData("en", "team assistenza", "12 comments were handed to you; you dealt with 8, 1 went back.", "With you now (2 of 9)", "You have said that you saw it.")]
    public void ATeamReadsItsOwnPart(string language, params string[] phrases)
    {
        var (html, text) = LetterLooksTests.Render("team", language);
        Assert.All(phrases[1..], phrase => Assert.Contains(phrase, OneLine(text), StringComparison.Ordinal));
        Assert.All(phrases, phrase => Assert.Contains(phrase, OneLine(Parse(html).Body!.TextContent), StringComparison.Ordinal));
        Assert.Contains("https://moderato.example/api/handoffs/dG9rZW4\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ha bisogno di te", text, StringComparison.Ordinal);
        var nothing = DigestText.RenderTeam(SampleLetters.Empty(language), "assistenza", SomeDay.NoQuotes, language, DigestLinks.None);
        Assert.Contains(DigestWords.Of(language).NothingForTeam, OneLine(nothing), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTheAppsAddressThereAreNoLinksToIt()
    {
        var links = new DigestLinks(new LetterLinks(null, null), SampleLetters.Links.Pages);
        var html = DigestHtml.Render(SampleLetters.Ordinary("it"), SampleLetters.Quotes, "it", links);
        Assert.DoesNotContain("moderato.example", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Non voglio più", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("una frase di parole brevi e normali", 20, "una frase di parole…")]
    [InlineData("unaparolasenzafineeoltre", 10, "unaparola…")]
    [InlineData("breve", 5, "breve")]
    [InlineData("👩‍👩‍👧 famiglia", 4, "…")]
    public void AQuoteIsCutBetweenWordsAndNeverWithinACharacter(string text, int longest, string cut) => Assert.Equal(cut, Foreign.Cut(text, longest));

    private static (string Html, string Text) Needing(Quote quote)
    {
        var digest = SampleLetters.Empty("it") with { NeedsYou = new(1, [SampleLetters.Need("o1")]) };
        var quotes = new Dictionary<string, Quote> { ["o1"] = quote };
        return (DigestHtml.Render(digest, quotes, "it", DigestLinks.None), DigestText.Render(digest, quotes, "it", DigestLinks.None));
    }

    /// <summary>Where lines end is looked at elsewhere.</summary>
    private static string OneLine(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
