using FsCheck;
using FsCheck.Fluent;
using Moderato.Policy;
using Xunit;

namespace Moderato.Tests.Policy;

public sealed class WordMatcherTests
{
    [Theory]
    // As it is written, in any case, whole.
    [InlineData("balena", "Sei una balena")]
    [InlineData("balena", "BALENA!!!")]
    [InlineData("BALENA", "una balena.")]
    [InlineData("balena", "l'hai vista,balena?")]
    [InlineData("idiota", "sei un'idiota")]
    [InlineData("scam", "this is a scam's scam")]
    [InlineData("pena", "che pena")]
    [InlineData("ass", "you ass")]
    // Accents, at the end and inside, on either side.
    [InlineData("perché", "perche lo fai")]
    [InlineData("perche", "perché lo fai")]
    [InlineData("citta", "la citta' sporca")]
    [InlineData("cretino", "sei un crétìno")]
    [InlineData("l'oreal", "meglio L’Oréal Paris")]
    [InlineData("L'Oréal", "meglio l'oreal")]
    [InlineData("naïve", "so naive")]
    [InlineData("e\u0301toile", "une étoile")]
    // Italian forms.
    [InlineData("grassone", "che grassona")]
    [InlineData("grassone", "siete grassoni")]
    [InlineData("stronzo", "stronza")]
    [InlineData("stronzo", "le stronze")]
    [InlineData("stronza", "che stronzi")]
    [InlineData("pacco", "due pacchi")]
    [InlineData("amico", "gli amici")]
    [InlineData("porco", "porche")]
    [InlineData("vecchio", "vecchie")]
    [InlineData("vecchia", "i vecchi")]
    [InlineData("faccia", "facce di bronzo")]
    [InlineData("cane", "dei cani")]
    [InlineData("truffatore", "truffatrici")]
    [InlineData("fascista", "fascisti")]
    [InlineData("sconti", "uno sconto")]
    [InlineData("boicottare", "boicottiamoli, boicottate tutto")]
    [InlineData("boicottare", "io boicotto")]
    [InlineData("boicottare", "hanno boicottato")]
    [InlineData("fregare", "mi freghi sempre")]
    [InlineData("mangiare", "mangerete")]
    [InlineData("vendere", "lo vendete")]
    [InlineData("tradire", "tradisce")]
    [InlineData("lamentarsi", "vi lamentate")]
    // English forms.
    [InlineData("scam", "all scams")]
    [InlineData("scam", "I got scammed")]
    [InlineData("scam", "stop scamming")]
    [InlineData("bitch", "bitches")]
    [InlineData("cry", "she cried, cries")]
    [InlineData("thief", "thieves!")]
    [InlineData("fake", "faking it")]
    // Disguises.
    [InlineData("grassone", "sei un gr4ss0ne")]
    [InlineData("grassone", "g r a s s o n e")]
    [InlineData("grassone", "sei un g.r.a.s.s.o.n.e e basta")]
    [InlineData("grassone", "è g r a s s o n e e basta")]
    [InlineData("grassone", "G-R-A-S-S-O-N-A")]
    [InlineData("grassone", "grassoneee")]
    [InlineData("grassone", "graaaassoneee")]
    [InlineData("grassone", "gr***one")]
    [InlineData("grassone", "grass***!")]
    [InlineData("grassone", "grasson*")]
    [InlineData("grassone", "gr@$$one")]
    [InlineData("grassone", "**grassone**")]
    [InlineData("grassone", "_grassone_ \"grassone\"")]
    [InlineData("grassone", "gras\u200bsone")]
    [InlineData("grassone", "ｇｒａｓｓｏｎｅ")]
    [InlineData("scam", "it is a $cam")]
    [InlineData("cretino", "cret!no")]
    [InlineData("balena", "ba1ena")]
    [InlineData("merda", "merrrda")]
    [InlineData("free", "freeeee")]
    [InlineData("stronzo", "strooonzo")]
    [InlineData("idiota", "1d1ot4")]
    // A star at the end.
    [InlineData("scont*", "scontissimo")]
    [InlineData("scont*", "SCONTI")]
    [InlineData("scont*", "che sc0ntone")]
    [InlineData("scont*", "sc*ntati")]
    [InlineData("codice scont*", "il codice sconto")]
    // Several words.
    [InlineData("pacco rotto", "arrivati pacchi rotti")]
    [InlineData("pacco rotto", "il pacco\u00a0  ROTTO")]
    [InlineData("pacco rotto", "p4cco rott*")]
    [InlineData("pacco rotto", "un \"pacco\" rotto")]
    [InlineData("faccia di merda", "che faccia di m3rda")]
    [InlineData("Pippo Store", "su pippo store")]
    [InlineData("c'è puzza", "C’è puzza")]
    [InlineData("non comprate da loro mai più", "Non comprate da loro mai piu!")]
    // Hyphens, digits, signs, hashtags, mentions, addresses.
    [InlineData("e-commerce", "un e-commerce")]
    [InlineData("e-commerce", "un ecommerce")]
    [InlineData("3x2", "offerta 3x2!")]
    [InlineData("18+", "solo 18+")]
    [InlineData("50%", "meno 50% oggi")]
    [InlineData("H&M", "meglio h&m")]
    [InlineData("s.p.a.", "la Rossi S.p.A.")]
    [InlineData("2024", "nel 2024.")]
    [InlineData("9,99", "a 9,99 euro")]
    [InlineData("#boicotta", "#Boicotta")]
    [InlineData("#boicotta", "boicotta questi")]
    [InlineData("boicotta", "#boicotta")]
    [InlineData("#boicotta_pippo", "#boicotta_pippo")]
    [InlineData("@rivalshop", "seguite @rivalshop")]
    [InlineData("@rivalshop", "meglio rivalshop")]
    [InlineData("rivalshop", "comprate su https://www.rivalshop.it/offerte")]
    [InlineData("pippo.it", "andate su pippo.it")]
    // Emoji and other scripts.
    [InlineData("🤡", "sei un 🤡🤡")]
    [InlineData("🤡", "pagliaccio🤡")]
    [InlineData("🖕", "🖕🏽")]
    [InlineData("❤", "❤️")]
    [InlineData("👨‍👩‍👧", "la 👨‍👩‍👧")]
    [InlineData("🇮🇹", "🇮🇹")]
    [InlineData("🐷 schifoso", "🐷 schifosi")]
    [InlineData("дурак", "ты ДУРАК!")]
    [InlineData("μαλάκας", "ΜΑΛΑΚΑς")]
    [InlineData("垃圾", "这是垃圾东西")]
    public void IsFound(string entry, string text)
    {
        Assert.True(Matches(entry, text));
        Assert.Null(WordEntry.ProblemWith(entry));
    }

