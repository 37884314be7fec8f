using System.Text;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Mail;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mail;

/// <summary>Mails, recipients and the link in each mail, over HTTP.</summary>
public sealed class MailHttpTests : IAsyncLifetime
{
    private SmtpServer _server = null!;
    private World _world = null!;

    public async Task InitializeAsync()
    {
        _server = await SmtpServer.StartAsync();
        _world = await World.CreateAsync(new Dictionary<string, string?>
        {
            ["Moderato:ApiKeys:0:Scopes:3"] = "admin",
            ["Moderato:Communities:0:Recipients:1:Address"] = "bruno@example.org",
            ["Moderato:Communities:0:Recipients:1:Language"] = "en",
            ["Moderato:Communities:0:Recipients:1:Editions:0"] = "team:customer-care",
        }, mail: _server);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task OneClickInTheMailProgramEndsTheseMailsAndNoOthers()
    {
        await _world.PostAsync(MailWorld.Request());
        await _world.SendMailsAsync();
        var link = Assert.Single(await _server.MailsAsync()).Headers["list-unsubscribe"].Trim('<', '>');
        Assert.StartsWith("https://moderato.example.org/api/mails/unsubscribe/", link, StringComparison.Ordinal);

        var answer = await PostAsync(Token(link), "List-Unsubscribe=One-Click");
        Assert.Equal(200, answer.Status);
        await _world.PostAsync(MailWorld.Request("2026-03-10"), MailWorld.Request("2026-03-10", Editions.Alarms));
        await _world.SendMailsAsync();
        Assert.Equal(2, (await _server.MailsAsync()).Count);
        Assert.Equal("its recipient unsubscribed", Assert.Single(await _world.MailsAsync(), m => m.State == MailState.Skipped).LastResult);
    }

    [Fact]
    public async Task OneClickMayComeInParts()
    {
        var request = Http.Request("POST", key: null);
        request.ContentType = "multipart/form-data; boundary=x";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"));
        Assert.Equal(200, (await _world.Make<UnsubscribeFunctions>().Change(request, await TokenAsync(), CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal([Editions.Daily], await UnsubscribedAsync());
    }

    [Fact]
    public async Task LookingChangesNothingAndThePagesButtonsDo()
    {
        var token = await TokenAsync();
        for (var i = 0; i < 2; i++)
        {
            var page = await GetAsync(token);
            Assert.Equal(200, page.Status);
            Assert.Contains("value=\"unsubscribe\"", page.Body, StringComparison.Ordinal);
            Assert.Contains("il riepilogo di ogni giorno", page.Body, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'", page.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        }
        Assert.Empty(await UnsubscribedAsync());

        Assert.Contains("value=\"subscribe\"", (await PostAsync(token, "action=unsubscribe")).Body, StringComparison.Ordinal);
        Assert.Equal([Editions.Daily], await UnsubscribedAsync());
        Assert.Contains("value=\"subscribe\"", (await GetAsync(token)).Body, StringComparison.Ordinal);
        Assert.Contains("value=\"unsubscribe\"", (await PostAsync(token, "action=subscribe")).Body, StringComparison.Ordinal);
        Assert.Empty(await UnsubscribedAsync());
    }

    [Fact]
    public async Task ThePageSpeaksTheRecipientsLanguage()
    {
        var page = await GetAsync(Token(await _world.LinkAsync(MailWorld.Request(edition: "team:customer-care", address: "bruno@example.org"))));
        Assert.Contains("<html lang=\"en\">", page.Body, StringComparison.Ordinal);
        Assert.Contains("comments handed to the team “customer-care”", System.Net.WebUtility.HtmlDecode(page.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("aGFuZG9mZg")]
    public async Task ALinkThatIsNoneSaysNothing(string token)
    {
        foreach (var answer in new[] { await GetAsync(token), await PostAsync(token, "action=unsubscribe") })
        {
            Assert.Equal(404, answer.Status);
            Assert.DoesNotContain("Bottega", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ATeamsLinkEndsNoMails()
    {
        var sealedForAnother = await _world.Get<Cursors>().SealAsync("handoff", $"{World.Demo}|{Editions.Daily}|{MailWorld.Anna}", CancellationToken.None);
        Assert.Equal(404, (await PostAsync(sealedForAnother, "action=unsubscribe")).Status);
        Assert.Empty(await UnsubscribedAsync());
    }

    [Fact]
    public async Task MailsAreListedNewestFirstPageByPage()
    {
        foreach (var of in new[] { "1", "2", "3", "4" })
        {
            await _world.PostAsync(MailWorld.Request(of));
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }
        await _world.SendMailsAsync();
        await _world.PostAsync(MailWorld.Request("5"));

        var first = (await ListAsync("?limit=3")).Json;
        Assert.Equal(["5", "4", "3"], Of(first));
        Assert.Equal(("test", "daily", MailWorld.Anna, "waiting", 0), (
            (string?)first["mails"]![0]!["kind"], (string?)first["mails"]![0]!["edition"], (string?)first["mails"]![0]!["address"], (string?)first["mails"]![0]!["state"], (int)first["mails"]![0]!["attempts"]!));
        var second = (await ListAsync($"?limit=3&cursor={first["nextCursor"]}")).Json;
        Assert.Equal(["2", "1"], Of(second));
        Assert.Null((string?)second["nextCursor"]);
        Assert.Equal(["5"], Of((await ListAsync("?state=waiting")).Json));
        Assert.Equal(["cursor", "limit", "state"], (await ListAsync("?state=lost&limit=0&cursor=x")).Fields);

        static IEnumerable<string?> Of(System.Text.Json.Nodes.JsonNode list) => list["mails"]!.AsArray().Select(m => (string?)m!["of"]);
    }

    [Fact]
    public async Task WhatBouncedIsSentAgainOnceTheAddressIsCleared()
    {
        await _server.RefuseAsync("to", 550);
        await _world.PostAsync(MailWorld.Request());
        await _world.SendMailsAsync();
        await _server.TakeAllAsync();
        var id = (await _world.OnlyMailAsync()).Id;
        Assert.Equal(("bounced", "the server refused the recipient (550)"), await AnnaAsync());
        Assert.Equal(409, (await ResendAsync(id)).Status);

        Assert.Equal(200, (await ClearAsync(new { address = "ANNA@example.org" })).Status);
        Assert.Equal(("subscribed", null), await AnnaAsync());
        var again = await ResendAsync(id);
        Assert.Equal((202, "waiting"), (again.Status, (string?)again.Json["state"]));
        await _world.SendMailsAsync();
        Assert.Single(await _server.MailsAsync());
        Assert.Equal(409, (await ResendAsync(id)).Status);
        Assert.Equal(404, (await ResendAsync("none")).Status);
        Assert.Equal(["mail.resent", "recipient.cleared"], await ActsAsync());
    }

    [Fact]
    public async Task AMailThatIsParkedOrWaitsIsSentAtOnce()
    {
        await _server.RefuseAsync("from", 451);
        await _world.PostAsync(MailWorld.Request());
        await _world.SendMailsAsync();
        while ((await _world.OnlyMailAsync()).State == MailState.Waiting)
            await _world.NextTryAsync();
        await _server.TakeAllAsync();
        var id = (await _world.OnlyMailAsync()).Id;
        Assert.Equal(202, (await ResendAsync(id)).Status);
        Assert.Equal(202, (await ResendAsync(id)).Status); // as after a crash between row and queue
        await _world.SendMailsAsync();
        Assert.Single(await _server.MailsAsync());
        Assert.Equal((MailState.Sent, 1), await _world.OnlyMailAsync() is var mail ? (mail.State, mail.Attempts) : default);
    }

    [Fact]
    public async Task ABounceThatCameByMailIsNotedByHandOrByTheProvider()
    {
        var noted = await NoteAsync(new { address = "Anna@example.org", reason = "mailbox gone" });
        Assert.Equal(200, noted.Status);
        Assert.Equal(("bounced", "mailbox gone"), await AnnaAsync());
        await _world.PostAsync(MailWorld.Request());
        await _world.SendMailsAsync();
        Assert.Empty(await _server.MailsAsync());
        Assert.Equal(["recipient.bounced"], await ActsAsync());

        Assert.Equal(404, (await NoteAsync(new { address = "nobody@example.org" })).Status);
        Assert.Equal(["address", "reason"], (await NoteAsync(new { reason = new string('x', 201) })).Fields);
        Assert.Equal(["address"], (await ClearAsync(new { address = 7 })).Fields);
    }

    [Fact]
    public async Task RecipientsShowWhatEachGets()
    {
        await PostAsync(await TokenAsync(), "action=unsubscribe");
        var recipients = (await _world.Make<RecipientFunctions>().List(Http.Request(), "demo", CancellationToken.None).AnswerAsync()).Json["recipients"]!.AsArray();
        Assert.Equal(
            ["anna@example.org it daily unsubscribed", "anna@example.org it alarms subscribed", "bruno@example.org en team:customer-care subscribed"],
            recipients.SelectMany(r => r!["editions"]!.AsArray().Select(e => $"{r["address"]} {r["language"]} {e!["edition"]} {e["state"]}")));
    }

    private static string Token(string link) => link.Split('/')[^1];

    private async Task<string> TokenAsync() => Token(await _world.LinkAsync(MailWorld.Request()));

    private Task<HttpAnswer> GetAsync(string token) => _world.Make<UnsubscribeFunctions>().Page(Http.Request(key: null), token, CancellationToken.None).AnswerAsync();

    private Task<HttpAnswer> PostAsync(string token, string form)
    {
        var request = Http.Request("POST", key: null);
        request.ContentType = "application/x-www-form-urlencoded";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(form));
        return _world.Make<UnsubscribeFunctions>().Change(request, token, CancellationToken.None).AnswerAsync();
    }

    private Task<HttpAnswer> ListAsync(string query) => _world.Make<MailFunctions>().List(Http.Request(query: query), "demo", CancellationToken.None).AnswerAsync();

    private Task<HttpAnswer> ResendAsync(string id) => _world.Make<MailFunctions>().Resend(Http.Request("POST"), "demo", id, CancellationToken.None).AnswerAsync();

    private Task<HttpAnswer> NoteAsync(object body) => _world.Make<RecipientFunctions>().Bounced(Http.Request("POST", body: body), "demo", CancellationToken.None).AnswerAsync();

    private Task<HttpAnswer> ClearAsync(object body) => _world.Make<RecipientFunctions>().Clear(Http.Request("POST", body: body), "demo", CancellationToken.None).AnswerAsync();

    private async Task<IReadOnlyCollection<string>> UnsubscribedAsync() => (await _world.Get<IMailStore>().AboutAsync(World.Demo, MailWorld.Anna, CancellationToken.None)).Unsubscribed;

    private async Task<(string?, string?)> AnnaAsync()
    {
        var anna = (await _world.Make<RecipientFunctions>().List(Http.Request(), "demo", CancellationToken.None).AnswerAsync()).Json["recipients"]![0]!;
        return ((string?)anna["editions"]![0]!["state"], (string?)anna["bouncedBecause"]);
    }

    /// <summary>By name: the clock stands still, and of one moment's entries none is the first.</summary>
    private async Task<IEnumerable<string>> ActsAsync() =>
        (await _world.RowsAsync(_world.Tables.Audit)).Select(r => r.GetString("Act")!).Order(StringComparer.Ordinal).ToList();
}
