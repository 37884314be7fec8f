using Moderato.Mood;
using Moderato.Policy;
using Moderato.Scoring.Feedback;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

/// <summary>What a comment costs in storage operations, the host's receive and delete of its message included.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    /// <summary>The host receives a message and deletes it.</summary>
    private const int HostOperations = 2;

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task ACommentThatArrivesAloneCostsAtMostSevenOperations()
    {
        // What the community taught the model is read once a minute, its policy and what is protected every eight seconds, whether one comment
        // comes or a thousand.
        await _world.Get<Corrections>().CurrentAsync(World.Demo, CancellationToken.None);
        await _world.Get<Policies>().InForceAsync(World.Demo, CancellationToken.None);
        await _world.Get<Protections>().CurrentAsync(World.Demo, CancellationToken.None);
        _world.Storage.Reset();

        await _world.ReceiveAsync(_world.Some());
        var messages = await _world.WorkAsync();
        Assert.Equal(1, messages);
        Assert.InRange(_world.Storage.Requests.Count + HostOperations, 1, 7);
    }

    [Fact]
    public async Task ACommentInABatchOfAHundredCostsAtMostTwoAndAHalf()
    {
        var comments = Enumerable.Range(0, 100).Select(i => _world.Some($"c{i}", author: $"author-{i}")).ToArray();
        await _world.ReceiveAsync(comments);
        var messages = await _world.WorkAsync();
        Assert.Equal(100, (await _world.OutcomesAsync()).Count);
        var received = _world.Storage.Requests.Count - 1; // less the reading of the line above
        Assert.InRange((received + (messages * HostOperations)) / 100.0, 0.1, 2.5);
    }
}
