using System.Text;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Ingest;

/// <summary>What was recorded once and is played again changes nothing, and what cannot be read is not lost.</summary>
public sealed class EventMemoryTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync(new Dictionary<string, string?>
    {
        ["Moderato:Sources:1:Id"] = "bot",
        ["Moderato:Sources:1:Platform"] = "telegram",
        ["Moderato:Sources:1:Community"] = "demo",
        ["Moderato:Sources:1:Secrets:0"] = "a-token-for-the-tests",
    });

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task AnEventPlayedAgainChangesNothingThoughThePlatformGivesNoTimes()
    {
        var first = _world.Some(text: "one") with { CreatedAt = null };
        await ReceiveAsync(first, "1");
        await ReceiveAsync(first with { Text = "two" }, "2");

        var again = await ReceiveAsync(first with { Text = "one" }, "1");

        Assert.Equal(ReceiptStatus.Duplicate, again.Status);
        Assert.Equal("two", again.Comment.Text);
    }

    [Fact]
    public async Task ANewEventIsTaken()
    {
        var first = _world.Some(text: "one") with { CreatedAt = null };
        await ReceiveAsync(first, "1");
        Assert.Equal(ReceiptStatus.Accepted, (await ReceiveAsync(first with { Text = "two" }, "2")).Status);
        Assert.Equal(ReceiptStatus.Accepted, (await ReceiveAsync(first with { Text = "one" }, "3")).Status);
    }

    [Fact]
    public async Task EventsOfAnotherCommentMayHaveTheSameId()
    {
        Assert.Equal(ReceiptStatus.Accepted, (await ReceiveAsync(_world.Some("1"), "add")).Status);
        Assert.Equal(ReceiptStatus.Accepted, (await ReceiveAsync(_world.Some("2"), "add")).Status);
    }

    [Fact]
    public async Task EventsAreForgottenAfterThirtyDaysAndCommentsAreNot()
    {
        await ReceiveAsync(_world.Some("old"), "1");
        _world.Time.Advance(TimeSpan.FromDays(29));
        await ReceiveAsync(_world.Some("new"), "2");
        _world.Time.Advance(TimeSpan.FromDays(2));

        await _world.Make<ForgetEvents>().Run(new Moderato.Hosting.Worker.TimerInfo(), CancellationToken.None);

        var rows = (await _world.RowsAsync(_world.Tables.Comments)).Select(r => r.RowKey).ToList();
        Assert.Equal("e~instagram~new~2", Assert.Single(rows, r => r.StartsWith("e~", StringComparison.Ordinal)));
        Assert.Equal(2, rows.Count(r => r.StartsWith("c~", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatCannotBeReadIsParkedOnceAndAnsweredWithSuccess()
    {
        for (var delivery = 0; delivery < 2; delivery++)
            Assert.Equal(200, await PostAsync("""{"update_id":1,"message":{"message_id":[],"from":{"id":5},"chat":{"id":-1},"text":"words of somebody"}}"""));
        Assert.Equal(200, await PostAsync("no JSON at all"));

        var parked = await _world.RowsAsync(_world.Tables.DeadLetters);
        Assert.Equal(["a comment without a readable id", "the body is no JSON"], parked.Select(r => r.GetString("Reason")).Order());
        Assert.All(parked, r => Assert.StartsWith("u~telegram~bot~", r.RowKey, StringComparison.Ordinal));
        Assert.Contains(parked, r => Encoding.UTF8.GetString(r.GetBinary("Message")!) == "no JSON at all");
        Assert.Empty(await _world.RowsAsync(_world.Tables.Comments));
    }

    [Theory]
    [InlineData("telegram", "bot", "wrong", 401)]
    [InlineData("telegram", "nobody", "a-token-for-the-tests", 401)]
    [InlineData("facebook", "bot", "a-token-for-the-tests", 401)]
    [InlineData("nowhere", "bot", "a-token-for-the-tests", 401)]
    [InlineData("telegram", "bot", "a-token-for-the-tests", 200)]
    public async Task OnlyAKnownSourceWithItsOwnProofIsHeard(string platform, string source, string token, int status) => Assert.Equal(
        status, await PostAsync("""{"update_id":1,"message":{"message_id":1,"from":{"id":5},"chat":{"id":-1},"text":"x"}}""", platform, source, token));

    private async Task<Receipt> ReceiveAsync(Comment comment, string eventId)
    {
        var now = _world.Time.Now;
        var receipts = await _world.Intake.ReceiveAsync([new Arrival(comment with { FirstReceivedAt = now, ReceivedAt = now }, eventId)], CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        return Assert.Single(receipts);
    }

    private async Task<int> PostAsync(string body, string platform = "telegram", string source = "bot", string token = "a-token-for-the-tests")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"] = token;
        var result = await _world.Make<ReceiveWebhook>().Run(context.Request, platform, source, CancellationToken.None);
        return (await Platforms.SignatureTests.ExecuteAsync(result)).Status;
    }
}
