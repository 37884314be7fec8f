using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class TokenizerTests
{
    private static readonly RudeWords Rude = new(["stronzo", "cazzo", "vaffanculo", "merda", "idiota"]);

    [Theory]
    [InlineData("perché PERCHÈ perche' perche", "perche perche perche perche")]
    [InlineData("e' è E’ e", "è è è e")]
    [InlineData("si' sì si", "sì sì si")]
    [InlineData("l'ordine dell’anno", "l ordine dell anno")]
    [InlineData("don't DON’T we're it's", "don't don't we're it's")]
    [InlineData("bellooooo goood bruttttto", "bello good brutto")]
    [InlineData("un po' di ''virgolette''", "un pò di virgolette")]
    [InlineData("10 euro, 2.500,00 € 12:30", "<number> euro <number> € <number>")]
    [InlineData("covid19 b2b iphone15 mp3", "covid19 b2b iphone15 mp3")]
    [InlineData("che?! dai!!! ok... mah?? no. boh", "che ?! dai !! ok ... mah ?? no boh")]
    [InlineData("@marco.rossi guarda #brand", "<mention> guarda # brand")]
    [InlineData("👍🏽👍 ❤️ :) XD :D", "👍 👍 ❤ :) xd :d")]
    [InlineData("che s t r o n z o che sei, a b c", "che stronzo che sei a b c")]
    [InlineData("V E R G O G N A, davvero", "vergogna davvero")]
    public void WordsAreReadAsTheyAreMeant(string written, string forms) => Assert.Equal(forms, Forms(written));

    [Theory]
    [InlineData("str0nz0", "stronzo")]
    [InlineData("c4zzo", "cazzo")]
    [InlineData("c@zzo", "cazzo")]
    [InlineData("c*zzo", "cazzo")]
    [InlineData("c***o", "cazzo")]
    [InlineData("vaff*******", "vaffanculo")]
    [InlineData("s t r o n z o", "stronzo")]
    [InlineData("S.T.R.O.N.Z.O", "stronzo")]
    [InlineData("m-e-r-d-a", "merda")]
    [InlineData("stronzòoo", "stronzo")]
    [InlineData("1d1ot4", "idiota")]
    public void DisguisedInsultsAreSeenThrough(string written, string word)
    {
        Span<char> scratch = stackalloc char[Tokenizer.LongestWord];
        using var normalized = NormalizedText.Of(written);
        var tokens = new Tokenizer(normalized.Chars, scratch, Rude);

        Assert.True(tokens.Next(out var token));
        Assert.Equal(word, token.Form.ToString());
        Assert.True(token.Obscured);
        Assert.Equal(normalized.Chars.Length, token.End);
        Assert.False(tokens.Next(out _));
    }

    [Theory]
    [InlineData("5 stelle * * *")]
    [InlineData("piano a 4 mani")]
    [InlineData("**grassetto**")]
    [InlineData("a b c")]
    [InlineData("S.p.A.")]
    [InlineData("p***")]
    [InlineData("c'è a@b")]
    public void WhatHidesNothingIsNoDisguise(string written)
    {
        Span<char> scratch = stackalloc char[Tokenizer.LongestWord];
        using var normalized = NormalizedText.Of(written);
        var tokens = new Tokenizer(normalized.Chars, scratch, Rude);
        while (tokens.Next(out var token)) Assert.False(token.Obscured);
    }

    [Fact]
    public void CapitalsAreThoseOfTheLettersThatWereWritten()
    {
        Span<char> scratch = stackalloc char[Tokenizer.LongestWord];
        var tokens = new Tokenizer("CIAO ciao", scratch, Rude);
        while (tokens.Next(out _))
        {
        }

        Assert.Equal((8, 4), (tokens.Letters, tokens.Capitals));
    }

    private static string Forms(string written)
    {
        Span<char> scratch = stackalloc char[Tokenizer.LongestWord];
        using var normalized = NormalizedText.Of(written);
        var tokens = new Tokenizer(normalized.Chars, scratch, Rude);
        var forms = new List<string>();
        while (tokens.Next(out var token))
        {
            if (token.Kind != TokenKind.Pause) forms.Add(token.Kind switch { TokenKind.Number => "<number>", TokenKind.Mention => "<mention>", _ => token.Form.ToString() });
        }

        return string.Join(' ', forms);
    }
}
