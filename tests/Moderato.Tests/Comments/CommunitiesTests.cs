using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Comments;

public sealed class CommunitiesTests
{
    private static readonly Communities Three = new(new[] { "a", "b", "c" }.Select(id => new Community(CommunityId.Parse(id), id, TimeZoneInfo.Utc, "it", 7)));

    [Fact]
    public async Task OneCommunitysTroubleDoesNotStopTheOthersAndIsTold()
    {
        var done = new List<string>();
        var told = new List<string>();
        var failure = await Assert.ThrowsAsync<AggregateException>(() => Three.ForEachAsync(
            community =>
            {
                done.Add(community.Name);
                return community.Name == "a" ? Task.FromException(new TimeoutException()) : Task.CompletedTask;
            },
            (exception, id) => told.Add($"{id}: {exception.GetType().Name}"),
            CancellationToken.None));

        Assert.Equal(["a", "b", "c"], done);
        Assert.Equal(["a: TimeoutException"], told);
        Assert.IsType<TimeoutException>(Assert.Single(failure.InnerExceptions));
    }

    [Fact]
    public async Task BeingToldToStopStopsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var done = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Three.ForEachAsync(
            _ =>
            {
                done++;
                stop.Cancel();
                return Task.FromCanceled(stop.Token);
            },
            (_, _) => Assert.Fail("Nothing failed."),
            stop.Token));
        Assert.Equal(1, done);
    }
}
