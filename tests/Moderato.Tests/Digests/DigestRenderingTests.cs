using AngleSharp.Html.Parser;
using Moderato.Comments;
using Moderato.Digests;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed class DigestRenderingTests
{
    private const string Hostile = "<script>alert(\"x\")</script>'&amp;";

    [Theory]
    [InlineData("it", "martedì 10 marzo 2026", "Ha bisogno di te (1 su 30)", "Ricevuti 1.234, decisi 1.230, doppioni 2, in corso 3, parcheggiati 1, persi 0.", "Non si è perso nulla.", "Tolti da chi li aveva scritti o dalla piattaforma: 4")]
    [InlineData("en", "Tuesday 10 March 2026", "Needs you (1 of 30)", "Received 1,234, decided 1,230, duplicates 2, under way 3, parked 1, lost 0.", "Nothing was lost.", "Taken down by their authors or by the platform: 4")]
    public void TheTextPartSaysEverything(string language, params string[] lines)
    {
        var digest = SomeDay.Digest(language, attention: [SomeDay.Item()], removed: 4);
        var text = DigestText.Render(digest, Quotes("Anna", "Una\r\nrisposta?"));
        Assert.Contains(lines[0].ToUpperInvariant(), text, StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.Contains("* Anna (instagram): ", text, StringComparison.Ordinal);
        Assert.Contains("  «Una risposta?»\n  https://x.example/1\n", text, StringComparison.Ordinal);
        Assert.Contains("  instagram · bottega\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it", "Approvati")]
    [InlineData("en", "Approved")]
    public void BothPartsSayTheSame(string language, string approved)
    {
        var digest = SomeDay.Digest(language, attention: [SomeDay.Item()], partial: true, removed: 4);
        var words = DigestWords.Of(language);
        var seen = Parse(DigestHtml.Render(digest, Quotes("Anna", "Una risposta?")));
        var text = DigestText.Render(digest, Quotes("Anna", "Una risposta?"));
        foreach (var part in new[] { seen.Body!.TextContent, text })
        {
            Assert.All(
                [words.PartialNote, words.NeedsYou, words.ByChannel, words.WhatWasDone, words.RemovedByAuthors, words.Accounts(digest.Completeness), words.NothingLost, approved, "Anna", "Una risposta?", words.Because(digest, "very-negative"), "bottega"],
                phrase => Assert.Contains(phrase, part, StringComparison.Ordinal));
        }
        Assert.Equal(language, seen.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public void WhatComesFromOutsideIsTextAndNeverMarkup()
    {
        var digest = SomeDay.Digest(
            channels: [new ChannelCount(PlatformId.Parse("instagram"), Hostile, 1, 1, 1)],
            attention: [SomeDay.Item(rule: Hostile), SomeDay.Item("o2")]);
        var seen = Parse(DigestHtml.Render(digest, new Dictionary<string, Quote>
        {
            ["o1"] = new(Hostile, Hostile, "https://x.example/?a=1&b=\"><script>alert(1)</script>"),
            ["o2"] = new(Hostile, Hostile, "https://x.example/?a=1&b='2'"),
        }));
        Assert.Empty(seen.QuerySelectorAll("script, style, img, link, iframe"));
        Assert.DoesNotContain(seen.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(2, seen.QuerySelectorAll("strong").Count(e => e.TextContent == Hostile));
        Assert.Equal(2, seen.QuerySelectorAll("p").Count(e => e.TextContent == $"«{Hostile}»"));
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
        var digest = SomeDay.Digest(attention: [SomeDay.Item()]);
        var quotes = new Dictionary<string, Quote> { ["o1"] = new("Anna", "words", permalink) };
        var links = Parse(DigestHtml.Render(digest, quotes)).QuerySelectorAll("a");
        Assert.Equal(isLink ? [permalink] : [], links.Select(a => a.GetAttribute("href")));
        if (permalink is { Length: > 0 })
            Assert.Equal(isLink, DigestText.Render(digest, quotes).Contains(permalink, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Anna\nPersi 99.", "ciao")]
    [InlineData("Anna\r\nPersi 99.", "ciao")]
    [InlineData("Anna", "ciao\u2028Persi 99.")]
    [InlineData("Anna", "ciao\u0085Persi 99.\nPersi 99.")]
    public void NobodysWordsLookLikeALineOfTheDigest(string author, string words)
    {
        var text = DigestText.Render(SomeDay.Digest(attention: [SomeDay.Item()]), Quotes(author, words));
        Assert.DoesNotContain(text.Split('\n', '\u2028', '\u0085', '\r'), l => l.TrimStart().StartsWith("Persi 99", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("it", "Autore sconosciuto")]
    [InlineData("en", "Unknown author")]
    public void WhatWasRemovedSinceIsNotQuoted(string language, string anonymous)
    {
        var digest = SomeDay.Digest(language, attention: [SomeDay.Item()]);
        Assert.Contains($"* {anonymous} (instagram)", DigestText.Render(digest, SomeDay.NoQuotes), StringComparison.Ordinal);
        Assert.DoesNotContain("«", DigestText.Render(digest, SomeDay.NoQuotes), StringComparison.Ordinal);
        Assert.DoesNotContain("«", DigestHtml.Render(digest, SomeDay.NoQuotes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it")]
    [InlineData("en")]
    public void AnEmptyDaySaysSo(string language)
    {
        var digest = SomeDay.Digest(language, Completeness.Empty, new Dictionary<Decision, int>(), [], []);
        var words = DigestWords.Of(language);
        foreach (var part in new[] { DigestText.Render(digest, SomeDay.NoQuotes), Parse(DigestHtml.Render(digest, SomeDay.NoQuotes)).Body!.TextContent })
        {
            Assert.Contains(words.EmptyDay, part, StringComparison.Ordinal);
            Assert.Contains(words.NothingLost, part, StringComparison.Ordinal);
            Assert.DoesNotContain(words.ByChannel, part, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("it", "nessun commento", 0, 0, 0)]
    [InlineData("it", "1 commento ti aspetta", 5, 0, 1)]
    [InlineData("it", "1.200 commenti ti aspettano", 5000, 0, 1200)]
    [InlineData("it", "tutto tranquillo, 1 commento", 1, 0, 0)]
    [InlineData("it", "attenzione, 1 commento risulta perso", 5, 1, 3)]
    [InlineData("it", "attenzione, 2 commenti risultano persi", 5, 2, 0)]
    [InlineData("en", "no comments", 0, 0, 0)]
    [InlineData("en", "1 comment is waiting for you", 5, 0, 1)]
    [InlineData("en", "all quiet, 1,200 comments", 1200, 0, 0)]
    [InlineData("en", "attention, 2 comments are lost", 5, 2, 3)]
    public void TheSubjectIsTheVerdictAndOneNumber(string language, string verdict, int received, int lost, int waiting) => Assert.Equal(
        $"Bottega <Demo> & figli: {verdict}",
        DigestWords.Of(language).Subject(SomeDay.Digest(
            language, new Completeness(received, received - lost, 0, 0, 0, lost), new Dictionary<Decision, int> { [Decision.Hold] = waiting })));

    [Fact]
    public void WhereSomethingIsLostNobodySaysThatNothingIs()
    {
        var digest = SomeDay.Digest(completeness: new Completeness(5, 4, 0, 0, 0, 1));
        Assert.DoesNotContain(DigestWords.Of("it").NothingLost, DigestText.Render(digest, SomeDay.NoQuotes) + DigestHtml.Render(digest, SomeDay.NoQuotes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it")]
    [InlineData("en")]
    public void EveryRuleHasItsWords(string language) => Assert.All(
        ["nothing-to-read", "distress", "threat", "attack", "rude-words", "spam", "links-from-newcomer", "several-links", "repeat-offender", "very-negative", "unclear"],
        rule => Assert.NotEqual(rule, DigestWords.Of(language).Because(SomeDay.Digest(), rule)));

    [Theory]
    [InlineData("it", "Regole in prova")]
    [InlineData("en", "Rules on trial")]
    public void OwnRulesGoByTheirNamesAndRulesOnTrialAreSaid(string language, string heading)
    {
        var digest = SomeDay.Digest(language, attention: [SomeDay.Item(rule: "insulti"), SomeDay.Item("o2", rule: "built-in/spam")]) with
        {
            RuleNames = new Dictionary<string, string> { ["insulti"] = "Trattieni gli <insulti>", ["prova"] = "Una prova" },
            Shadows = new Dictionary<string, int> { ["prova"] = 17 },
        };
        foreach (var part in new[] { Parse(DigestHtml.Render(digest, SomeDay.NoQuotes)).Body!.TextContent, DigestText.Render(digest, SomeDay.NoQuotes) })
            Assert.All(["Trattieni gli <insulti>", DigestWords.Of(language).Because(digest, "spam"), heading, "Una prova", "17"], phrase => Assert.Contains(phrase, part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 0, 0, "████████████████████")]
    [InlineData(0, 1, 0, "▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒")]
    [InlineData(0, 0, 9, "░░░░░░░░░░░░░░░░░░░░")]
    [InlineData(1, 0, 1, "██████████░░░░░░░░░░")]
    [InlineData(39, 0, 1, "████████████████████")]
    [InlineData(1, 1, 1, "███████▒▒▒▒▒▒░░░░░░░")]
    public void ABarAlwaysHasTheSameLength(int negative, int neutral, int positive, string bar) => Assert.Contains(
        $"  {bar}  ",
        DigestText.Render(SomeDay.Digest(channels: [new ChannelCount(PlatformId.Parse("x"), "x", negative, neutral, positive)]), SomeDay.NoQuotes),
        StringComparison.Ordinal);

    private static Dictionary<string, Quote> Quotes(string author, string words) => new() { ["o1"] = new Quote(author, words, "https://x.example/1") };

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
