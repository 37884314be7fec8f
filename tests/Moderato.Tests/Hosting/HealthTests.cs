using Moderato.Hosting;
using Moderato.Storage;
using Moderato.Tests.Ingest;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task WithStorageTheAppIsReadyAndWithoutItOnlyAlive()
    {
        await using var world = await World.CreateAsync();
        Assert.Equal(200, await Health.Live(null!).StatusAsync());
        Assert.Equal(200, await (await world.Make<Health>().Ready(null!, CancellationToken.None)).StatusAsync());

        await world.Tables.Settings.DeleteAsync();
        Assert.Equal(503, await (await world.Make<Health>().Ready(null!, CancellationToken.None)).StatusAsync());
        await world.Make<CreateAtStart>().StartAsync(CancellationToken.None);
        await world.Queue(Moderato.Comments.QueueNames.Comments).DeleteAsync();
        Assert.Equal(503, await (await world.Make<Health>().Ready(null!, CancellationToken.None)).StatusAsync());
    }
}
