using Moderato.Comments;
using Moderato.Digests;
using Moderato.Storage;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class HourCountsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task HoursWrittenApartStandTogether()
    {
        await SaveAsync((-1, 7), (0, 5));
        await SaveAsync((1, 3));
        await SaveAsync((0, 6));
        Assert.Equal(16, (await ReadAsync(-24, 24)).Total);
        Assert.Equal(9, (await ReadAsync(0, 2)).Total);
        Assert.Equal(6, (await ReadAsync(0, 1)).Total);
        Assert.Equal(0, (await HourCounts.ReadAsync(_world.Tables, CommunityId.Parse("other"), Midnight.AddDays(-1), Midnight.AddDays(1), CancellationToken.None)).Total);
    }

    [Fact]
    public async Task ASpanBeginsWhereItHoldsAsManyAsAreWanted()
    {
        await SaveAsync((0, 10), (1, 0), (2, 20));
        var (counts, end) = (await ReadAsync(0, 3), Midnight.AddHours(3));
        Assert.Equal(Midnight.AddHours(2.5), counts.Before(end, Midnight, 10));
        Assert.Equal(Midnight.AddHours(0.5), counts.Before(end, Midnight, 25));
        Assert.Equal(Midnight, counts.Before(end, Midnight, 1_000));
    }

    private Task SaveAsync(params (int Hour, int Outcomes)[] hours) => HourCounts.SaveAsync(
        _world.Tables, hours.Select(h => HourRollup.Of(World.Demo, Midnight.AddHours(h.Hour), [], Completeness.Empty) with { Outcomes = h.Outcomes }), CancellationToken.None);

    private Task<HourCounts> ReadAsync(int from, int to) =>
        HourCounts.ReadAsync(_world.Tables, World.Demo, Midnight.AddHours(from), Midnight.AddHours(to), CancellationToken.None);
}
