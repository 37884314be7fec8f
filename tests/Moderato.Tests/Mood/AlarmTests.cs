using Moderato.Comments;
using Moderato.Mood;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class AlarmTests
{
    [Fact]
    public async Task EveryChangeIsToldOnceUnderAnIdOfItsOwn()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        var id = (await SomeMood.OpenAsync(world, Level.Unrest)).Incident.Id;
        await FollowAsync(world, id, Level.Unrest);
        await FollowAsync(world, id, Level.Mutiny);
        await FollowAsync(world, id, Level.Crisis);
        world.Time.Advance(TimeSpan.FromMinutes(30));
        await SomeMood.ChangeAsync(world, id, i => i.Escalate(TimeSpan.FromMinutes(30), world.Time.Now));
        await FollowAsync(world, id, Level.Calm);
        await SomeMood.ChangeAsync(world, id, i => i.Note("over at last", "anna", world.Time.Now));
        var told = await SomeMood.ToldAsync(world);
        Assert.Equal(
            [("incident.opened", 1, "unrest"), ("incident.changed", 2, "mutiny"), ("incident.escalated", 3, "crisis"), ("incident.closed", 4, "calm")],
            told.Select(t => (t.Type, (int)t.Data["change"]!, (string)t.Data["level"]!)).OrderBy(t => t.Item2));
        Assert.All(told, t => Assert.StartsWith("/api/incidents/", (string)t.Data["link"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatOneComplainsAboutIsToldToSystemsAndMailedToNobody()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        var complaint = await SomeMood.OpenAsync(world, Level.Complaint, new Scope(ScopeKind.Person, "7"), people: 1);
        Assert.Equal("incident.opened", Assert.Single(await SomeMood.ToldAsync(world)).Type);
        Assert.Null(Alarms.AlarmDue(complaint.Incident));
        Assert.Null(Alarms.AlarmDue(complaint.Incident.Calm(world.Time.Now, by: null)));
    }

    [Theory]
    [InlineData(Level.Crisis, false, true)]
    [InlineData(Level.Unrest, false, true)]
    [InlineData(Level.Unrest, true, false)]
    [InlineData(Level.Crisis, true, true)]
    public async Task ItIsSaidHowLongAnAlarmTook(Level level, bool quietHours, bool said)
    {
        var settings = SomeMood.Settings();
        if (quietHours)
            (settings["Moderato:Communities:0:QuietFrom"], settings["Moderato:Communities:0:QuietTo"]) = ("22", "7");
        await using var world = await World.CreateAsync(settings);
        var last = (await SomeMood.OpenAsync(world, level)).Incident.LastReceivedAt!.Value;
        var expected = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Information Moderato.Mood.Alarms: Alarm of demo told after {(long)(world.Time.Now - last).TotalSeconds} s.");
        Assert.Equal(said, world.Logs.Lines.Contains(expected));
    }

    /// <summary>A platform that tells of a comment twenty minutes late makes no alarm late.</summary>
    [Fact]
    public void AnAlarmsTimeBeginsWhenTheLastCommentCameIn()
    {
        var received = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
        var written = received.AddMinutes(-20);
        var id = new OutcomeId(received, new CommentKey(SomeMood.Instagram, "1")).ToString();
        var finding = Findings.Of(SomeMood.Parcels, Level.Crisis, [new Voice(id, SomeMood.Instagram, "bottega", 7, written)], TimeSpan.FromHours(1));
        var incident = IncidentSteps.Open(finding, Labels.None, received.AddSeconds(30));
        Assert.Equal((written, received), (incident.LastAt, incident.LastReceivedAt));
    }

    [Fact]
    public void AnAlarmIsDueOnceAndItsEndOnlyWhereItWasMailed()
    {
        var now = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
        var incident = IncidentSteps.Open(SomeMood.Finding(Level.Unrest, now), Labels.None, now);
        Assert.Equal(1, Alarms.AlarmDue(incident)?.Change);
        Assert.Null(Alarms.AlarmDue(incident.Calm(now, by: null)));
        Assert.Null(Alarms.AlarmDue(incident.Close("anna", "seen", now)));
        var mailed = incident with { Mailed = 1 };
        Assert.Null(Alarms.AlarmDue(mailed));
        Assert.Equal(2, Alarms.AlarmDue(mailed.Follow(SomeMood.Finding(Level.Crisis, now), now))?.Change);
        Assert.Equal(IncidentEventKind.AllClear, Alarms.AlarmDue(mailed.Calm(now, by: null))?.What);
        Assert.Null(Alarms.AlarmDue(mailed.Close("anna", "seen", now)));
        // What joined another incident is not over.
        Assert.Null(Alarms.AlarmDue(mailed.Join("another", now)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereNothingIsLostAndNothingDoubled(bool afterwards)
    {
        var killings = 0;
        for (var (request, done) = (1, false); !done; request++)
        {
            await using var world = await World.CreateAsync(SomeMood.Settings());
            world.Storage.KillAt(request, afterwards);
            try
            {
                await LookAsync(world, Level.Crisis);
                await LookAsync(world, Level.Mutiny);
            }
            catch (Exception) when (world.Storage.HasKilled)
            {
                killings++;
            }
            done = !world.Storage.HasKilled;
            world.Storage.Reset();
            // The next look finds what the one before saw, and perhaps did.
            await LookAsync(world, Level.Mutiny);
            await LookAsync(world, Level.Mutiny);

            var incident = Assert.Single(await SomeMood.AllAsync(world));
            var told = await SomeMood.ToldAsync(world);
            Assert.Equal((Level.Mutiny, incident.Change, incident.Change), (incident.Level, incident.Told, incident.Mailed));
            Assert.Equal(incident.Timeline.Where(e => e.Change is not null).Select(e => e.Change!.Value), told.Select(t => (int)t.Data["change"]!).Order());
            Assert.Equal("mutiny", (string)told.MaxBy(t => (int)t.Data["change"]!).Data["level"]!);
        }
        Assert.InRange(killings, 8, 60);
    }

    [Fact]
    public async Task TwoThatLookAtTheSameTimeOpenOneIncident()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        for (var round = 0; round < 5; round++)
        {
            var level = round < 2 ? Level.Crisis : Level.Mutiny;
            await Task.WhenAll(LookAsync(world, level), LookAsync(world, level), LookAsync(world, level));
        }
        var incident = Assert.Single(await SomeMood.AllAsync(world));
        Assert.Equal((2, 2), (incident.Change, incident.Told));
        Assert.Equal(["incident.changed", "incident.opened"], (await SomeMood.ToldAsync(world)).Select(t => t.Type).Order());
    }

    /// <summary>What the watch does with one cause, whatever it was found by.</summary>
    private static async Task LookAsync(World world, Level level)
    {
        var (store, now) = (world.Get<IIncidentStore>(), world.Time.Now);
        var book = await store.ReadBookAsync(World.Demo, now, CancellationToken.None);
        foreach (var standing in book.Incidents)
            await world.Get<Alarms>().SettleAsync(world.Community, standing, CancellationToken.None);
        if (book.Incidents is [var known])
            await FollowAsync(world, known.Incident.Id, level);
        else if (IncidentSteps.Open(SomeMood.Finding(level, now), Labels.None, now) is var opened && await store.OpenAsync(World.Demo, [opened], book.Tag, CancellationToken.None))
            await FollowAsync(world, opened.Id, level);
    }

    private static Task FollowAsync(World world, string id, Level level) => SomeMood.ChangeAsync(world, id, i => i.Follow(SomeMood.Finding(level, world.Time.Now), world.Time.Now));
}
