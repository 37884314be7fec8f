using Moderato.Comments;
using Moderato.Moderation;
using Moderato.Storage;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Members;

/// <summary>Counting: twice, late, killed, after edits and removals, and what it costs.</summary>
public sealed class CountMembersTests : IAsyncLifetime
{
    private Story _story = null!;

    public async Task InitializeAsync() => _story = await Story.BeginAsync();

    public async Task DisposeAsync() => await _story.DisposeAsync();

    private World World => _story.World;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereAndRunAgainItGivesTheSameRows(bool afterwards)
    {
        var old = await _story.WriteAsync("bruno", Story.Question);
        await _story.CountAsync();
        var help = await _story.WriteAsync("anna", Story.Help, old);
        await _story.WriteAsync("bruno", Story.Thanks, help);
        await _story.ReceiveAsync(old with { Text = "Quanto costa la spedizione in Sicilia?", EditedAt = World.Time.Now, ReceivedAt = World.Time.Now });
        var start = (await World.RowsAsync(World.Tables.Members)).Concat(await World.RowsAsync(World.Tables.Settings)).ToList();
        Assert.Contains(start, r => r.PartitionKey == "demo~due");
        await _story.CountAsync();
        await _story.RunAsync();
        var expected = await _story.RowsAsync();
        Assert.Equal(2 + 2, expected.Count); // two members; that anna helped, that she was thanked; nobody is due any more

        var killings = 0;
        for (var request = 1; ; request++)
        {
            await GoBackAsync(start);
            World.Storage.KillAt(request, afterwards);
            try
            {
                await _story.RunAsync();
            }
            catch (Exception) when (World.Storage.HasKilled)
            {
                killings++;
            }
            var killed = World.Storage.HasKilled;
            World.Storage.Reset();
            await _story.RunAsync();
            await _story.RunAsync();
            Assert.Equal(expected, await _story.RowsAsync());
            if (!killed)
                break;
        }
        Assert.True(killings >= 40, $"Only {killings} places to be killed at were found.");
    }

    [Fact]
    public async Task EditsAndRemovalsTakeBackWhatRepliesSaid()
    {
        var asked = await _story.WriteAsync("bruno", Story.Question);
        var help = await _story.WriteAsync("anna", Story.Help, asked);
        var thanks = await _story.WriteAsync("bruno", Story.Thanks, help);
        var more = await _story.WriteAsync("carla", Story.Thanks, help);
        await _story.CountAsync();
        Assert.Equal((1, 2), await AnnaAsync());

        _story.Pass(2); // long after both looks at that hour
        await _story.ReceiveAsync(thanks with { Text = Story.Disappointed, EditedAt = World.Time.Now, ReceivedAt = World.Time.Now });
        await _story.ReceiveAsync(more.AsTombstone());
        await _story.CountAsync();
        Assert.Equal((1, 0), await AnnaAsync());

        await _story.ReceiveAsync(help.AsTombstone());
        await _story.CountAsync();
        Assert.Equal((0, 0), await AnnaAsync());
        Assert.Equal(1, Row("anna").GetInt32("Comments"));
    }

    [Fact]
    public async Task WhatAPersonDecidesLaterChangesTheRow()
    {
        for (var i = 0; i < 2; i++)
            await _story.WriteAsync("anna", Story.Calm);
        await _story.CountAsync();
        _story.Pass(3);
        foreach (var outcome in await World.OutcomesAsync())
        {
            var ruled = (outcome with { Ruling = new Ruling("1", Decision.Hide, "tests/anna", World.Time.Now, 1) { Strike = true } }).After(
                new OutcomeEvent(World.Time.Now, OutcomeEventKind.Overruled, "tests/anna", Decision.Hide, 1, null));
            await World.Get<IModerationStore>().RecordAuthorsAsync([ruled], CancellationToken.None);
        }
        Assert.Empty(await _story.InAsync("offender"));
        await _story.CountAsync();
        Assert.Equal(["anna"], await _story.InAsync("offender"));
    }

    [Fact]
    public async Task AnAnswerOfOursCountsWhenItIsDone()
    {
        var asked = await _story.WriteAsync("anna", Story.Question);
        await _story.CountAsync();
        _story.Pass(1);
        var answer = new PlatformAction
        {
            Id = "reply-1",
            Community = World.Demo,
            Key = asked.Key,
            Kind = ActionKind.Reply,
            Revision = 1,
            RequestedBy = "person:anna",
            RequestedAt = World.Time.Now,
            State = ActionState.Done,
        };
        for (var twice = 0; twice < 2; twice++)
            await World.Get<Moderato.Actions.IActionStore>().NoteAnsweredAsync(answer, asked, CancellationToken.None);
        await _story.CountAsync();
        Assert.Equal(1, Row("anna").GetInt32("Answered"));
        Assert.Equal(1, (int)(await _story.ListAsync()).Json["people"]!["answered"]!);
        _story.Pass(30);
        Assert.Equal(0, (int)(await _story.ListAsync()).Json["people"]!["answered"]!);
    }

