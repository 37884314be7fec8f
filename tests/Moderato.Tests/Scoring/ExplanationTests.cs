using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class ExplanationTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    private readonly LinearModel _model = fixture.Scorer.Model;

    [Theory]
    [InlineData("Siete dei ladri, vergogna!!! 😡")]
    [InlineData("Complimenti <b>davvero</b> perch&egrave; non è male :)")]
    [InlineData("s t r o n z o CHE SCHIFOOOO www.soldi.example")]
    [InlineData("che che che bello ma costa troppo, però bello")]
    [InlineData("")]
    public void TheReasonsAddUpToTheScore(string text)
    {
        var (_, column) = _model.Find(HeadNames.Toxicity);
        var reasons = Explanation.Of(_model, text, HeadNames.Toxicity, "toxicity", int.MaxValue);

        using var normalized = NormalizedText.Of(text);
        using var features = _model.FeaturesOf(normalized.Chars);
        var logits = new float[LinearModel.MostColumns];
        _model.Logits(features, logits);
        Assert.Equal(logits[column], _model.Biases[column] + reasons.Sum(reason => reason.Share), 1e-3);
        Assert.All(reasons, reason => Assert.InRange(reason.Start, 0, reason.End));
        Assert.All(reasons, reason => Assert.InRange(reason.End, reason.Start, text.Length));
    }

    [Theory]
    [InlineData("Siete dei ladri", "insult", "ladri")]
    [InlineData("ma vai, s t r o n z o che non sei altro", "insult", "s t r o n z o")]
    [InlineData("<p>ma guarda, str0nzi</p>", "insult", "str0nzi")]
    public void TheStrongestReasonIsTheWordThatDidIt(string text, string label, string word)
    {
        var strongest = Explanation.Of(_model, text, HeadNames.Toxicity, label, 1)[0];
        Assert.Equal(word, text[strongest.Start..strongest.End]);
    }

    [Fact]
    public void TheStrongestComesFirst()
    {
        var reasons = Explanation.Of(_model, "Che schifo di servizio, non tornerò mai più", HeadNames.Sentiment, "negative", 5);
        Assert.Equal(5, reasons.Count);
        Assert.Equal(reasons.OrderByDescending(reason => Math.Abs(reason.Share)), reasons);
    }

    [Fact]
    public void AnUnknownLabelIsNamedWithThoseThereAre() =>
        Assert.Contains("it has negative, neutral, positive", Assert.Throws<ModelFileException>(() => Explanation.Of(_model, "a", HeadNames.Sentiment, "joy", 1)).Message, StringComparison.Ordinal);
}
