using System.Net;
using System.Net.Mail;
using Moderato.Local.Up;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.LocalHosting;

/// <summary>The mail server of a local run, and the page on which its mails are read.</summary>
public sealed class MailboxTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("moderato-mailbox-");
    private MailboxProcess _mailbox = null!;

    public async Task InitializeAsync() => _mailbox = await StartAsync();

    public async Task DisposeAsync()
    {
        await _mailbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AMailIsKeptOnceAndShownInABrowserWhereItCanDoNothing()
    {
        await SendAsync("<1@example.org>");
        await SendAsync("<1@example.org>");
        var file = Assert.Single(_folder.GetFiles("*.eml"));
        using var http = new HttpClient { BaseAddress = _mailbox.Page };
        Assert.Contains("Perch&#233; no? &lt;b&gt;", (await http.GetStringAsync(new Uri("/", UriKind.Relative))).Replace("é", "&#233;", StringComparison.Ordinal).Replace("&#60;", "&lt;", StringComparison.Ordinal).Replace("&#62;", "&gt;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("sandbox=", await http.GetStringAsync(new Uri($"/{file.Name}", UriKind.Relative)), StringComparison.Ordinal);

        using var html = await http.GetAsync(new Uri($"/{file.Name}/html", UriKind.Relative));
        var policy = Assert.Single(html.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
        Assert.Contains("<script>", await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/../package.json", "127.0.0.1", 404)]
    [InlineData("/%2e%2e/package.json", "127.0.0.1", 404)]
    [InlineData("/nothing.eml", "127.0.0.1", 404)]
    [InlineData("/", "evil.example", 403)]
    public async Task OnlyMailsAreShownAndOnlyHere(string path, string host, int status)
    {
        using var http = new HttpClient { BaseAddress = _mailbox.Page };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { Host = host } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task TwoAtOnceAreAtDifferentPortsAndMailsOutliveARun()
    {
        await SendAsync("<1@example.org>");
        await using var another = await StartAsync();
        Assert.NotEqual((_mailbox.Port, _mailbox.Page), (another.Port, another.Page));
        using var http = new HttpClient { BaseAddress = another.Page };
        Assert.Contains("example.org", await http.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    private Task<MailboxProcess> StartAsync() =>
        MailboxProcess.StartAsync(Path.Combine(Repository.Root, "infra", "local", "mailbox.js"), _folder.FullName, TimeProvider.System);

    private async Task SendAsync(string id)
    {
        using var client = new SmtpClient(IPAddress.Loopback.ToString(), _mailbox.Port);
        using var mail = new MailMessage("moderato@example.org", "anna@example.org", "Perché no? <b>", "<!doctype html><html><head></head><body><script>alert(1)</script></body></html>") { IsBodyHtml = true };
        mail.Headers.Add("Message-ID", id);
        await client.SendMailAsync(mail);
    }
}
