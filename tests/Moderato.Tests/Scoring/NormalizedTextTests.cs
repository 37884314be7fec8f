using Moderato.Scoring;
using Xunit;

namespace Moderato.Tests.Scoring;

public sealed class NormalizedTextTests
{
    [Theory]
    [InlineData("Perché no? Così è.", "Perché no? Così è.")]
    [InlineData("l’ordine “subito”", "l'ordine \"subito\"")]
    [InlineData("schi\u200bfo\u202e", "schifo")]
    [InlineData("perche\u0301", "perché")]
    [InlineData("s\u0336t\u0336r\u0336o\u0336", "stro")]
    [InlineData("ｂｅｌｌｏ 𝓫𝓮𝓵𝓵𝓸 ﬁne", "bello bello fine")]
    [InlineData("perch&egrave; &amp; &#39;ora&#x27;", "perchè & 'ora'")]
    [InlineData("AT&T; a&b; 5 & 6", "AT&T; a&b; 5 & 6")]
    [InlineData("uno<br/>due<a href='https://x.example'>tre</a>", "uno due tre ")]
    [InlineData("ti amo <3 a<b>c", "ti amo <3 a c")]
    [InlineData("2 < 3 e <<b>", "2 < 3 e < ")]
    [InlineData("&lt;b&gt;", "<b>")]
    [InlineData("👍🏽 👨‍👩‍👧 ❤️", "👍🏽 👨‍👩‍👧 ❤️")]
    [InlineData("a\u00a0b…", "a b...")]
    [InlineData("", "")]
    public void TextIsReadAsAPersonReadsIt(string written, string read)
    {
        using var normalized = NormalizedText.Of(written);
        Assert.Equal(read, normalized.Chars.ToString());
    }

    [Fact]
    public void HalfACharacterIsReplaced()
    {
        using var normalized = NormalizedText.Of("\ud83d a\udc00");
        Assert.Equal("\ufffd a\ufffd", normalized.Chars.ToString());
    }

    [Theory]
    [InlineData("uno <b>due</b> perch&egrave; tre")]
    [InlineData("schi\u200bfo 𝓫𝓮𝓵𝓵𝓸 👍🏽")]
    public void EveryCharacterKnowsWhereItCameFrom(string written)
    {
        using var normalized = NormalizedText.Tracked(written);
        for (var i = 1; i <= normalized.Chars.Length; i++) Assert.InRange(normalized.OriginOf(i), normalized.OriginOf(i - 1), written.Length);
        Assert.Equal(written.Length, normalized.OriginOf(normalized.Chars.Length));
    }

    [Fact]
    public void AWordAfterAnEntityIsFoundInTheTextAsWritten()
    {
        const string Written = "perch&egrave; bello";
        using var normalized = NormalizedText.Tracked(Written);
        var at = normalized.Chars.IndexOf("bello");
        Assert.Equal("bello", Written[normalized.OriginOf(at)..normalized.OriginOf(at + 5)]);
    }
}
