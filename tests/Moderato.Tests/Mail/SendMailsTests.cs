using Moderato.Comments;
using Moderato.Mail;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mail;

/// <summary>Mails through a real mail server.</summary>
public sealed class SendMailsTests : IAsyncLifetime
{
    private SmtpServer _server = null!;
    private World _world = null!;

    public async Task InitializeAsync()
    {
        _server = await SmtpServer.StartAsync();
        _world = await World.CreateAsync(mail: _server);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task AMailIsSentOnceHoweverOftenItIsPostedAndItsTurnComes()
    {
        await _world.PostAsync(MailWorld.Request(), MailWorld.Request(address: "Anna@Example.org"));
        var mail = await _world.OnlyMailAsync();
        await _world.PostAsync(MailWorld.Request());
        Assert.InRange(await _world.SendMailsAsync(), 1, 3);
        await _world.TurnAsync(mail);
        await _world.PostAsync(MailWorld.Request());
        Assert.Equal(0, await _world.SendMailsAsync());

        Assert.Equal([MailWorld.Anna], Assert.Single(await _server.MailsAsync()).To);
        mail = await _world.OnlyMailAsync();
        Assert.Equal((MailState.Sent, 1, "sent", null), (mail.State, mail.Attempts, mail.LastResult, mail.BusyUntil));
    }

    [Fact]
    public async Task ItsHeadersSayWhatMachinesAskAndBothPartsSayTheSame()
    {
        const string of = "Perché no? 😀\r\nBcc: bruno@example.org";
        var link = await _world.LinkAsync(MailWorld.Request(of));
        await _world.PostAsync(MailWorld.Request(of));
        await _world.SendMailsAsync();

        var mail = Assert.Single(await _server.MailsAsync());
        Assert.Equal("Perché no? 😀  Bcc: bruno@example.org", mail.Subject);
        Assert.Equal($"<{(await _world.OnlyMailAsync()).Id}@bottega.example>", mail.MessageId);
        Assert.Equal("auto-generated", mail.Headers["auto-submitted"]);
        Assert.Equal("All", mail.Headers["x-auto-response-suppress"]);
        Assert.EndsWith(" <daily.demo.moderato.bottega.example>", mail.Headers["list-id"], StringComparison.Ordinal);
        Assert.Equal($"<{link}>", mail.Headers["list-unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["list-unsubscribe-post"]);
        Assert.Equal("\"Moderato\" <moderato@bottega.example>", mail.Headers["from"]);
        Assert.True(DateTimeOffset.TryParse(mail.Headers["date"], System.Globalization.CultureInfo.InvariantCulture, out _));
        Assert.StartsWith("multipart/alternative", mail.Headers["content-type"], StringComparison.Ordinal);
        Assert.DoesNotContain("bcc", mail.Headers.Keys);
        Assert.DoesNotContain("precedence", mail.Headers.Keys);

        Assert.Contains($"Bcc: bruno@example.org\n.\n{link}", mail.Text, StringComparison.Ordinal); // a dot alone ends a mail, but not this one
        Assert.Contains("Perché no? 😀", mail.Html, StringComparison.Ordinal);
        Assert.True(mail.Raw.IndexOf("text/plain", StringComparison.Ordinal) < mail.Raw.IndexOf("text/html", StringComparison.Ordinal));
        Assert.All(mail.Raw.Split("\r\n"), line => Assert.True(line.Length < 998));
        Assert.All(mail.Raw, c => Assert.InRange(c, '\0', '\u007f'));
    }

    [Fact]
    public async Task WithoutTheAppsAddressAMailHasNoLinks()
    {
        await using var world = await World.CreateAsync(new Dictionary<string, string?> { ["Moderato:Address"] = null }, mail: _server);
        await world.PostAsync(MailWorld.Request());
        await world.SendMailsAsync();
        Assert.DoesNotContain("list-unsubscribe", Assert.Single(await _server.MailsAsync()).Headers.Keys);
    }

    [Fact]
    public async Task WithoutAServerInTheSettingsNothingIsNoted()
    {
        await using var world = await World.CreateAsync();
        await world.PostAsync(MailWorld.Request());
        Assert.Empty(await world.MailsAsync());
    }

    [Fact]
    public async Task AServerThatIsTakenOutOfTheSettingsLeavesMailsParked()
    {
        await _world.PostAsync(MailWorld.Request());
        await using var world = await World.CreateAsync();
        await world.Get<IMailStore>().AddAsync(await _world.OnlyMailAsync(), CancellationToken.None);
        await world.TurnAsync(await world.OnlyMailAsync());
        Assert.Equal(MailState.Parked, (await world.OnlyMailAsync()).State);
    }

    [Theory]
    [InlineData("connect", 421, "the server answered 421")]
    [InlineData("from", 451, "the server answered 451")]
    [InlineData("to", 450, "the server refused the recipient (450)")]
    [InlineData("to", 452, "the server refused the recipient (452)")]
    [InlineData("data", 451, "the server answered 451")]
    [InlineData("data", 554, "the server answered 554")]
    [InlineData("from", 550, "the server answered 550")]
    public async Task WhatMayPassIsTriedAgainAMinuteLater(string step, int code, string result)
    {
        await _server.RefuseAsync(step, code, "No mail for anna@example.org now");
        await _world.PostAsync(MailWorld.Request());
        await _world.SendMailsAsync();
        var mail = await _world.OnlyMailAsync();
        Assert.Equal((MailState.Waiting, 1, result), (mail.State, mail.Attempts, mail.LastResult));
        Assert.Equal(TimeSpan.FromMinutes(1), mail.NextAt - mail.LastTriedAt);

        await _server.TakeAllAsync();
        await _world.NextTryAsync();
        mail = await _world.OnlyMailAsync();
        Assert.Equal((MailState.Sent, 2), (mail.State, mail.Attempts));
        Assert.Single(await _server.MailsAsync());
    }

    [Fact]
    public async Task TriesGoOnForADayThenTheMailIsParked()
    {
        await _server.RefuseAsync("from", 451);
        await _world.PostAsync(MailWorld.Request());
        await _world.SendMailsAsync();
        var (began, tries) = (_world.Time.Now, 1);
        for (; (await _world.OnlyMailAsync()).State == MailState.Waiting; tries++)
            await _world.NextTryAsync();
        Assert.Equal(27, tries);
        Assert.InRange((_world.Time.Now - began).TotalHours, 23, 24);
        Assert.Equal(MailState.Parked, (await _world.OnlyMailAsync()).State);
        Assert.Empty(await _server.MailsAsync());
    }

    [Theory]
    [InlineData("connect", false)]
    [InlineData("to", false)]
    [InlineData("data", true)]
    public async Task AServerThatHangsIsWaitedForAndTriedAgain(string step, bool afterTaking)
    {
        await _server.HangAsync(step, afterTaking);
        await _world.PostAsync(MailWorld.Request());
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await _world.SendMailsAsync();
        Assert.InRange(clock.Elapsed.TotalSeconds, 4.5, 20);
        var mail = await _world.OnlyMailAsync();
        Assert.Equal((MailState.Waiting, "no answer within 5 s"), (mail.State, mail.LastResult));

        await _server.TakeAllAsync();
        await _world.NextTryAsync();
        var received = await _server.MailsAsync();
        Assert.Equal(afterTaking ? 2 : 1, received.Count); // taken, and the answer did not come: nobody can know
        Assert.Single(received.DistinctBy(m => m.MessageId));
        Assert.Equal(MailState.Sent, (await _world.OnlyMailAsync()).State);
    }

    [Theory]
    [InlineData(550)]
    [InlineData(553)]
    public async Task ARecipientWhoIsRefusedForGoodGetsNoMoreMails(int code)
    {
        await _server.RefuseAsync("to", code, "anna@example.org is no user here");
        await _world.PostAsync(MailWorld.Request());
        await _world.SendMailsAsync();
        var mail = await _world.OnlyMailAsync();
        Assert.Equal((MailState.Bounced, 1, $"the server refused the recipient ({code})"), (mail.State, mail.Attempts, mail.LastResult));

        await _server.TakeAllAsync();
        await _world.PostAsync(MailWorld.Request("another"), MailWorld.Request("a third", Editions.Alarms), MailWorld.Request(address: "bruno@example.org"));
        await _world.SendMailsAsync();
        Assert.Equal(["bruno@example.org"], Assert.Single(await _server.MailsAsync()).To);
        Assert.Equal(2, (await _world.MailsAsync()).Count(m => m is { State: MailState.Skipped, LastResult: "no mail reaches the address" }));
    }

    [Fact]
    public async Task WhatWasWantedWhenItWasPostedAndNotWhenItIsSentIsSkipped()
    {
        await _world.PostAsync(MailWorld.Request());
        await _world.Get<IMailStore>().SubscribeAsync(World.Demo, "ANNA@example.org", Editions.Daily, false, _world.Time.Now, CancellationToken.None);
        await _world.SendMailsAsync();
        Assert.Equal((MailState.Skipped, "its recipient unsubscribed"), await StateAsync());
        Assert.Empty(await _server.MailsAsync());
    }

    [Fact]
    public async Task WhereThereIsNothingToSayNothingIsSent()
    {
        await _world.PostAsync(MailWorld.Request(TestLetter.Nothing));
        await _world.SendMailsAsync();
        Assert.Equal((MailState.Skipped, "there is nothing to say any more"), await StateAsync());
    }

    [Fact]
    public async Task WhatCannotBeWrittenFailsAndIsParkedByTheOwnerOfThePoison()
    {
        await _world.PostAsync(MailWorld.Request(TestLetter.Broken));
        var mail = await _world.OnlyMailAsync();
        for (var delivery = 0; delivery < 5; delivery++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => _world.TurnAsync(mail));
        var message = System.Text.Encoding.UTF8.GetString(new MailTurn(World.Demo, mail.Id, 0).ToMessage());
        await _world.Make<ParkMails>().Run(message, CancellationToken.None);
        await _world.Make<ParkMails>().Run(message, CancellationToken.None);
        Assert.Equal((MailState.Parked, "it broke every try"), await StateAsync());
    }

    [Fact]
    public async Task OfTwoCopiesAtTheSameTimeOneSends()
    {
        await _world.PostAsync(MailWorld.Request());
        var mail = await _world.OnlyMailAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _world.TurnAsync(mail))));
        Assert.Single(await _server.MailsAsync());
        Assert.Equal(MailState.Sent, (await _world.OnlyMailAsync()).State);
    }

    [Fact]
    public async Task OldMailsAreForgottenAndWhoUnsubscribedIsNot()
    {
        await _world.PostAsync(MailWorld.Request());
        await _world.Get<IMailStore>().SubscribeAsync(World.Demo, MailWorld.Anna, Editions.Weekly, false, _world.Time.Now, CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromDays(90));
        await _world.Make<SendMails>().Forget(new Moderato.Hosting.Worker.TimerInfo(), CancellationToken.None);
        Assert.Single(await _world.MailsAsync());
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _world.Make<SendMails>().Forget(new Moderato.Hosting.Worker.TimerInfo(), CancellationToken.None);
        Assert.Empty(await _world.MailsAsync());
        Assert.Equal([Editions.Weekly], (await _world.Get<IMailStore>().AboutAsync(World.Demo, MailWorld.Anna, CancellationToken.None)).Unsubscribed);
        await _world.SendMailsAsync(); // its turn still lies in the queue
        Assert.Empty(await _server.MailsAsync());
    }

    private async Task<(MailState, string?)> StateAsync() => await _world.OnlyMailAsync() is var mail ? (mail.State, mail.LastResult) : default;
}
