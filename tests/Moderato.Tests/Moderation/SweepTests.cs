using Moderato.Comments;
using Moderato.Moderation;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Moderation;

public sealed class SweepTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task ACommentThatWasStoredButNeverEnqueuedIsJudgedAfterTwoMinutes()
    {
        await StoreOnlyAsync("1");
        _world.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(0, await SweepAsync());
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await SweepAsync());
        await _world.WorkAsync();
        Assert.Single(await _world.OutcomesAsync());
    }

    [Fact]
    public async Task WhatIsJudgedIsLeftAlone()
    {
        await _world.ReceiveAsync(_world.Some());
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(0, await SweepAsync());
        Assert.Null(await _world.TakeAsync());
    }

    [Fact]
    public async Task ItIsSaidHowLongTheOldestWaits()
    {
        await StoreOnlyAsync("1");
        _world.Time.Advance(TimeSpan.FromSeconds(40));
        await StoreOnlyAsync("2");
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        Assert.Contains("Warning Moderato.Moderation.Sweep: Oldest waiting comment of demo: 640 s.", _world.Logs.Lines);
    }

    [Fact]
    public async Task WhatStillWaitsInTheQueueIsGivenTime()
    {
        await _world.ReceiveAsync(_world.Some());
        _world.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(0, await SweepAsync());
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await SweepAsync());
    }

    [Fact]
    public async Task WhatWasHandedOverAgainIsNotHandedOverEveryTwoMinutes()
    {
        await StoreOnlyAsync("1");
        _world.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await SweepAsync());
        for (var i = 0; i < 7; i++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(0, await SweepAsync());
        }
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await SweepAsync());
    }

    [Fact]
    public async Task ANewLossIsNoticedWhileAnOldOneIsUnderWay()
    {
        await StoreOnlyAsync("1");
        _world.Time.Advance(TimeSpan.FromMinutes(3));
        await SweepAsync();
        Assert.NotNull(await _world.TakeAsync());
        await _world.Queue(QueueNames.Comments).ClearMessagesAsync();
        await StoreOnlyAsync("2");
        _world.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await SweepAsync());
        await _world.WorkAsync();
        Assert.Equal("2", Assert.Single(await _world.OutcomesAsync()).Key.Id);
    }

    [Fact]
    public async Task AnEditThatWasStoredButNeverEnqueuedIsJudged()
    {
        await _world.ReceiveAsync(_world.Some(text: "prima"));
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromHours(5));
        await _world.ReceiveAsync(_world.Some(text: "dopo") with { EditedAt = _world.Time.Now });
        await _world.Queue(QueueNames.Comments).ClearMessagesAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await SweepAsync());
        await _world.WorkAsync();
        Assert.Equal("dopo", Assert.Single(await _world.OutcomesAsync()).Comment.Text);
    }

    [Fact]
    public async Task WhatIsParkedIsNotHandedOverAgain()
    {
        await StoreOnlyAsync("1");
        await _world.Get<IDeadLetterStore>().ParkAsync(new DeadLetter(_world.Some("1"), _world.Time.Now, "a test"), CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await SweepAsync());
    }

    [Fact]
    public async Task ADayOfSilenceIsCaughtUpWith()
    {
        await StoreOnlyAsync("1");
        _world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await SweepAsync());
    }

    [Fact]
    public async Task SettledTimesAreNotReadAgain()
    {
        await _world.ReceiveAsync(_world.Some());
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync();
        var state = await _world.Get<ISweepStore>().ReadStateAsync(World.Demo, CancellationToken.None);
        Assert.Equal(_world.Time.Now.AddMinutes(-10), state.SettledThrough);
    }

    private async Task<int> SweepAsync() => await _world.Get<Sweep>().RunAsync(World.Demo, CancellationToken.None);

    /// <summary>As when the app is killed between the row and the message.</summary>
    private Task StoreOnlyAsync(string id) => _world.Get<Moderato.Ingest.IIntakeStore>().InsertAsync([new Moderato.Ingest.Arrival(_world.Some(id))], CancellationToken.None);
}
