using Moderato.Comments;
using Moderato.Hosting.Worker;
using Moderato.Moderation;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Moderation;

public sealed class MeasureQueuesTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task ALineSaysWhatWaits()
    {
        await _world.Queue(QueueNames.PoisonMails).SendMessageAsync("broken");
        await _world.Queue(QueueNames.Actions).SendMessageAsync("one");
        await RunAsync();
        Assert.Equal(
            "Information Moderato.Moderation.MeasureQueues: Queues: comments 0 (oldest 0 s), fetches 0, actions 1, webhooks 0, replays 0, rulings 0, erasures 0, mails 0; poison 1.",
            Assert.Single(Lines()));
    }

    /// <summary>The emulator has a clock of its own: ours is put ahead of it.</summary>
    [Fact]
    public async Task TheOldestCommentHasAnAge()
    {
        _world.Time.Advance(TimeProvider.System.GetUtcNow() - _world.Time.Now);
        await _world.ReceiveAsync(_world.Some());
        _world.Time.Advance(TimeSpan.FromMinutes(20));
        await RunAsync();
        var age = int.Parse(Assert.Single(Lines()).Split("comments 1 (oldest ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(age, 1_100, 1_300);
    }

    private Task RunAsync() => _world.Make<MeasureQueues>().Run(new TimerInfo(), CancellationToken.None);

    private IEnumerable<string> Lines() => _world.Logs.Lines.Where(l => l.Contains("MeasureQueues", StringComparison.Ordinal));
}
