using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class SignalTests(ScorerFixture fixture) : IClassFixture<ScorerFixture>
{
    [Theory]
    [InlineData("guarda https://www.Esempio.it/offerte?x=1 e http://shop.example.com:8080/a", "esempio.it,shop.example.com")]
    [InlineData("www.ESEMPIO.it.", "esempio.it")]
    [InlineData("vai su bit.ly/x9", "bit.ly")]
    [InlineData("su esempio.it trovi tutto", "esempio.it")]
    [InlineData("t.me/gruppo e youtu.be/abc", "t.me,youtu.be")]
    [InlineData("esempio.it esempio.it/pagina", "esempio.it")]
    [InlineData("(https://utente:chiave@esempio.it)", "esempio.it")]
    [InlineData("https://127.0.0.1/x", "127.0.0.1")]
    public void LinksAreFound(string text, string hosts) =>
        Assert.Equal(hosts.Split(','), fixture.Scorer.Score(text).LinkHosts);

    [Theory]
    [InlineData("Tutto bene.Ma domani?")]
    [InlineData("Bravi.It was great")]
    [InlineData("grazie.io volevo un'altra cosa")]
    [InlineData("scrivi a mario@esempio.it")]
    [InlineData("costa 3.50 euro")]
    [InlineData("@brand.it grazie")]
    [InlineData("aspetta...com'era?")]
    [InlineData("leggi il file.pdf")]
    [InlineData("http:// non va")]
    public void WhatOnlyLooksLikeALinkIsNone(string text) => Assert.Empty(fixture.Scorer.Score(text).LinkHosts);

    [Theory]
    [InlineData("@anna e @marco.rossi guardate", 2)]
    [InlineData("(@anna)", 1)]
    [InlineData("mario@esempio.it", 0)]
    [InlineData("3 @ 2 euro", 0)]
    [InlineData("@@", 0)]
    public void MentionsAreCounted(string text, int expected) => Assert.Equal(expected, fixture.Scorer.Score(text).Mentions);

    [Theory]
    [InlineData("❤️", 1)]
    [InlineData("👨‍👩‍👧‍👦", 1)]
    [InlineData("👍🏽👍", 2)]
    [InlineData("🇮🇹", 1)]
    [InlineData("🇮🇹🇬🇧", 2)]
    [InlineData("1️⃣", 1)]
    [InlineData("🏳️‍🌈 ciao 😀", 2)]
    [InlineData("5 stelle * # © ™ ★", 0)]
    [InlineData("ciao :)", 0)]
    public void EmojiAreCountedAsPeopleSeeThem(string text, int expected) => Assert.Equal(expected, fixture.Scorer.Score(text).Emoji);

    [Theory]
    [InlineData("VERGOGNA!!!", 1)]
    [InlineData("OK GRAZIE", 1)]
    [InlineData("CIAO ciao", 0.5)]
    [InlineData("ABCDEFG", 0)]
    [InlineData("tutto minuscolo", 0)]
    [InlineData("123456789", 0)]
    public void CapitalsAreAShareOfTheLetters(string text, double expected) => Assert.Equal(expected, fixture.Scorer.Score(text).Capitals);

    [Theory]
    [InlineData("che cazzo dite", 1)]
    [InlineData("STRONZI! Idioti!", 2)]
    [InlineData("c4zz0", 1)]
    [InlineData("merdaaaaa", 1)]
    [InlineData("vaffffanculooo", 1)]
    [InlineData("sei un'idiota", 1)]
    [InlineData("stùpido", 1)]
    [InlineData("you a$$hole", 1)]
    [InlineData("fuuuuck", 1)]
    [InlineData("me\u200brda", 1)]
    public void RudeWordsAreCounted(string text, int expected) => Assert.Equal(expected, fixture.Scorer.Score(text).RudeWords);

    [Theory]
    [InlineData("insalata di finocchio")]
    [InlineData("la cazzuola del muratore")]
    [InlineData("penne al pomodoro")]
    [InlineData("scopare il pavimento con la scopa")]
    [InlineData("pagamento ritardato")]
    [InlineData("classic assessment in Scunthorpe")]
    [InlineData("la crostata di Dick")]
    [InlineData("1010 4 5 7")]
    public void OrdinaryWordsAreNotRude(string text) => Assert.Equal(0, fixture.Scorer.Score(text).RudeWords);

    [Fact]
    public void LengthIsThatOfTheTextAsWritten() => Assert.Equal(5, fixture.Scorer.Score("è ❤️!").Length);
}