    [Theory]
    // Other words.
    [InlineData("pena", "una penna")]
    [InlineData("penna", "che pena")]
    [InlineData("casa", "la cassa")]
    [InlineData("casa", "in ogni caso, i casi")]
    [InlineData("caso", "a casa, le case")]
    [InlineData("modo", "la moda")]
    [InlineData("balena", "un baleno")]
    [InlineData("cane", "nel canestro")]
    [InlineData("ass", "passare, assai, class")]
    [InlineData("pene", "che pena le penne")]
    [InlineData("mania", "le mani")]
    [InlineData("rat", "well rated, rate it")]
    [InlineData("new", "the news")]
    [InlineData("cell", "cello")]
    [InlineData("solare", "solo il sole, da soli")]
    [InlineData("portare", "il porto e la porta")]
    [InlineData("popolare", "il popolo")]
    [InlineData("cosa", "così non va")]
    [InlineData("telefonare", "un telefonino")]
    [InlineData("città", "citto")]
    [InlineData("scam", "scampo, scamosciato")]
    [InlineData("art", "party")]
    [InlineData("spam", "spampinato")]
    // What hides nothing.
    [InlineData("grassone", "g r a s s o")]
    [InlineData("ass", "a s s")]
    [InlineData("estro", "c a n e s t r o")]
    [InlineData("cane", "c***")]
    [InlineData("cane", "****")]
    [InlineData("perdente", "**per** favore")]
    [InlineData("prezzolato", "prezzo*")]
    [InlineData("cane", "5 stelle * * * *")]
    [InlineData("oie", "013")]
    [InlineData("grassone", "gr*one")]
    // Several words, parted.
    [InlineData("pacco rotto", "pacco, rotto")]
    [InlineData("pacco rotto", "il pacco. Rotto il vetro")]
    [InlineData("pacco rotto", "pacco... rotto")]
    [InlineData("pacco rotto", "pacco\nrotto")]
    [InlineData("pacco rotto", "pacco - rotto")]
    [InlineData("pacco rotto", "pacco 😀 rotto")]
    [InlineData("pacco rotto", "pacco sempre rotto")]
    [InlineData("pacco rotto", "rotto pacco")]
    [InlineData("pacco rotto", "pacco")]
    [InlineData("codice scont*", "sconto codice")]
    // Stars, signs, addresses, emoji.
    [InlineData("scont*", "nascondere, riscontro")]
    [InlineData("50%", "50 euro")]
    [InlineData("18+", "18 anni")]
    [InlineData("3x2", "3 x 4")]
    [InlineData("scam", "https://esempio.it/scam?scam=scam")]
    [InlineData("#boicotta", "#boicottaggio")]
    [InlineData("🤡", "🤢")]
    [InlineData("👨", "👨‍👩‍👧")]
    [InlineData("❤", "<3")]
    // What the check refuses is never found.
    [InlineData("", "testo")]
    [InlineData("!!!", "testo!!!")]
    [InlineData("*", "testo *")]
    [InlineData("€", "5 €")]
    public void IsNotFound(string entry, string text) => Assert.False(Matches(entry, text));

