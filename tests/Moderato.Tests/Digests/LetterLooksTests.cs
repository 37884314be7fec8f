using Moderato.Digests;
using Moderato.Mail;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>
/// Letters as they look in a real browser: on a telephone and on a desk, light, dark, and where a mail program turns colours around. With
/// <c>MODERATO_SHOTS</c> set to a folder, pictures of all are kept there.
/// </summary>
public sealed class LetterLooksTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("MODERATO_SHOTS");

    public static TheoryData<string, string> Letters
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in new[] { "fullest", "ordinary", "empty", "weekly", "team", "alarm" })
            {
                all.Add(kind, "it");
                all.Add(kind, "en");
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Letters))]
    public async Task EverythingCanBeReadOnEveryScreen(string kind, string language)
    {
        var (html, text) = Render(kind, language);
        foreach (var width in new[] { 360, 1280 })
        {
            foreach (var scheme in new[] { "light", "dark" })
                await LooksWellAsync(html, text, width, scheme, $"{kind}-{language}");
        }
    }

    [Theory]
    [InlineData("ordinary", 360)]
    [InlineData("ordinary", 1280)]
    [InlineData("team", 360)]
    public async Task ItCanStillBeReadWhereColoursAreTurnedAroundByForce(string kind, int width)
    {
        var (html, text) = Render(kind, "it");
        await LooksWellAsync(html, text, width, "forced", kind);
    }

    [Fact]
    public async Task WhatLooksBadIsSeen()
    {
        var (html, _) = Render("ordinary", "it");
        var (wide, _) = await browser.LookAsync(html.Replace("Ha bisogno di te", "<span style=\"white-space:nowrap;word-break:normal\">Ha bisogno di te, e di tutti quelli che oggi possono dare una mano in negozio</span>", StringComparison.Ordinal), 360, "light");
        Assert.NotEmpty(wide);
        var (pale, _) = await browser.LookAsync(html.Replace("color:#50545b;", "color:#9a9ea5;", StringComparison.Ordinal), 1280, "light");
        Assert.Contains(pale, p => p.Contains("contrast", StringComparison.Ordinal));
        var (small, _) = await browser.LookAsync(html.Replace("font-size:14px", "font-size:9px", StringComparison.Ordinal), 1280, "light");
        Assert.Contains(small, p => p.Contains("9px", StringComparison.Ordinal));
        var (forced, _) = await browser.LookAsync(html.Replace("background-color:#fefefe;", "background-color:#7d7d7d;", StringComparison.Ordinal), 1280, "forced");
        Assert.Contains(forced, p => p.Contains("forced", StringComparison.Ordinal));
    }

    internal static (string Html, string Text) Render(string kind, string language)
    {
        if (kind == "alarm")
            return (LetterHtml.Render(SampleLetters.Alarm(language)), LetterText.Render(SampleLetters.Alarm(language)));
        var (digest, quotes, links) = kind == "fullest" ? SampleLetters.Fullest(language)
            : (kind switch { "empty" => SampleLetters.Empty(language), "weekly" => SampleLetters.Weekly(language), _ => SampleLetters.Ordinary(language) }, SampleLetters.Quotes, SampleLetters.Links);
        return kind == "team"
            ? (DigestHtml.RenderTeam(digest, "assistenza", quotes, language, links), DigestText.RenderTeam(digest, "assistenza", quotes, language, links))
            : (DigestHtml.Render(digest, quotes, language, links), DigestText.Render(digest, quotes, language, links));
    }

    private async Task LooksWellAsync(string html, string text, int width, string scheme, string name)
    {
        var shot = Shots is null ? null : Path.Combine(Shots, $"{name}-{width}-{scheme}.png");
        var (problems, seen) = await browser.LookAsync(html, width, scheme, shot);
        Assert.True(problems.Count == 0, $"{name} at {width} px, {scheme}:\n{string.Join('\n', problems)}");
        Assert.All(HeadingsOf(text), heading => Assert.Contains(heading, seen, StringComparison.Ordinal));
    }

    /// <summary>The lines that are underlined.</summary>
    private static IEnumerable<string> HeadingsOf(string text)
    {
        var lines = text.Split('\n');
        return Enumerable.Range(1, lines.Length - 1).Where(i => lines[i].Length > 2 && lines[i].All(c => c == '-')).Select(i => lines[i - 1]);
    }
}
