using Moderato.Comments;
using Moderato.Hosting.Worker;
using Moderato.Mood;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mood;

/// <summary>From comments to incidents, through the whole app.</summary>
public sealed class WatchTests
{
    private static readonly string[] Angry =
    [
        "Il pacco non è mai arrivato, vergognatevi!", "Dov'è il mio pacco? Due settimane di ritardo, che schifo", "Pacco perso e nessuno risponde, pessimi!!", "Ancora nessuna consegna, mi avete rubato i soldi",
        "Consegna mai arrivata, siete dei ladri!", "Il corriere non ha consegnato niente, vergogna", "Pacco in ritardo di un mese, mai più!", "Ordine mai consegnato, rivoglio i miei soldi, vergognatevi!",
    ];

    [Fact]
    public async Task OneRanterIsAComplaintAndNoAlarm()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        await UsualDaysAsync(world);
        for (var i = 0; i < 30; i++)
        {
            await world.ReceiveAsync(Late(world, $"rant{i}", Angry[i % Angry.Length], "ranter"));
            world.Time.Advance(TimeSpan.FromMinutes(2));
        }
        await world.WorkAsync();
        await LookAsync(world);
        var incident = Assert.Single(await SomeMood.AllAsync(world));
        Assert.Equal((ScopeKind.Person, Level.Complaint), (incident.Scope.Kind, incident.Level));
        Assert.Null(Alarms.AlarmDue(incident));
        Assert.Equal("complaint", (string)Assert.Single(await SomeMood.ToldAsync(world)).Data["level"]!);
    }

    [Fact]
    public async Task ThirtyPeopleWithOneCauseAreAnAlarmThatSaysWhatItIsAbout()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        await UsualDaysAsync(world);
        await MutinyAsync(world, 30);
        await LookAsync(world);
        await LookAsync(world);
        var incident = Assert.Single(await SomeMood.AllAsync(world));
        Assert.Equal(ScopeKind.Cause, incident.Scope.Kind);
        Assert.InRange(incident.Level, Level.Crisis, Level.Mutiny);
        Assert.InRange(incident.People, 15, 30); // some are too polite to be counted
        Assert.Contains("delivery", incident.Concepts);
        var told = Assert.Single(await SomeMood.ToldAsync(world));
        Assert.Equal("incident.opened", told.Type);

        var mood = await world.Make<IncidentFunctions>().Mood(Http.Request(), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal(incident.Id, (string)mood.Json["findings"]![0]!["incidentId"]!);
        var letter = await world.Make<AlarmLetter>().WriteAsync(
            new(World.Demo, Alarms.Kind, Alarms.Of(incident.Id, 1), Editions.Alarms, "anna@example.org", "it"), new("https://m.example.org", "https://m.example.org/u"), CancellationToken.None);
        Assert.Matches("^Bottega Demo · (Crisi|Rivolta): consegn.*, [0-9]+ persone$", letter!.Subject);
        Assert.All([letter.Html, letter.Text], part =>
        {
            Assert.Contains("https://m.example.org/api/incidents/", part, StringComparison.Ordinal);
            Assert.Contains("di solito a quest", System.Net.WebUtility.HtmlDecode(part), StringComparison.Ordinal);
            Assert.Contains("https://m.example.org/u", part, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task ARestartInTheMiddleChangesNothing()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        await UsualDaysAsync(world);
        await MutinyAsync(world, 30);
        await LookAsync(world);
        var before = Assert.Single(await SomeMood.AllAsync(world));
        // What is in memory is gone; what stands in rows is all there is.
        var watch = Fresh(world);
        await watch.RunAsync(world.Community, CancellationToken.None);
        Assert.Equal(before.Change, Assert.Single(await SomeMood.AllAsync(world)).Change);
        Assert.Single(await SomeMood.ToldAsync(world));
    }

    [Fact]
    public async Task WhenItCalmsDownItIsOverOnce()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        await UsualDaysAsync(world);
        await MutinyAsync(world, 30);
        await LookAsync(world);
        for (var i = 0; i < 10; i++)
        {
            world.Time.Advance(TimeSpan.FromHours(3));
            await LookAsync(world);
        }
        Assert.Equal(IncidentState.Over, Assert.Single(await SomeMood.AllAsync(world)).State);
        Assert.Equal("incident.closed", (await SomeMood.ToldAsync(world))[^1].Type);
        Assert.Single(await SomeMood.ToldAsync(world), t => t.Type == "incident.closed");
    }

    [Fact]
    public async Task WhatIsRemovedIsNotHeardAnyMore()
    {
        await using var world = await World.CreateAsync();
        var comment = world.Some("1", Angry[0], "anna");
        await world.ReceiveAsync(comment);
        await world.WorkAsync();
        Assert.Single(await world.Get<Listening>().VoicesAsync(World.Demo, CancellationToken.None));
        world.Time.Advance(TimeSpan.FromMinutes(30));
        await world.ReceiveAsync(comment.AsTombstone() with { ReceivedAt = world.Time.Now });
        await world.WorkAsync();
        Assert.Empty(await world.Get<Listening>().VoicesAsync(World.Demo, CancellationToken.None));
    }

    [Fact]
    public async Task ARaidIsProtectedAgainst()
    {
        await using var world = await World.CreateAsync(SomeMood.Settings());
        await UsualDaysAsync(world);
        for (var i = 0; i < 12; i++)
            await world.ReceiveAsync(Late(world, $"raid{i}", "Guadagna subito cinquemila euro al giorno con questo metodo segreto che le banche odiano, scrivimi in privato", $"bot{i}"));
        await world.WorkAsync();
        await LookAsync(world);
        await LookAsync(world);
        var raid = (await SomeMood.AllAsync(world)).Single(i => i.Scope.Kind == ScopeKind.Raid);
        Assert.Contains(raid.Timeline, e => e.What == IncidentEventKind.ProtectionBegan);
        world.Time.Advance(Protections.Remembered);
        await world.ReceiveAsync(world.Some("after", "Che bella borsa, complimenti davvero!", "newcomer"));
        await world.WorkAsync();
        Assert.Equal(Decision.Hold, (await world.OutcomesAsync()).Single(o => o.Key.Id == "after").Decision);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereTheNextLookDoesTheRest(bool afterwards)
    {
        var killings = 0;
        for (var (request, done) = (1, false); !done; request++)
        {
            await using var world = await World.CreateAsync(SomeMood.Settings());
            await MutinyAsync(world, 30);
            world.Storage.KillAt(request, afterwards);
            try
            {
                await LookAsync(world);
            }
            catch (Exception) when (world.Storage.HasKilled)
            {
                killings++;
            }
            done = !world.Storage.HasKilled;
            world.Storage.Reset();
            await Fresh(world).RunAsync(world.Community, CancellationToken.None);
            await LookAsync(world);
            var incident = Assert.Single(await SomeMood.AllAsync(world));
            Assert.Equal((incident.Change, incident.Change), (incident.Told, incident.Mailed));
            Assert.Equal(incident.Change, (await SomeMood.ToldAsync(world)).Count);
        }
        Assert.InRange(killings, 8, 80);
    }

    /// <summary>A week of some comments a day, most of them kind, so that it is known what is usual.</summary>
    private static async Task UsualDaysAsync(World world)
    {
        for (var day = 0; day < 7; day++)
        {
            for (var i = 0; i < 6; i++)
            {
                await world.ReceiveAsync(Late(world, $"d{day}-{i}", i == 0 ? "Non mi è piaciuto, peccato" : "Spedizione velocissima, grazie!", $"usual{i}"));
                world.Time.Advance(TimeSpan.FromHours(4));
            }
        }
        await world.WorkAsync();
        await world.Get<Moderato.Digests.RollUp>().CatchUpAsync(World.Demo, CancellationToken.None);
    }

    private static async Task MutinyAsync(World world, int people)
    {
        for (var i = 0; i < people; i++)
        {
            await world.ReceiveAsync(Late(world, $"m{i}", Angry[i % Angry.Length], $"person{i}"));
            world.Time.Advance(TimeSpan.FromSeconds(20));
        }
        await world.WorkAsync();
    }

    private static Comment Late(World world, string id, string text, string author) => world.Some(id, text, author) with { CreatedAt = world.Time.Now };

    /// <summary>As the timer does.</summary>
    private static Task LookAsync(World world) => world.Make<WatchMood>().Run(new TimerInfo(), CancellationToken.None);

    /// <summary>A watch that remembers nothing.</summary>
    private static MoodWatch Fresh(World world) => new(
        world.Make<Listening>(), world.Get<IIncidentStore>(), world.Get<IWatchedComments>(), world.Get<IPastStore>(), world.Get<IEventStore>(), world.Get<Incidents>(), world.Get<Alarms>(),
        world.Get<RaidProtection>(), world.Time);
}