    [Theory]
    [InlineData("store", "pippostore", true)]
    [InlineData("store", "pippo $t0re24", true)]
    [InlineData("store", "stereo", false)]
    [InlineData("ass", "passare", true)]
    [InlineData("grassone", "supergrassoni", true)]
    [InlineData("cazzone", "c*zzone", true)]
    [InlineData("pippo shop", "superpippo shopping", true)]
    [InlineData("scont*", "riscontro", true)]
    [InlineData("pippo", "pip po", false)]
    public void NotOnlyWhole(string entry, string text, bool expected) => Assert.Equal(expected, Matches(entry, text, whole: false));

    [Theory]
    [InlineData("grassone", "grassone", true)]
    [InlineData("grassone", "GR4SSONEEE", true)]
    [InlineData("grassone", "grassoni", false)]
    [InlineData("scam", "scams", false)]
    [InlineData("Pippo", "pippi", false)]
    public void WithoutOtherForms(string entry, string text, bool expected) => Assert.Equal(expected, Matches(entry, text, inflect: false));

    [Fact]
    public void EachOfManyListsIsTold()
    {
        var lists = Enumerable.Range(0, 200).Select(i => new WordList($"list {i}", [$"parola{Letters(i)}", "comune", $"due {Letters(i)}qq"], Inflect: i % 2 == 0)).ToList();
        var matcher = new WordMatcher(lists);
        Assert.Equal(200, matcher.Count);
        var found = new ulong[4];

        matcher.Match($"una parola{Letters(7)}, parola{Letters(64)} e due {Letters(199)}qq", found);
        Assert.Equal([7, 64, 199], Bits(found));

        Array.Clear(found);
        matcher.Match("comune", found);
        Assert.Equal(Enumerable.Range(0, 200), Bits(found));
    }

    [Fact]
    public void WhatWasFoundBeforeStays()
    {
        ulong[] found = [2];
        new WordMatcher([new("a", ["cane"]), new("b", ["gatto"])]).Match("un cane", found);
        Assert.Equal(3UL, found[0]);
    }

    [Fact]
    public void WithoutListsNothingIsFound() => new WordMatcher([]).Match("testo", []);

