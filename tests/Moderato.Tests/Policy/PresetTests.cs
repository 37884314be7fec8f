using Moderato.Actions;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Tests.Scoring;
using Xunit;

namespace Moderato.Tests.Policy;

/// <summary>The ready policies are right, in both languages, and do what a community manager would expect.</summary>
public sealed class PresetTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    public static TheoryData<string> Names => [.. Presets.Names];

    [Fact]
    public void ThereIsOneForEachTrade() => Assert.Equal(["association", "public-body", "publisher", "restaurant", "shop", "software"], Presets.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void APresetHasNothingWrongWithIt(string name)
    {
        Assert.Equal(["guidelines.en.md", "guidelines.it.md", "policy.yaml"], Presets.FilesOf(name));
        var reading = Read(name);
        Assert.Empty(reading.Problems.Select(p => $"{p.Line}:{p.Column} {p.English}"));
        Assert.NotNull(reading.Policy);
        foreach (var rule in reading.Policy.Rules)
            Assert.NotEqual(rule.Name.In("it"), rule.Name.In("en"));
        foreach (var template in reading.Policy.Templates.Values)
            Assert.Equal(["en", "it"], template.Variants.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheGuidelinesOfBothLanguagesHaveTheSameParagraphs(string name) =>
        Assert.Equal(Guideline(name, "it").Select(p => p.Number), Guideline(name, "en").Select(p => p.Number));

    [Theory]
    [MemberData(nameof(Names))]
    public void InsultsWaitAndCriticismStays(string name)
    {
        Assert.Equal(Decision.Hold, Try(name, "Siete degli incapaci, dei ladri schifosi, vergognatevi stronzi").Decision);
        Assert.Equal(Decision.Hold, Try(name, "Guadagna 5000 euro al mese da casa, scrivimi su WhatsApp per sapere come").Decision);
        Assert.True(Try(name, "Servizio pessimo, sono molto deluso e non tornerò più").Decision is Decision.Approve or Decision.Escalate);
        Assert.Equal(Decision.Approve, Try(name, "Bellissimo, complimenti a tutti!").Decision);
    }

    [Fact]
    public void AShopsQuestionAboutAnOrderGoesToItsPeopleWithAnAnswer()
    {
        var answer = Try("shop", "Buongiorno, dov'è il mio ordine? L'ho fatto una settimana fa e non è ancora arrivato");
        Assert.Equal(Decision.Approve, answer.Decision);
        Assert.NotNull(answer.Route);
        Assert.NotEmpty(answer.Reply!.Text);
        Assert.DoesNotContain('{', answer.Reply.Text);
        Assert.False(answer.Reply.Automatic);
    }

    [Fact]
    public void SpamWithALinkFromANewcomerIsHiddenInAShop() =>
        Assert.Equal(Decision.Hide, Try("shop", "Guadagna con le crypto da casa, 500 euro al giorno garantiti! Clicca qui https://soldi-facili.example/bonus", firstComment: true).Decision);

    private static PolicyReading Read(string name)
    {
        var guidelines = Guidelines.Of(new Dictionary<string, string> { ["it"] = Presets.Read(name, "guidelines.it.md"), ["en"] = Presets.Read(name, "guidelines.en.md") });
        return PolicyReader.Read(Presets.Read(name, Presets.PolicyFile), new PolicyContext(SomeFacts.Demo.Zone, Actors.Abilities, guidelines, SomeFacts.Now));
    }

    private static IReadOnlyList<Paragraph> Guideline(string name, string language)
    {
        var (paragraphs, problems) = Guidelines.Read(Presets.Read(name, $"guidelines.{language}.md"));
        Assert.Empty(problems);
        return paragraphs;
    }

    private TrialAnswer Try(string name, string text, bool firstComment = false) =>
        PolicyTrial.Try(Read(name).Policy!, "test", SomeFacts.Demo, TriedComment.Of(text, firstComment, author: "Anna"), fixture.Scorer);
}
