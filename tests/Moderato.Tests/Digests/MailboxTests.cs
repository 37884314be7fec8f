using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Moderato.Digests;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed partial class MailboxTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("moderato-mail-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("it")]
    [InlineData("en")]
    public async Task TheMailCarriesBothPartsAndItsSubject(string language)
    {
        var digest = SomeDay.Digest(language, attention: [SomeDay.Item()]);
        var quotes = new Dictionary<string, Quote> { ["o1"] = new("Zoë 😀", "perché non arriva? 日本", null) };
        var path = await WriteAsync(digest, quotes);
        Assert.Equal(Path.Combine(_folder.FullName, "demo-2026-03-10.eml"), path);

        var mail = await File.ReadAllTextAsync(path);
        Assert.Equal(DigestWords.Of(language).Subject(digest), Subject(mail));
        Assert.Equal(Normal(DigestText.Render(digest, quotes, language, DigestLinks.None)), Normal(Part(mail, "text/plain")));
        Assert.Equal(Normal(DigestHtml.Render(digest, quotes, language, DigestLinks.None)), Normal(Part(mail, "text/html")));
        Assert.All(mail, c => Assert.InRange(c, '\0', '\u007f'));
        Assert.True(mail.IndexOf("text/plain", StringComparison.Ordinal) < mail.IndexOf("text/html", StringComparison.Ordinal)); // the last is the one that clients prefer
    }

    [Fact]
    public async Task EverybodyIsNamedAndTheAnswersOfMachinesAreNotWanted()
    {
        var mail = await File.ReadAllTextAsync(await WriteAsync(SomeDay.Digest()));
        Assert.Contains("To: anna@example.org, bruno@example.org\r\n", mail, StringComparison.Ordinal);
        Assert.Matches("From: \"?Moderato\"? <moderato@example.org>\r\n", mail);
        Assert.Contains("Auto-Submitted: auto-generated\r\n", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Message-ID: <digest-demo-2026-03-10@moderato>\r\n", mail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WritingTwiceGivesOneMail()
    {
        await WriteAsync(SomeDay.Digest());
        await WriteAsync(SomeDay.Digest(completeness: Completeness.Empty) with { Verdict = DayVerdict.Empty });
        var mail = await File.ReadAllTextAsync(Assert.Single(_folder.GetFiles()).FullName);
        Assert.EndsWith("nessun commento", Subject(mail), StringComparison.Ordinal);
        Assert.Empty(_folder.CreateSubdirectory(".drop").GetFileSystemInfos());
    }

    [Fact]
    public async Task ADaySoFarHasAMailOfItsOwn()
    {
        await WriteAsync(SomeDay.Digest());
        Assert.EndsWith("demo-2026-03-10-so-far.eml", await WriteAsync(SomeDay.Digest(partial: true)), StringComparison.Ordinal);
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public async Task AFolderThatIsNotThereYetIsMade()
    {
        var folder = Path.Combine(_folder.FullName, "a", "b");
        Assert.True(File.Exists(await new Mailbox(new MailSettings(folder, "moderato@example.org"))
            .WriteAsync(SomeDay.Demo("it", "anna@example.org"), SomeDay.Digest(), SomeDay.NoQuotes, CancellationToken.None)));
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    public async Task TheNameOfTheMailIsTheSameOnEveryMachine(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal("demo-2026-03-10.eml", Path.GetFileName(await WriteAsync(SomeDay.Digest())));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(true, 0, false)]
    [InlineData(false, 1, false)]
    public void AMailNeedsAFolderAndSomebodyToReadIt(bool folder, int recipients, bool wanted) => Assert.Equal(
        wanted,
        new Mailbox(new MailSettings(folder ? _folder.FullName : null, "moderato@example.org")).IsWanted(SomeDay.Demo("it", [.. Enumerable.Repeat("anna@example.org", recipients)])));

    private Task<string> WriteAsync(Digest digest, IReadOnlyDictionary<string, Quote>? quotes = null) =>
        new Mailbox(new MailSettings(_folder.FullName, "moderato@example.org"))
            .WriteAsync(SomeDay.Demo("it", "anna@example.org", "bruno@example.org"), digest, quotes ?? SomeDay.NoQuotes, CancellationToken.None);

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd();

    /// <summary>RFC 2047: encoded words, folded over lines.</summary>
    private static string Subject(string mail)
    {
        var raw = Regex.Match(mail, @"^Subject: (?<subject>.*(\r\n[ \t].*)*)\r$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["subject"].Value;
        if (!raw.StartsWith("=?", StringComparison.Ordinal))
            return raw;
        var bytes = EncodedWords().Matches(raw).SelectMany(w =>
            w.Groups["how"].Value is "B" or "b" ? Convert.FromBase64String(w.Groups["what"].Value) : QuotedPrintable(w.Groups["what"].Value.Replace('_', ' ')));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Part(string mail, string type)
    {
        var part = mail[mail.IndexOf($"Content-Type: {type}; charset=utf-8", StringComparison.Ordinal)..];
        var content = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        content = content[..content.IndexOf("\r\n--", StringComparison.Ordinal)];
        return Encoding.UTF8.GetString(part[..part.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? Convert.FromBase64String(content)
            : [.. QuotedPrintable(content.Replace("=\r\n", "", StringComparison.Ordinal))]);
    }

    private static IEnumerable<byte> QuotedPrintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            yield return text[i] == '=' ? Convert.ToByte(text.Substring(i + 1, 2), 16) : (byte)text[i];
            i += text[i] == '=' ? 2 : 0;
        }
    }

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BQbq])\?(?<what>[^?]*)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex EncodedWords();
}
