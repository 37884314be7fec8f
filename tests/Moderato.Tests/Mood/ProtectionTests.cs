using Moderato.Comments;
using Moderato.Mood;
using Moderato.Policy;
using Moderato.Review;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class ProtectionTests : IAsyncLifetime
{
    private const string Kind = "Spedizione velocissima, grazie!";

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task WhileItLastsNewcomersAndLinksWaitForAPerson()
    {
        await JudgeAsync("old", "regular");
        _world.Time.Advance(TimeSpan.FromDays(3));
        await _world.Get<IAuthorStore>().SaveProfileAsync(World.Demo, SomeMood.Instagram, "trusted", new AuthorProfile(true, false, []), CancellationToken.None);
        await BeginAsync(60);

        var held = await JudgeAsync("1", "newcomer");
        Assert.Equal((Decision.Hold, ProtectiveMode.Rule), (held.Decision, held.Verdict!.Rule));
        Assert.Equal("channel.protected (until 2026-03-13T10:30Z); author.newcomer", held.Verdict.Because);
        Assert.Equal(["nothing-against-it"], held.Verdict.AlsoRules);
        Assert.Equal(Decision.Approve, (await JudgeAsync("2", "regular")).Decision);
        Assert.Equal(Decision.Hold, (await JudgeAsync("3", "regular", Kind + " https://example.org/x")).Decision);
        Assert.Equal(Decision.Approve, (await JudgeAsync("4", "trusted")).Decision);
        Assert.Equal(Decision.Approve, (await JudgeAsync("5", "elsewhere", channel: "another")).Decision);
        // What the policy decides otherwise stays its decision.
        Assert.NotEqual(ProtectiveMode.Rule, (await JudgeAsync("6", "rude", "Siete degli stronzi di merda")).Verdict!.Rule);
        var (waiting, _) = await _world.Get<IReviewStore>().ListAsync(World.Demo, null, 50, CancellationToken.None);
        Assert.Contains(waiting, w => w.Item.Outcome.Key.Id == "1");
    }

    [Fact]
    public async Task ItEndsByItself()
    {
        await BeginAsync(60);
        Assert.Equal(Decision.Hold, (await JudgeAsync("1", "one")).Decision);
        _world.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(Decision.Approve, (await JudgeAsync("2", "two")).Decision);
    }

    [Fact]
    public async Task WhatWasApprovedBeforeStaysApprovedWhenItIsDeliveredAgain()
    {
        Assert.Equal(Decision.Approve, (await JudgeAsync("1", "one")).Decision);
        await BeginAsync(60);
        Assert.Equal(Decision.Approve, (await JudgeAsync("1", "one")).Decision);
        // And what was held stays held when the protection is over.
        Assert.Equal(Decision.Hold, (await JudgeAsync("2", "two")).Decision);
        _world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(Decision.Hold, (await JudgeAsync("2", "two")).Decision);
    }

    [Fact]
    public async Task ADraftIsNotBlamedForWhatAProtectionHeld()
    {
        await BeginAsync(60);
        var held = await JudgeAsync("1", "one");
        var replaying = new Replaying(BuiltInPolicy.Policy, _world.Community, new ReplayResult());
        replaying.Add(held, null);
        Assert.Equal((1, 0), (replaying.Result.Compared, replaying.Result.Changed));
    }

    [Fact]
    public async Task ARaidIsProtectedAgainstForAnHourAfterItsLastCommentAndTwelveAtMost()
    {
        var raid = await SomeMood.OpenAsync(_world, Level.Crisis, new Scope(ScopeKind.Raid, "instagram/bottega"));
        var (began, last) = (_world.Time.Now, _world.Time.Now);
        for (var hour = 0; hour < 13; hour++)
        {
            await FollowAsync(raid, last = _world.Time.Now);
            var lasting = await _world.Get<IProtectionStore>().LastingAsync(World.Demo, _world.Time.Now, CancellationToken.None);
            if (hour < 12)
                Assert.Equal(Min(last.AddHours(1), began.AddHours(12)), Assert.Single(lasting).Until);
            else
                Assert.Empty(lasting);
            _world.Time.Advance(TimeSpan.FromMinutes(hour == 11 ? 62 : 59.9));
        }
        var incident = await SomeMood.FindAsync(_world, raid.Incident.Id);
        Assert.Equal([IncidentEventKind.Opened, IncidentEventKind.ProtectionBegan, IncidentEventKind.ProtectionEnded], incident.Timeline.Select(e => e.What));
    }

    [Fact]
    public async Task WhatSomebodyEndedDoesNotBeginAgain()
    {
        var raid = await SomeMood.OpenAsync(_world, Level.Crisis, new Scope(ScopeKind.Raid, "instagram/bottega"));
        await FollowAsync(raid, _world.Time.Now);
        Assert.True(await _world.Get<Protections>().EndAsync(_world.Community, SomeMood.Instagram, "bottega", "anna", CancellationToken.None));
        Assert.False(await _world.Get<Protections>().EndAsync(_world.Community, SomeMood.Instagram, "bottega", "anna", CancellationToken.None));
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await FollowAsync(raid, _world.Time.Now);
        Assert.Empty(await _world.Get<Protections>().CurrentAsync(World.Demo, CancellationToken.None));
        Assert.Equal(Decision.Approve, (await JudgeAsync("1", "one")).Decision);
    }

    [Fact]
    public async Task WhatSomebodyBeganLongerGoesOnAsLong()
    {
        await BeginAsync(300);
        await BeginAsync(5);
        var raid = await SomeMood.OpenAsync(_world, Level.Crisis, new Scope(ScopeKind.Raid, "instagram/bottega"));
        await FollowAsync(raid, _world.Time.Now);
        var lasting = Assert.Single(await _world.Get<Protections>().CurrentAsync(World.Demo, CancellationToken.None));
        Assert.Equal(_world.Time.Now.AddMinutes(300), lasting.Until);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereTheNextLookDoesTheRest(bool afterwards)
    {
        for (var (request, done) = (1, false); !done; request++)
        {
            await using var world = await World.CreateAsync();
            var raid = await SomeMood.OpenAsync(world, Level.Crisis, new Scope(ScopeKind.Raid, "instagram/bottega"));
            world.Storage.KillAt(request, afterwards);
            try
            {
                await world.Get<RaidProtection>().FollowAsync(world.Community, raid, world.Time.Now, world.Time.Now, CancellationToken.None);
            }
            catch (Exception) when (world.Storage.HasKilled)
            {
                Assert.InRange(request, 1, 20);
            }
            done = !world.Storage.HasKilled;
            world.Storage.Reset();
            raid = (await world.Get<IIncidentStore>().FindAsync(World.Demo, raid.Incident.Id, CancellationToken.None))!;
            await world.Get<RaidProtection>().FollowAsync(world.Community, raid, world.Time.Now, world.Time.Now, CancellationToken.None);
            Assert.Equal(world.Time.Now.AddHours(1), Assert.Single(await world.Get<IProtectionStore>().LastingAsync(World.Demo, world.Time.Now, CancellationToken.None)).Until);
            Assert.Equal([IncidentEventKind.Opened, IncidentEventKind.ProtectionBegan], (await SomeMood.FindAsync(world, raid.Incident.Id)).Timeline.Select(e => e.What));
        }
    }

    private Task BeginAsync(int minutes) => _world.Get<Protections>().BeginAsync(World.Demo, SomeMood.Instagram, "bottega", TimeSpan.FromMinutes(minutes), "anna", CancellationToken.None);

    private async Task FollowAsync(StandingIncident raid, DateTimeOffset last) => await _world.Get<RaidProtection>().FollowAsync(
        _world.Community, (await _world.Get<IIncidentStore>().FindAsync(World.Demo, raid.Incident.Id, CancellationToken.None))!, last, _world.Time.Now, CancellationToken.None);

    private async Task<Outcome> JudgeAsync(string id, string author, string text = Kind, string channel = "bottega")
    {
        await _world.ReceiveAsync(_world.Some(id, text, author) with { Channel = channel });
        await _world.WorkAsync();
        return (await _world.OutcomesAsync()).Single(o => o.Key.Id == id);
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
