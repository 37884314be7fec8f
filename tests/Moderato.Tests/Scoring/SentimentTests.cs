using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class SentimentTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    [Theory]
    [InlineData("Spedizione velocissima, complimenti!", Sentiment.Positive)]
    [InlineData("Ottimo prodotto, lo ricomprerei subito", Sentiment.Positive)]
    [InlineData("Grazie mille, siete stati gentilissimi", Sentiment.Positive)]
    [InlineData("Bellissimo!!!", Sentiment.Positive)]
    [InlineData("bellooooo", Sentiment.Positive)]
    [InlineData("Adoro questa marca", Sentiment.Positive)]
    [InlineData("Bravissimi ragazzi", Sentiment.Positive)]
    [InlineData("Che bello, non vedo l'ora!", Sentiment.Positive)]
    [InlineData("Love this!", Sentiment.Positive)]
    [InlineData("Thank you so much, great service", Sentiment.Positive)]
    [InlineData("Amazing, best coffee in town", Sentiment.Positive)]
    [InlineData("I'm so happy with it :)", Sentiment.Positive)]
    [InlineData("Great job everyone", Sentiment.Positive)]
    [InlineData("❤️", Sentiment.Positive)]
    [InlineData("😍😍😍", Sentiment.Positive)]
    [InlineData("non è male", Sentiment.Positive)]
    [InlineData("Pessimo servizio, non comprerò mai più da voi", Sentiment.Negative)]
    [InlineData("che schifo", Sentiment.Negative)]
    [InlineData("CHE SCHIFOOOO", Sentiment.Negative)]
    [InlineData("Una vera vergogna", Sentiment.Negative)]
    [InlineData("Non funziona, voglio il rimborso", Sentiment.Negative)]
    [InlineData("Sono molto deluso", Sentiment.Negative)]
    [InlineData("Mi avete rovinato la giornata", Sentiment.Negative)]
    [InlineData("Servizio orribile, personale maleducato", Sentiment.Negative)]
    [InlineData("Siete degli idioti", Sentiment.Negative)]
    [InlineData("Worst support ever", Sentiment.Negative)]
    [InlineData("I hate this company", Sentiment.Negative)]
    [InlineData("Terrible quality, broke after a day", Sentiment.Negative)]
    [InlineData("This is disgusting", Sentiment.Negative)]
    [InlineData("I'm not happy with this, so disappointed", Sentiment.Negative)]
    [InlineData("😡😡", Sentiment.Negative)]
    [InlineData("🤮", Sentiment.Negative)]
    [InlineData("A che ora aprite domani?", Sentiment.Neutral)]
    [InlineData("Quanto costa?", Sentiment.Neutral)]
    [InlineData("Dove posso trovare le istruzioni?", Sentiment.Neutral)]
    [InlineData("Spedite anche in Francia?", Sentiment.Neutral)]
    [InlineData("Buongiorno, vorrei sapere gli orari", Sentiment.Neutral)]
    [InlineData("What time do you open tomorrow?", Sentiment.Neutral)]
    [InlineData("Where is the shop?", Sentiment.Neutral)]
    [InlineData("Do you ship to Italy?", Sentiment.Neutral)]
    [InlineData("I think it was on Tuesday", Sentiment.Neutral)]
    [InlineData("@marco.rossi", Sentiment.Neutral)]
    public void AnEverydayCommentFeelsAsItIsMeant(string text, Sentiment expected) =>
        Assert.Equal(expected, fixture.Scorer.Score(text).Sentiment);

    /// <summary>Changes with every training; a change without one means that features no longer meet their weights.</summary>
    [Theory]
    [InlineData("Pessimo servizio, non comprerò mai più da voi", 0.8597, 0.0507, 0.0897)]
    [InlineData("Love this!", 0.0676, 0.0754, 0.857)]
    [InlineData("A che ora aprite domani?", 0.0722, 0.8843, 0.0435)]
    public void TheBuiltInModelGivesItsPinnedProbabilities(string text, double negative, double neutral, double positive)
    {
        var signals = fixture.Scorer.Score(text);

        Assert.Equal(negative, signals.Negative, 0.0006);
        Assert.Equal(neutral, signals.Neutral, 0.0006);
        Assert.Equal(positive, signals.Positive, 0.0006);
    }
}
