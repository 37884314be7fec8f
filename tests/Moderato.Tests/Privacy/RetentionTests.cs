using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Hosting.Worker;
using Moderato.Ingest;
using Moderato.Moderation;
using Moderato.Privacy;
using Moderato.Tests.Ingest.Platforms;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Privacy;

/// <summary>What is kept how long, with a clock that moves: words for 20 days here, anything for 30.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task WordsGoFirstThenRowsThenOnlyCountsRemain()
    {
        await LiveAsync(_world, "old");
        var day = LocalDay.Of(_world.Time.Now, _world.Community.Zone);
        var digest = await _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(day.Date), CancellationToken.None);
        Assert.Equal(new Completeness(2, 1, 1, 0, 1, 0), digest.Completeness);

        _world.Time.Advance(TimeSpan.FromDays(19));
        await RunAsync(_world);
        Assert.Contains(await WordsAsync(_world), w => w.EndsWith("Text", StringComparison.Ordinal));

        _world.Time.Advance(TimeSpan.FromDays(2));
        await LiveAsync(_world, "new", "anna"); // the same author, later
        await RunAsync(_world);
        Assert.DoesNotContain(await WordsAsync(_world), w => w.Contains("old", StringComparison.Ordinal));
        var judged = Assert.Single(await _world.OutcomesAsync(), o => o.Key.Id == "old");
        Assert.Equal((true, "anna", null), (judged.Comment.TextExpired, judged.Comment.Author!.Id, judged.Comment.Author.Name));
        Assert.Equal("she was rude", judged.Ruling!.Reason);

        _world.Time.Advance(TimeSpan.FromDays(10));
        await RunAsync(_world);
        foreach (var table in new[] { _world.Tables.Comments, _world.Tables.Outcomes, _world.Tables.Authors, _world.Tables.Actions, _world.Tables.DeadLetters })
        {
            var rows = await _world.RowsAsync(table);
            Assert.NotEmpty(rows);
            Assert.All(rows, r => Assert.Contains("new", $"{r.PartitionKey} {r.RowKey} {r.GetString("Id")} {r.GetString("Reason")}", StringComparison.Ordinal));
        }
        Assert.Equal(digest.Completeness, (await _world.Get<IDigestStore>().FindDigestAsync(World.Demo, DigestName.Day(day.Date), CancellationToken.None))!.Completeness);
        var compile = await _world.Make<DigestFunctions>().Compile(Request(), "demo", day.Date.ToString("O", null), CancellationToken.None);
        Assert.Equal(400, (await SignatureTests.ExecuteAsync(compile)).Status); // there is nothing left to count
    }

    [Fact]
    public async Task WhoChangedWhatIsRememberedForTenYears()
    {
        await _world.Get<IAuditLog>().AppendAsync(new AuditEntry(World.Demo, _world.Time.Now, "anna", Acts.PolicyChanged, null, null), CancellationToken.None);
        await _world.Get<IAuditLog>().AppendAsync(new AuditEntry(null, _world.Time.Now, "anna", Acts.KeyCreated, null, null), CancellationToken.None);
        _world.Time.Now = _world.Time.Now.AddYears(10);
        await RunAsync(_world);
        Assert.Equal(2, (await _world.RowsAsync(_world.Tables.Audit)).Count);
        _world.Time.Now = _world.Time.Now.AddMonths(1);
        await RunAsync(_world);
        Assert.Empty(await _world.RowsAsync(_world.Tables.Audit));
    }

    [Fact]
    public async Task ARunDoesABoundedAmountAndTheNextOneGoesOn()
    {
        for (var i = 0; i < 4; i++)
            await _world.ReceiveAsync([.. Enumerable.Range(0, 50).Select(j => _world.Some($"{i}-{j}", "parole"))]);
        await _world.WorkAsync();
        var (store, later) = (_world.Get<IRetentionStore>(), _world.Time.Now.AddDays(1));
        var runs = new List<int>();
        for (var piece = new RetentionPiece(0, false); !piece.Done; runs.Add(piece.Count))
            piece = await store.ExpireTextsAsync(World.Demo, later, 64, CancellationToken.None);
        Assert.Equal(200, runs.Sum());
        Assert.True(runs.Count > 2, $"{runs.Count} runs");
        Assert.All(await _world.OutcomesAsync(), o => Assert.True(o.Comment.TextExpired));

        runs.Clear();
        var tomorrow = new DateTimeOffset(later.UtcDateTime.Date, TimeSpan.Zero);
        for (var piece = new RetentionPiece(0, false); !piece.Done; runs.Add(piece.Count))
            piece = await store.DeleteRowsAsync(World.Demo, tomorrow, tomorrow.AddYears(-10), 1, CancellationToken.None);
        Assert.Equal(200 + 200 + 200 + 200, runs.Sum()); // comments, receipts, authors, outcomes
        Assert.Equal(new RetentionPiece(0, true), await store.DeleteRowsAsync(World.Demo, tomorrow, tomorrow.AddYears(-10), 1, CancellationToken.None)); // once a day
        Assert.Empty(await _world.RowsAsync(_world.Tables.Comments));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereTheNextRunGoesOn(bool afterwards)
    {
        for (var (request, killed) = (1, true); killed; request++)
        {
            await LiveAsync(_world, $"old{request}");
            _world.Time.Advance(TimeSpan.FromDays(21));
            killed = await KillAsync(request, afterwards); // words go
            await RunAsync(_world);
            Assert.Empty(await WordsAsync(_world));
            _world.Time.Advance(TimeSpan.FromDays(11));
            killed |= await KillAsync(request, afterwards); // rows go
            await RunAsync(_world);
            foreach (var table in new[] { _world.Tables.Comments, _world.Tables.Outcomes, _world.Tables.Authors, _world.Tables.Actions, _world.Tables.DeadLetters })
                Assert.Empty(await _world.RowsAsync(table));
            Assert.True(request < 200, "It is never not killed.");
        }
    }

    private async Task<bool> KillAsync(int request, bool afterwards)
    {
        _world.Storage.KillAt(request, afterwards);
        try
        {
            await RunAsync(_world);
        }
        catch (Exception) when (_world.Storage.HasKilled)
        {
            // The next run goes on.
        }
        var killed = _world.Storage.HasKilled;
        _world.Storage.Reset();
        return killed;
    }

    private static Task<World> CreateAsync() => World.CreateAsync(new Dictionary<string, string?>
    {
        ["Moderato:Communities:0:TextDays"] = "20",
        ["Moderato:Communities:0:OutcomeDays"] = "30",
        ["Moderato:Sources:0:ActionToken"] = "a-token",
    });

    /// <summary>A judged comment with an answer and a ruling, delivered twice; a parked one; a part that nobody could read.</summary>
    private static async Task LiveAsync(World world, string id, string author = "anna")
    {
        var comment = world.Some(id, $"words of {id}", author);
        await world.ReceiveAsync(comment);
        await world.WorkAsync();
        await world.ReceiveAsync(comment with { ReceivedAt = world.Time.Now });
        var store = world.Get<IModerationStore>();
        var standing = (await store.FindOutcomeAsync(comment, CancellationToken.None))!;
        Assert.True(await store.ReplaceAsync(standing, standing.Outcome with { Ruling = new Ruling("r", Decision.Hide, "carla", world.Time.Now, 1) { Reason = "she was rude" } }, CancellationToken.None));
        await world.Get<Moderato.Actions.IActionStore>().AddAsync(
            new PlatformAction
            {
                Id = "a",
                Community = World.Demo,
                Key = comment.Key,
                Kind = ActionKind.Reply,
                Revision = 1,
                RequestedBy = "person:carla",
                RequestedAt = world.Time.Now,
                Text = $"words to {id}",
            }, CancellationToken.None);
        await world.ReceiveAsync(world.Some($"{id}-parked", $"words of {id}", author));
        await world.Queue(QueueNames.Comments).ClearMessagesAsync();
        await world.Get<IDeadLetterStore>().ParkAsync(new DeadLetter(world.Some($"{id}-parked"), world.Time.Now, $"test {id}"), CancellationToken.None);
        await world.Get<IIntakeStore>().ParkAsync(
            new UnreadablePart(world.Get<Sources>().All.Single(), $"why {id}", System.Text.Encoding.UTF8.GetBytes($"words of {id}"), world.Time.Now), CancellationToken.None);
        await world.Get<IDeadLetterStore>().ParkUnreadableAsync($"m-{id}", $"words of {id}", world.Time.Now, $"why {id}", CancellationToken.None);
    }

    private static Task RunAsync(World world) => world.Make<ApplyRetention>().Run(new TimerInfo(), CancellationToken.None);

    private static async Task<List<string>> WordsAsync(World world)
    {
        var found = new List<string>();
        foreach (var table in world.Tables.All)
        {
            foreach (var row in await world.RowsAsync(table))
            {
                found.AddRange(row.Where(p => p.Value is string s && (s.Contains("words", StringComparison.Ordinal) || s.Contains("ANNA", StringComparison.Ordinal))).Select(p => $"{table.Name} {row.RowKey} {p.Key}"));
                if (row.GetBinary("Message") is not null)
                    found.Add($"{table.Name} {row.RowKey} {row.GetString("Reason")}");
            }
        }
        return found;
    }

    private static HttpRequest Request() => new DefaultHttpContext { Request = { Headers = { Authorization = $"Bearer {World.ApiKey}" } } }.Request;
}
