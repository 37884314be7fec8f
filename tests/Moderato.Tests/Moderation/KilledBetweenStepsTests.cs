using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Moderation;

/// <summary>
/// The app is killed at every single storage request in turn, before it and after it. Then the platform delivers again what got no
/// answer, the queue delivers again what was not finished, and everything must be as if nothing had happened.
/// </summary>
public sealed class KilledBetweenStepsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task ANewCommentIsNeitherLostNorDoubled(bool afterwards) => KillEverywhereAsync(afterwards, _ => Task.CompletedTask, async world =>
    {
        await world.ReceiveAsync(world.Some("1"), world.Some("2", "Che schifo, pessimi!", "bruno"), world.Some("3", "Ciao", author: null));
        await world.WorkAsync();
    }, async world =>
    {
        Assert.Equal(["1", "2", "3"], (await world.OutcomesAsync()).Select(o => o.Key.Id).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await world.RowsAsync(world.Tables.Authors)).Count);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task AnEditIsNeitherLostNorDoubled(bool afterwards) => KillEverywhereAsync(afterwards, async world =>
    {
        await world.ReceiveAsync(world.Some(text: "Grazie mille, bellissimo!"));
        await world.WorkAsync();
    }, async world =>
    {
        await world.ReceiveAsync(world.Some(text: "Pessimo, uno schifo, non comprate!") with { EditedAt = world.Time.Now });
        await world.WorkAsync();
    }, async world =>
    {
        var outcome = Assert.Single(await world.OutcomesAsync());
        Assert.Equal((2, "Pessimo, uno schifo, non comprate!"), (outcome.Revision, outcome.Comment.Text));
        Assert.Equal(2, Assert.Single(await world.RowsAsync(world.Tables.Authors)).GetInt32("Revision"));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task ARemovalIsNeverForgotten(bool afterwards) => KillEverywhereAsync(afterwards, async world =>
    {
        await world.ReceiveAsync(world.Some(text: "parole"));
        await world.WorkAsync();
    }, async world =>
    {
        await world.ReceiveAsync(world.Some(text: "").AsTombstone());
        await world.WorkAsync();
    }, async world =>
    {
        var outcome = Assert.Single(await world.OutcomesAsync());
        Assert.True(outcome.Removed);
        Assert.Equal("", outcome.Comment.Text);
        Assert.DoesNotContain(await world.RowsAsync(world.Tables.Comments), r => r.GetString("Text") is { Length: > 0 });
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task WithoutARedeliveryTheSweepBringsItHome(bool afterwards) => KillEverywhereAsync(afterwards, _ => Task.CompletedTask, async world =>
    {
        // Nobody delivers again here: what was stored must still be judged.
        if (world.Storage.Requests.Count == 0 || (await world.RowsAsync(world.Tables.Comments)).Count == 0)
            await world.ReceiveAsync(world.Some());
        world.Time.Advance(TimeSpan.FromMinutes(20));
        await world.Make<Moderato.Moderation.SweepComments>().Run(new Moderato.Hosting.Worker.TimerInfo(), CancellationToken.None);
        await world.WorkAsync();
    }, async world => Assert.Single(await world.OutcomesAsync()));

    private static async Task KillEverywhereAsync(bool afterwards, Func<World, Task> before, Func<World, Task> step, Func<World, Task> check)
    {
        var killings = 0;
        for (var request = 1; ; request++)
        {
            await using var world = await World.CreateAsync();
            await before(world);
            world.Storage.KillAt(request, afterwards);
            try
            {
                await step(world);
            }
            catch (Exception) when (world.Storage.HasKilled)
            {
                killings++;
            }
            var killed = world.Storage.HasKilled;
            world.Storage.Reset();
            await world.LoseLeasesAsync();
            await step(world);
            await check(world);
            if (!killed)
                break;
        }
        Assert.True(killings >= 4, $"Only {killings} places to be killed at were found.");
    }
}
