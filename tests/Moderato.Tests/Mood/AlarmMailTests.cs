using Moderato.Mail;
using Moderato.Mood;
using Moderato.Tests.Support;
using Xunit;
using Scope = Moderato.Mood.Scope;

namespace Moderato.Tests.Mood;

/// <summary>Who is mailed when.</summary>
public sealed class AlarmMailTests
{
    [Fact]
    public async Task WhoWantsAlarmsIsMailedOncePerChangeAndOthersWhenNobodySeesToIt()
    {
        await using var world = await World.CreateAsync(Settings());
        var id = (await SomeMood.OpenAsync(world, Level.Unrest)).Incident.Id;
        await FollowAsync(world, id, Level.Unrest);
        await FollowAsync(world, id, Level.Mutiny);
        world.Time.Advance(TimeSpan.FromMinutes(30));
        await SomeMood.ChangeAsync(world, id, i => i.Escalate(world.Community.EscalateAfter, world.Time.Now));
        await FollowAsync(world, id, Level.Calm);
        Assert.Equal(
            [("anna@example.org", $"{id}/1"), ("anna@example.org", $"{id}/2"), ("anna@example.org", $"{id}/4"), ("boss@example.org", $"{id}/3")], await MailsAsync(world));
    }

    [Fact]
    public async Task ALoneComplaintIsMailedToNobody()
    {
        await using var world = await World.CreateAsync(Settings());
        var id = (await SomeMood.OpenAsync(world, Level.Complaint, new Scope(ScopeKind.Person, "7"), people: 1)).Incident.Id;
        await FollowAsync(world, id, Level.Calm);
        Assert.Empty(await MailsAsync(world));
    }

    [Theory]
    [InlineData(Level.Unrest, ScopeKind.Cause, false)]
    [InlineData(Level.Crisis, ScopeKind.Cause, true)]
    [InlineData(Level.Mutiny, ScopeKind.Cause, true)]
    [InlineData(Level.Crisis, ScopeKind.Raid, true)]
    public async Task AtNightOnlyWhatCannotWaitIsMailed(Level level, ScopeKind kind, bool atOnce)
    {
        await using var world = await World.CreateAsync(Settings(quiet: true));
        world.Time.Now = new DateTimeOffset(2026, 3, 10, 23, 0, 0, TimeSpan.Zero); // midnight in Rome
        var id = (await SomeMood.OpenAsync(world, level, new Scope(kind, "17"))).Incident.Id;
        Assert.Equal(atOnce ? 1 : 0, (await MailsAsync(world)).Count);
        Assert.Single(await SomeMood.ToldAsync(world)); // systems do not sleep
        world.Time.Now = new DateTimeOffset(2026, 3, 11, 5, 59, 0, TimeSpan.Zero);
        await FollowAsync(world, id, level);
        Assert.Equal(atOnce ? 1 : 0, (await MailsAsync(world)).Count);
        world.Time.Now = new DateTimeOffset(2026, 3, 11, 6, 0, 0, TimeSpan.Zero);
        await FollowAsync(world, id, level);
        Assert.Equal(("anna@example.org", $"{id}/1"), Assert.Single(await MailsAsync(world)));
    }

    [Fact]
    public async Task WhatIsOverByTheMorningIsMailedToNobody()
    {
        await using var world = await World.CreateAsync(Settings(quiet: true));
        world.Time.Now = new DateTimeOffset(2026, 3, 10, 23, 0, 0, TimeSpan.Zero);
        var id = (await SomeMood.OpenAsync(world, Level.Unrest)).Incident.Id;
        await FollowAsync(world, id, Level.Calm);
        world.Time.Now = new DateTimeOffset(2026, 3, 11, 8, 0, 0, TimeSpan.Zero);
        await FollowAsync(world, id, Level.Calm);
        Assert.Empty(await MailsAsync(world));
    }

    [Fact]
    public async Task WhatGetsWorseAtNightWaitsNoLonger()
    {
        await using var world = await World.CreateAsync(Settings(quiet: true));
        world.Time.Now = new DateTimeOffset(2026, 3, 10, 23, 0, 0, TimeSpan.Zero);
        var id = (await SomeMood.OpenAsync(world, Level.Unrest)).Incident.Id;
        await FollowAsync(world, id, Level.Crisis);
        Assert.Equal(("anna@example.org", $"{id}/2"), Assert.Single(await MailsAsync(world)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereEverybodyIsMailedOnce(bool afterwards)
    {
        var killings = 0;
        for (var (request, done) = (1, false); !done; request++)
        {
            await using var world = await World.CreateAsync(Settings());
            var id = (await SomeMood.OpenAsync(world, Level.Unrest)).Incident.Id;
            world.Storage.KillAt(request, afterwards);
            try
            {
                await FollowAsync(world, id, Level.Mutiny);
            }
            catch (Exception) when (world.Storage.HasKilled)
            {
                killings++;
            }
            done = !world.Storage.HasKilled;
            world.Storage.Reset();
            await FollowAsync(world, id, Level.Mutiny);
            Assert.Equal([("anna@example.org", $"{id}/1"), ("anna@example.org", $"{id}/2")], await MailsAsync(world));
        }
        Assert.InRange(killings, 5, 40);
    }

    private static Task FollowAsync(World world, string id, Level level) => SomeMood.ChangeAsync(world, id, i => i.Follow(SomeMood.Finding(level, world.Time.Now), world.Time.Now));

    private static async Task<IReadOnlyList<(string Address, string Of)>> MailsAsync(World world) =>
        [.. (await world.Get<IMailStore>().ReadAsync(World.Demo, null, CancellationToken.None)).Where(m => m.Request.Kind == Alarms.Kind).Select(m => (m.Request.Address, m.Request.Of)).Order()];

    private static Dictionary<string, string?> Settings(bool quiet = false)
    {
        var settings = SomeMood.Settings();
        settings["Moderato:Mail:Host"] = "localhost";
        settings["Moderato:Communities:0:Recipients:0:Address"] = "anna@example.org";
        settings["Moderato:Communities:0:Recipients:0:Editions:0"] = "alarms";
        settings["Moderato:Communities:0:Recipients:1:Address"] = "boss@example.org";
        settings["Moderato:Communities:0:Recipients:1:Editions:0"] = "escalations";
        if (quiet)
            (settings["Moderato:Communities:0:QuietFrom"], settings["Moderato:Communities:0:QuietTo"]) = ("22", "7");
        return settings;
    }
}
