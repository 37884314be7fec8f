using Moderato.Local.Demo;
using Xunit;

namespace Moderato.Tests.Demo;

public sealed class DemoRunTests : IAsyncLifetime, IDisposable
{
    private static readonly DemoPace Quick = new()
    {
        FirstRedelivery = TimeSpan.FromMilliseconds(1),
        RedeliverFor = TimeSpan.FromMilliseconds(100),
        WaitForOutcomes = TimeSpan.FromMilliseconds(50),
        WaitForAlarm = TimeSpan.FromMilliseconds(50),
        WaitForMails = TimeSpan.FromMilliseconds(50),
        AskEvery = TimeSpan.FromMilliseconds(5),
    };

    private readonly DemoScript _script = DemoScript.Load();
    private readonly StringWriter _output = new();
    private static readonly Uri Mailbox = new("http://127.0.0.1:1080/");
    private StandInApp _app = null!;

    public async Task InitializeAsync() => _app = await StandInApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task EveryCommentArrivesOnceAndTheRunSucceeds()
    {
        Assert.Equal(0, await RunAsync());

        Assert.Equal(_script.Comments.Count, _app.Outcomes.Count);
        Assert.Equal(0, _app.SignaturesRefused);
        var edited = _app.Outcomes.Where(o => o is { State: "decided", Revision: 2 }).Select(o => o.Text);
        Assert.Equal(_script.Edits.Select(edit => edit.Text).Order(), edited.Order());
        Assert.Single(_app.Outcomes, o => o is { State: "removed", Text: "" });
        Assert.True(_app.EventsIgnored > 0);
        Assert.True(_app.Duplicates >= 2 * _script.Duplicates.Count);
    }

    [Fact]
    public async Task TheDemoCanBePlayedAgainOnKeptData()
    {
        Assert.Equal(0, await RunAsync());
        Assert.Equal(0, await RunAsync(startingAt: TimeSpan.FromHours(1)));
        Assert.Equal(2 * _script.Comments.Count, _app.Outcomes.Count);
    }

    [Theory]
    [InlineData("fb01")]
    [InlineData("tp03")]
    public async Task ACommentWithoutOutcomeFailsTheRunAndIsNamedWithoutItsText(string id)
    {
        _app.NeverDecided = $"-{id}";

        Assert.Equal(1, await RunAsync());

        var shown = _output.ToString();
        Assert.Contains($"-{id}: no outcome", shown[shown.IndexOf("Missing:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        var text = Assert.Single(_script.Comments, c => c.Id == id).Text;
        Assert.DoesNotContain(text, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasAnsweredWith503IsDeliveredAgain()
    {
        _app.Unavailable = 5;

        Assert.Equal(0, await RunAsync());

        Assert.Equal(_script.Comments.Count, _app.Outcomes.Count);
        Assert.Contains("answered 503", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALossInTheDigestFailsTheRun()
    {
        _app.Lost = 1;

        Assert.Equal(1, await RunAsync());

        Assert.Contains("the digest says 1 lost", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMutinyWithoutAlarmFailsTheRun()
    {
        _app.Alarm = null;

        Assert.Equal(1, await RunAsync());

        Assert.Contains("no alarm was raised for the mutiny", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMailThatIsNotSentFailsTheRun()
    {
        _app.MailState = "waiting";

        Assert.Equal(1, await RunAsync());

        Assert.Contains("a mail of the kind digest is waiting", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongSecretFailsTheRun()
    {
        Assert.Equal(1, await RunAsync(secret: "another"));

        Assert.DoesNotContain(_app.Outcomes, o => o.Platform == "facebook");
        Assert.Contains("the webhook answered 401", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAppThatIsAwayEndsTheRun()
    {
        await _app.DisposeAsync();

        Assert.Equal(1, await RunAsync());

        Assert.Contains("The demo cannot go on", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSummaryNamesTheDigestAndWhereMailsAreRead()
    {
        Assert.Equal(0, await RunAsync());

        Assert.Contains($"Digest: {_app.Address}api/communities/demo/digests/", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The alarm: mutiny, delivery, fermo, 14 people on 1 channel,", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Mail:   {Mailbox} (digest 1)", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string secret = StandInApp.Secret, TimeSpan startingAt = default) => DemoRun.RunAsync(
        new DemoTarget(_app.Address, StandInApp.ApiKey, secret, StandInApp.Source, Mailbox),
        _script, Quick, _output, new LaterTime(startingAt), CancellationToken.None);

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
