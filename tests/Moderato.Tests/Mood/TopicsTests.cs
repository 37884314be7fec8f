using FsCheck;
using FsCheck.Fluent;
using Moderato.Mood;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class TopicsTests
{
    [Theory]
    [InlineData("Il mio pacco è fermo da lunedì nel deposito del corriere", "delivery late lunedi deposito")]
    [InlineData("Mine has been stuck at the courier depot since Monday", "delivery late lunedi deposito")]
    [InlineData("nessuno mi ha mai risposto al telefono", "answer telefono")]
    [InlineData("I was charged twice and there is NO answer", "payment answer")]
    [InlineData("Ridatemi i soldi", "refund")]
    [InlineData("Non c’è mai parcheggio, e le strisce blu costano troppo", "parking price")]
    [InlineData("the wheelchair ramp is filthy", "access hygiene")]
    public void ATextIsAboutConceptsInEitherLanguage(string text, string expected) =>
        Assert.Equal(expected.Split(' ').Order(), Topics.Of(text).Select(t => t.Name).Where(n => expected.Contains(n, StringComparison.Ordinal)).Order());

    [Theory]
    [InlineData("Che vergogna!!! Uno schifo totale, siete pessimi", "total")]
    [InlineData("great, awesome, thank you so much!", "")]
    [InlineData("questi str*nzi di m3rda", "")]
    [InlineData("@Chiara Bellini 12345 https://posta.example/pagina", "")]
    [InlineData("", "")]
    [InlineData("🤔 !!", "")]
    public void FeelingsRudeWordsNamesAndLinksAreNoTopic(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Topics.Of(text).Select(t => t.Name)));

    [Theory]
    [InlineData("bloccati", "bloccata")]
    [InlineData("guarnizione", "guarnizioni")]
    [InlineData("valvola", "valvole")]
    [InlineData("poche", "poca")]
    [InlineData("cracked", "cracks")]
    [InlineData("batteries", "battery")]
    [InlineData("stopped", "stops")]
    [InlineData("PERCIÒ", "percio'")]
    public void FormsOfAWordAreOneWord(string one, string other)
    {
        var (first, second) = (one.ToLowerInvariant(), other.ToLowerInvariant());
        Assert.Equal(Stemmed(first), Stemmed(second));

        static string Stemmed(string word) => Stem.Of(word.Replace("ò", "o", StringComparison.Ordinal).TrimEnd('\'')).ToString();
    }

    [Theory]
    [InlineData("porta", "porto piatto")]
    [InlineData("valvola", "valle")]
    [InlineData("glass", "glad")]
    public void DifferentWordsStayDifferent(string one, string others) =>
        Assert.DoesNotContain(Stem.Of(one).ToString(), others.Split(' ').Skip(1).Select(o => Stem.Of(o).ToString()));

    [Fact]
    public void ACauseIsToldInConceptsAndInSharedWordsAsTheyAreWrittenMost()
    {
        string[] texts = ["Valvola rotta da lunedì", "due valvole rotte, lunedì chiamo", "altre valvole, dal lunedi", "Pippo"];
        var terms = texts.SelectMany(Topics.Of).Select(t => t.Id).Distinct().ToArray();

        var (concepts, words) = Topics.Describe(terms, texts);

        Assert.Equal(["quality"], concepts);
        Assert.Equal(["valvole", "lunedì"], words);
    }

    [Fact]
    public void AWordOfOnlyOnePersonIsNotTold()
    {
        var terms = Topics.Of("la signora Brambilla").Select(t => t.Id).ToArray();

        Assert.Empty(Topics.Describe(terms, ["la signora Brambilla", "altro"]).Words);
    }

    [Fact]
    public void EveryConceptHasANameInBothLanguages()
    {
        Assert.Equal("consegne e spedizioni", Topics.LabelOf("delivery", "it"));
        Assert.Equal("deliveries", Topics.LabelOf("delivery", "en"));
        Assert.All(TopicLexicon.BuiltIn.Concepts.Values, c => Assert.NotEqual(Topics.LabelOf(c.Name, "it"), Topics.LabelOf(c.Name, "en")));
        Assert.Throws<ArgumentException>(() => Topics.LabelOf("nothing", "it"));
        Assert.Throws<ArgumentException>(() => Topics.LabelOf("delivery", "de"));
    }

    [Fact]
    public void AnyTextHasFewTermsEachOnceConceptsFirst() => Check.QuickThrowOnFailure(Prop.ForAll<string?>(text =>
    {
        var terms = Topics.Of(text ?? "");
        Assert.InRange(terms.Count, 0, Topics.MostTerms);
        Assert.Equal(terms.Count, terms.Select(t => t.Id).Distinct().Count());
        Assert.Equal(terms.OrderByDescending(t => t.IsConcept).Select(t => t.Id), terms.Select(t => t.Id));
        Assert.Equal(terms, Topics.Of(text ?? ""));
    }));

    [Fact]
    public void ALongTextTakesNoLongTime() => Assert.Equal(Topics.MostTerms, Topics.Of(string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"parola{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}"))).Count);
}