    [Fact]
    public void MoreThanTheLimitIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordMatcher([.. Enumerable.Repeat(new WordList("a", []), 513)]));

    [Fact]
    public void NoTextThrows()
    {
        var matcher = new WordMatcher(
        [
            new("words", ["balena", "pacco rotto", "scont*", "🤡", "3x2", "l'oreal", "", "*", "a*b", "😀😀😀"]),
            new("inside", ["ass", "cazz*", "b", "垃圾"], Whole: false),
            new("phrases", [string.Join(' ', Enumerable.Repeat("a", 16)), string.Join(' ', Enumerable.Repeat("a", 40))]),
        ]);
        var pieces = Gen.Elements("balena", "b4l", "*", "@", "$", "!", "€", " ", ".", "g r a s", "a ", "\ud83e", "🤡", "\ufe0f", "https://", "www.", "x.it/", "1\ufe0f\u20e3",
            "'", "\n", "<b>", "&amp;", "aaaa", "\u0301", "\u200d", "ß", "İ", "垃圾", "_", "-", new string('a', 70), new string('*', 70));
        var texts = Gen.OneOf(ArbMap.Default.GeneratorFor<string>(), pieces.ArrayOf().Select(string.Concat));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            matcher.Match(text ?? "", new ulong[1]);
            return WordEntry.ProblemWith(text ?? "") is null or { English.Length: > 0, Italian.Length: > 0 };
        }));
    }

    [Fact]
    public void AListedWordIsFoundBetweenSpaces()
    {
        var letters = Gen.Elements("abcdefghijklmnopqrstuvwxyzàèéìòùçñABCЖдαώ".ToCharArray());
        var words = letters.NonEmptyListOf().Select(word => string.Concat(word.Take(60)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(words.ToArbitrary(), word => Matches(word, $" {word} ") && Matches(word, $"ecco {word} qui")));
    }

    [Fact]
    public void HostileTextsAreReadToTheEnd()
    {
        var matcher = new WordMatcher([.. Enumerable.Range(0, 200).Select(i => new WordList("a", [$"s{Letters(i)}one", $"s{Letters(i)} o"], Whole: i % 2 == 0))]);
        foreach (var text in (string[])["a@", "s*o ", "a ", "a.", "aaaa", "1", "$a", "*", "a*", "a-", "s!a", "垃圾"])
            Assert.True(matcher.Matches($"{string.Concat(Enumerable.Repeat(text, 20_000))}, s{Letters(0)}one", 0), text);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \t", "empty")]
    [InlineData("!!!", "neither")]
    [InlineData("*", "neither")]
    [InlineData("€ + %", "neither")]
    [InlineData("sc*nto", "star")]
    [InlineData("*sconto", "star")]
    [InlineData("scont**", "star")]
    [InlineData("scont* forte", "star")]
    [InlineData("sconto *", "star")]
    [InlineData("uno due tre quattro cinque sei sette", "6 words")]
    public void WhatIsWrongWithAnEntryIsSaid(string entry, string words) => Assert.Contains(words, WordEntry.ProblemWith(entry)?.English, StringComparison.Ordinal);

    [Fact]
    public void AnEntryHasAtMostAHundredCharacters()
    {
        Assert.Null(WordEntry.ProblemWith(new string('a', 100)));
        Assert.Contains("100 characters", WordEntry.ProblemWith(new string('a', 101))?.English, StringComparison.Ordinal);
    }

    [Fact]
    public void OrdinaryWordsThatAPatternSitsInsideAreNamed()
    {
        Assert.Contains("passare", OrdinaryWords.CaughtBy("ass", whole: false, inflect: true, most: 1000));
        Assert.Contains("scontrino", OrdinaryWords.CaughtBy("scont*", whole: true, inflect: true, most: 1000));
        Assert.Equal(3, OrdinaryWords.CaughtBy("ass", whole: false, inflect: true, most: 3).Count);
        Assert.True(OrdinaryWords.CaughtBy("ass", whole: false, inflect: true, most: int.MaxValue).Count > 20);
    }

    [Theory]
    [InlineData("ass", true)]
    [InlineData("grassone", false)]
    [InlineData("pacco rotto", false)]
    [InlineData("🤡", false)]
    [InlineData("", false)]
    [InlineData("boicott*", true)]
    public void WhereNothingOrdinaryIsCaughtNothingIsNamed(string entry, bool whole) => Assert.Empty(OrdinaryWords.CaughtBy(entry, whole, inflect: true, most: int.MaxValue));

    [Fact]
    public void AStemsOwnWordsAreNoWarning()
    {
        var caught = OrdinaryWords.CaughtBy("scont*", whole: true, inflect: true, most: 1000);
        Assert.DoesNotContain("sconto", caught);
        Assert.DoesNotContain("sconti", caught);
        Assert.DoesNotContain("pacchi", OrdinaryWords.CaughtBy("pacco", whole: false, inflect: true, most: 1000));
    }

    private static bool Matches(string entry, string text, bool whole = true, bool inflect = true) =>
        new WordMatcher([new WordList("list", [entry], whole, inflect)]).Matches(text, 0);

    /// <summary>A word for a number, of letters that hide nothing.</summary>
    private static string Letters(int number) => $"{(char)('a' + (number / 20))}x{(char)('a' + (number % 20))}q";

    private static IEnumerable<int> Bits(ulong[] found) => Enumerable.Range(0, found.Length * 64).Where(i => (found[i / 64] >> (i % 64) & 1) != 0);
}