    [Fact]
    public async Task MarksAreNotTakenForComments()
    {
        var asked = await _story.WriteAsync("bruno", Story.Question);
        await _story.WriteAsync("anna", Story.Help, asked);
        await _story.CountAsync();
        Assert.Contains(await World.RowsAsync(World.Tables.Authors), Story.IsMark);
        var history = await World.Get<IModerationStore>().ReadHistoryAsync(World.Some("new", Story.Calm, "anna"), CancellationToken.None);
        Assert.Single(history.Recent);
    }

    [Fact]
    public async Task TheFirstTimeStaysWhenTheCommentIsGone()
    {
        var first = World.Time.Now;
        await _story.WriteAsync("anna", Story.Calm);
        await _story.CountAsync();
        foreach (var row in await World.RowsAsync(World.Tables.Authors))
            await World.Tables.Authors.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        Assert.Equal(200, (await _story.OneAsync("anna")).Status);
        _story.Pass(100);
        await _story.WriteAsync("anna", Story.Calm);
        await _story.CountAsync();
        Assert.Equal((first, 1), (Row("anna").GetDateTimeOffset("FirstSeen"), Row("anna").GetInt32("Comments")));
        Assert.Equal("2026-03-10T09:30:00.000Z", (string?)(await _story.OneAsync("anna")).Json["firstSeen"]);
        Assert.Empty(await _story.InAsync("first-timer"));
    }

    [Fact]
    public async Task WhatWasMissedIsMadeUpButNotForever()
    {
        await _story.WriteAsync("old", Story.Calm);
        _story.Pass(5);
        await _story.WriteAsync("anna", Story.Calm);
        _story.Pass(30);
        await _story.CountAsync();
        Assert.Equal(["anna"], await NamesAsync());
    }

    [Fact]
    public async Task WhatIsJudgedLateIsFoundThreeHoursLater()
    {
        await _story.CountAsync();
        await World.ReceiveAsync(World.Some("late", Story.Calm));
        await _story.CountAsync();
        Assert.Empty(await NamesAsync());
        await World.WorkAsync();
        await _story.CountAsync();
        await _story.CountAsync();
        Assert.Empty(await NamesAsync());
        await _story.CountAsync();
        Assert.Equal(["anna"], await NamesAsync());
    }

    [Fact]
    public async Task AnActiveAuthorCostsTwoRequestsAnHour()
    {
        await _story.CountAsync();
        var nothing = await CostAsync();
        await World.ReceiveAsync([.. Enumerable.Range(0, 60).Select(i => World.Some($"q{i}", Story.Question, $"author{i % 30}"))]);
        await World.WorkAsync();
        Assert.InRange(await CostAsync() - nothing, 30 * 2, (30 * 2) + 2); // and one transaction
        Assert.InRange(nothing, 1, 40);
        await CostAsync();
        await CostAsync();
        await CostAsync();

        // Each replies to what came long before: what was replied to, its question, who replies; and the marks.
        await World.ReceiveAsync([.. Enumerable.Range(0, 30).Select(i => World.Some($"r{i}", Story.Help, $"author{i}") with { ParentId = $"q{(i + 1) % 30}" })]);
        await World.WorkAsync();
        Assert.InRange(await CostAsync() - nothing, 1, (30 * 6) + 2);
    }

    private async Task<int> CostAsync()
    {
        World.Time.Advance(TimeSpan.FromHours(1));
        World.Storage.Reset();
        await _story.RunAsync();
        return World.Storage.Requests.Count;
    }

    /// <summary>Members and settings as they were; no mark.</summary>
    private async Task GoBackAsync(IReadOnlyList<TableEntity> start)
    {
        foreach (var row in await World.RowsAsync(World.Tables.Members))
            await World.Tables.Members.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        foreach (var row in (await World.RowsAsync(World.Tables.Authors)).Where(Story.IsMark))
            await World.Tables.Authors.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        foreach (var row in start)
            await (row.ContainsKey("AuthorId") ? World.Tables.Members : World.Tables.Settings).UpsertEntityAsync(row, TableUpdateMode.Replace);
    }

    private async Task<(int Helped, int Thanked)> AnnaAsync()
    {
        var anna = (await _story.OneAsync("anna")).Json;
        var both = ((int)anna["helped"]!, (int)anna["thanked"]!);
        Assert.Equal(both, (Row("anna").GetInt32("Helped")!.Value, Row("anna").GetInt32("Thanked")!.Value));
        return both;
    }

    private async Task<IReadOnlyList<string>> NamesAsync() => [.. (await _story.ListAsync()).Json["items"]!.AsArray().Select(i => (string)i!["author"]!)];

    private TableEntity Row(string author) =>
        World.Tables.Members.GetEntityAsync<TableEntity>(Keys.MemberPartition(World.Demo), Keys.MemberRow(PlatformId.Parse("instagram"), author)).GetAwaiter().GetResult().Value;
}
