using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Ingest;
using Xunit;

namespace Moderato.Tests.Ingest;

public sealed class PlainTextTests
{
    private static readonly string[] Pieces =
    [
        "<b>", "</b>", "<p>", "</p>", "<a href=\"https://x.example/\">", "</a>", "<br>", "<img alt='x'>", "<script>", "</script>", "<!--", "-->",
        "<table>", "<tr>", "<td>", "</table>", "<svg>", "<math>", "<template>", "<![CDATA[", "]]>", "<", ">", "\"", "'", "ciao", " ", "\n", "\0",
        "😀", "\ud83d", "\ude00", "è", "<plaintext", "<select><option>", "<frameset>", "<head>", "<body>", "</body>",
    ];

    [Theory]
    [InlineData("ciao", "ciao")]
    [InlineData("", "")]
    [InlineData("a <b>b</b> <i>c</i>", "a b c")]
    [InlineData("perch&eacute; &amp; &lt;b&gt; &#128512; &euro;", "perché & <b> 😀 €")]
    [InlineData("&amp;lt;b&amp;gt;", "&lt;b&gt;")]
    [InlineData("1<br>2<br/>3", "1\n2\n3")]
    [InlineData("<p>uno</p><p>due</p>", "uno\ndue")]
    [InlineData("<div><div><p>uno</p></div></div><div>due</div>", "uno\n\n\ndue")]
    [InlineData("<ul><li>uno<li>due</ul>", "uno\ndue")]
    [InlineData("prima<blockquote>citato</blockquote>dopo", "prima\ncitato\ndopo")]
    [InlineData("<script>alert('x')</script>ciao<style>b{}</style>", "ciao")]
    [InlineData("<template><p>nascosto</p></template>ciao", "ciao")]
    [InlineData("ciao<!-- nascosto -->", "ciao")]
    [InlineData("<img src=x onerror=alert(1) alt=\":-)\"> ciao <img src=y>", ":-) ciao")]
    [InlineData("<title>t</title>ciao", "ciao")]
    [InlineData("2 < 3 & 4 > 1", "2 < 3 & 4 > 1")]
    public void HtmlBecomesWhatItsReadersSee(string html, string expected) => Assert.Equal(expected, PlainText.FromHtml(html));

    [Theory]
    [InlineData("<a href=\"https://spam.example/x\">qui</a>", "qui (https://spam.example/x)")]
    [InlineData("<a href=\"https://spam.example/x\"></a>", "(https://spam.example/x)")]
    [InlineData("<a href=\"HTTPS://spam.example/x\"><b>https://SPAM.example/x</b></a>", "https://SPAM.example/x")]
    [InlineData("<a href=\"https://a.example/\">https://b.example/</a>", "https://b.example/ (https://a.example/)")]
    [InlineData("<a href=\"/profile/anna\">@anna</a>", "@anna")]
    [InlineData("<a href=\"javascript:alert(1)\">qui</a>", "qui")]
    [InlineData("<a name=x>qui</a>", "qui")]
    public void ALinkShowsTheAddressThatItHides(string html, string expected) => Assert.Equal(expected, PlainText.FromHtml(html));

    [Theory]
    [InlineData("uno\r\ndue\rtre\nquattro", "uno\ndue\ntre\nquattro")]
    [InlineData("\r", "")]
    [InlineData(" \t ciao \n", "ciao")]
    [InlineData("a\0b\u0007c\u001bd\u007fe\u0085f", "abcdef")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    public void WhatNoReaderSeesIsTakenOut(string text, string expected) => Assert.Equal(expected, PlainText.Clean(text));

    [Fact]
    public void HalfASurrogatePairBecomesAReplacementCharacter()
    {
        Assert.Equal("\ufffd", PlainText.Clean("\ud83d"));
        Assert.Equal("\ufffd\ufffd", PlainText.Clean("\ude00\ud83d"));
        Assert.Equal("x\ufffd😀", PlainText.Clean("x\ud83d😀"));
    }

    [Fact]
    public void CleanTextIsUnicodeWithoutControlsAndStaysAsItIs() => Prop.ForAll(Texts(), text =>
    {
        var clean = PlainText.Clean(text);
        Assert.Equal(clean, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)));
        Assert.DoesNotContain(clean, c => char.IsControl(c) && c is not ('\n' or '\t'));
        Assert.Equal(clean, PlainText.Clean(clean));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NoHtmlIsTooBrokenToRead() => Prop.ForAll(Texts(), html =>
    {
        var text = PlainText.FromHtml(html);
        Assert.Equal(text, PlainText.Clean(text));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NoTagSurvives() => Prop.ForAll(
        Gen.Elements("b", "i", "p", "div", "span", "u", "em", "strong", "h1", "ul", "font color=red", "b class='x'", "P ID=\"<\"").ToArbitrary(),
        Gen.Elements("ciao", "perché no", "1 2 3").ToArbitrary(),
        (tag, words) => Assert.Equal($"{words}", PlainText.FromHtml($"<{tag}>{words}</{tag.Split(' ')[0]}>"))).QuickCheckThrowOnFailure();

    /// <summary>Twenty thousand characters in which the parser finds millions of elements: each paragraph repeats the open formats.</summary>
    [Fact]
    public void ACommentMadeToBeCostlyIsNot()
    {
        var formats = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"<b id={i}>"));
        var html = $"<p>{formats}{string.Concat(Enumerable.Repeat("<p>x", 2_000))}";
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(html, PlainText.FromHtml(html));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static Arbitrary<string> Texts() => Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
}
