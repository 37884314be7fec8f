using Moderato.Comments;
using Moderato.Hosting.Worker;
using Moderato.Ingest;
using Moderato.Policy;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Ingest;

/// <summary>LinkedIn's terms allow what its members wrote to be kept for 48 hours.</summary>
public sealed class ExpireTextsTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync(new Dictionary<string, string?>
    {
        ["Moderato:Sources:1:Id"] = "page",
        ["Moderato:Sources:1:Platform"] = "linkedin",
        ["Moderato:Sources:1:Community"] = "demo",
        ["Moderato:Sources:1:Secrets:0"] = "the-secret-of-the-app",
        ["Moderato:Sources:1:ActionToken"] = "a-token",
    });

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task AfterTwoDaysNoTableHoldsTheWordsAndTheDecisionStays()
    {
        const string policy = "policy: 1\notherwise: approve\nrules:\n  - { id: t, name: T, then: { reply: { template: t, send: automatic, even_if_angry: true } } }\ntemplates: { t: { it: [\"Grazie, {author}.\"] } }";
        await _world.Get<IPolicyStore>().AddAsync(World.Demo, DocumentKinds.Policy, new DocumentVersion(1, policy, "anna", "", _world.Time.Now), CancellationToken.None);
        await _world.ReceiveAsync(LinkedIn("1"), _world.Some("2", "words elsewhere"));
        await _world.WorkAsync();
        Assert.Equal("Grazie, Anna B.", (await OutcomeAsync("1")).Verdict!.Reply!.Text);
        Assert.Equal("Grazie, Anna B.", Assert.Single(await _world.RowsAsync(_world.Tables.Actions)).GetString("Text"));

        _world.Time.Advance(TimeSpan.FromHours(45));
        await RunAsync();
        Assert.NotEmpty((await OutcomeAsync("1")).Comment.Text);

        _world.Time.Advance(TimeSpan.FromHours(2));
        await RunAsync();

        var outcome = await OutcomeAsync("1");
        Assert.Equal(("", true, new Author("urn:li:person:anna", null)), (outcome.Comment.Text, outcome.Comment.TextExpired, outcome.Comment.Author));
        Assert.NotNull(outcome.Verdict);
        Assert.NotNull(outcome.Signals);
        foreach (var table in _world.Tables.All)
        {
            Assert.DoesNotContain(
                await _world.RowsAsync(table), r => r.Any(p => p.Value is string s && (s.Contains("secret words", StringComparison.Ordinal) || s.Contains("Anna B", StringComparison.Ordinal))));
        }
        Assert.Equal("words elsewhere", (await OutcomeAsync("2")).Comment.Text);
    }

    [Fact]
    public async Task ALaterEditHasItsOwnTime()
    {
        await _world.ReceiveAsync(LinkedIn("1"));
        _world.Time.Advance(TimeSpan.FromHours(40));
        await _world.ReceiveAsync(LinkedIn("1") with { Text = "later words", EditedAt = _world.Time.Now });
        await _world.WorkAsync();

        _world.Time.Advance(TimeSpan.FromHours(7));
        await RunAsync();
        Assert.Equal("later words", (await OutcomeAsync("1")).Comment.Text);

        _world.Time.Advance(TimeSpan.FromHours(40));
        await RunAsync();
        Assert.Equal("", (await OutcomeAsync("1")).Comment.Text);
    }

    [Fact]
    public async Task WhatWasLetGoDoesNotComeBackByAnOldDelivery()
    {
        var comment = LinkedIn("1");
        await _world.ReceiveAsync(comment);
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromHours(47));
        await RunAsync();

        Assert.Equal(ReceiptStatus.Duplicate, Assert.Single(await _world.ReceiveAsync(comment with { ReceivedAt = _world.Time.Now })).Status);
        Assert.Equal("", (await OutcomeAsync("1")).Comment.Text);
    }

    [Fact]
    public async Task PartsThatNobodyCouldReadGoAsWell()
    {
        var source = _world.Get<Sources>().All.Single(s => s.Platform.ToString() == "linkedin");
        await _world.Get<IIntakeStore>().ParkAsync(new UnreadablePart(source, "why", "secret words"u8.ToArray(), _world.Time.Now), CancellationToken.None);
        await RunAsync();
        Assert.NotNull(Assert.Single(await _world.RowsAsync(_world.Tables.DeadLetters)).GetBinary("Message"));

        _world.Time.Advance(TimeSpan.FromHours(47));
        await RunAsync();
        Assert.Null(Assert.Single(await _world.RowsAsync(_world.Tables.DeadLetters)).GetBinary("Message")); // that it was there stays
    }

    private Comment LinkedIn(string id) => _world.Some(id, "secret words") with
    {
        Key = new CommentKey(PlatformId.Parse("linkedin"), id),
        Source = "linkedin/page",
        Author = new Author("urn:li:person:anna", "Anna B"),
    };

    private Task RunAsync() => _world.Make<ExpireTexts>().Run(new TimerInfo(), CancellationToken.None);

    private async Task<Outcome> OutcomeAsync(string id) => (await _world.OutcomesAsync()).Single(o => o.Key.Id == id);
}
