using Moderato.Digests;
using Moderato.Hosting.Worker;
using Moderato.Moderation;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>Digests over time, on the real tables: 10 March 2026, 10:30 in Rome, is now.</summary>
public sealed class CompilingTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task ADayIsCompiledOnceOnTheNextMorningHoweverOftenTheTimerFires()
    {
        await RunTimerAsync(); // from now on the community is known
        await _world.ReceiveAsync(_world.Some("1"), _world.Some("2", "Siete degli stronzi", "bruno"));
        await _world.WorkAsync();

        _world.Time.Now = Rome(11, 6);
        await RunTimerAsync();
        Assert.Empty(await DigestsAsync());

        for (var hour = 7; hour < 12; hour++)
        {
            _world.Time.Now = Rome(11, hour);
            await RunTimerAsync();
            await RunTimerAsync();
        }
        var digest = Assert.Single(await DigestsAsync());
        Assert.Equal((new DateOnly(2026, 3, 10), false, Rome(11, 7)), (digest.Date, digest.Partial, digest.CompiledAt));
        Assert.Equal(new Completeness(2, 2, 0, 0, 0, 0), digest.Completeness);
        Assert.Equal(1, digest.AttentionTotal);
        Assert.Equal(["demo-2026-03-10.eml"], Mails());
    }

    [Fact]
    public async Task MissedDaysAreMadeUpForUpToSeven()
    {
        await RunTimerAsync();
        _world.Time.Now = Rome(30, 9);
        await RunTimerAsync();
        Assert.Equal(Enumerable.Range(23, 7).Reverse().Select(d => new DateOnly(2026, 3, d)), (await DigestsAsync()).Select(d => d.Date));
        Assert.Equal(7, Mails().Count);
    }

    [Fact]
    public async Task NoDayBeforeTheCommunityWasKnownIsCompiled()
    {
        await RunTimerAsync();
        Assert.Empty(await DigestsAsync());
        _world.Time.Now = Rome(11, 8);
        await RunTimerAsync();
        var empty = Assert.Single(await DigestsAsync());
        Assert.Equal(Completeness.Empty, empty.Completeness);
    }

    [Fact]
    public async Task TodaySoFarGivesWayToTheWholeDay()
    {
        await RunTimerAsync();
        await _world.ReceiveAsync(_world.Some("1"));
        await _world.WorkAsync();
        var soFar = await CompileAsync();
        Assert.True(soFar.Partial);
        _world.Time.Now = Rome(10, 20);
        await _world.ReceiveAsync(_world.Some("2"));
        await _world.WorkAsync();

        _world.Time.Now = Rome(11, 7);
        await RunTimerAsync();
        var whole = Assert.Single(await DigestsAsync());
        Assert.False(whole.Partial);
        Assert.Equal(2, whole.Completeness.Received);
        Assert.Equal(["demo-2026-03-10-so-far.eml", "demo-2026-03-10.eml"], Mails());
    }

    [Fact]
    public async Task AFinishedDayCompiledAgainIsNotMailedAgain()
    {
        await RunTimerAsync();
        _world.Time.Now = Rome(11, 7);
        await RunTimerAsync();
        foreach (var mail in Directory.GetFiles(_world.Folder, "*.eml"))
            File.Delete(mail);
        await _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(new DateOnly(2026, 3, 10)), CancellationToken.None);
        Assert.Empty(Mails());
    }

    [Fact]
    public async Task TheAccountsSayWhatWaitsWhatIsParkedAndWhatIsLost()
    {
        await _world.ReceiveAsync(_world.Some("decided"), _world.Some("decided"));
        await _world.WorkAsync();
        await _world.ReceiveAsync(_world.Some("waiting"), _world.Some("parked"), _world.Some("lost"));
        await _world.Get<IDeadLetterStore>().ParkAsync(new DeadLetter(_world.Some("parked"), _world.Time.Now, "a test"), CancellationToken.None);
        var lost = _world.Some("lost");
        await _world.Tables.Comments.DeleteEntityAsync(Moderato.Storage.Keys.CommentPartition(World.Demo, lost.Key), Moderato.Storage.Keys.CommentRow(lost.Key));

        Assert.Equal(new Completeness(Received: 4, Decided: 1, Duplicates: 1, Waiting: 1, Parked: 1, Lost: 1), (await CompileAsync()).Completeness);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAtAnyStepTheNextRunCompletesItWithOneMail(bool afterwards)
    {
        for (var request = 1; ; request++)
        {
            await using var world = await World.CreateAsync();
            var timer = world.Make<CompileDigests>();
            await timer.Run(new TimerInfo(), CancellationToken.None);
            await world.ReceiveAsync(world.Some());
            await world.WorkAsync();
            world.Time.Now = Rome(11, 7);

            world.Storage.KillAt(request, afterwards);
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await timer.Run(new TimerInfo(), CancellationToken.None);
                if (!world.Storage.HasKilled)
                    throw new InvalidOperationException("It was not killed.");
            });
            var killed = world.Storage.HasKilled;
            world.Storage.Reset();

            await timer.Run(new TimerInfo(), CancellationToken.None);
            var digest = Assert.Single(await world.Get<IDigestStore>().ReadDigestsAsync(World.Demo, null, 10, CancellationToken.None));
            Assert.Equal((1, false, true), (digest.Completeness.Decided, digest.Partial, digest.MailedAt is not null));
            Assert.Single(Directory.GetFiles(world.Folder, "*.eml"));
            if (!killed)
                break;
            request += 7; // the many reads of one kind need not each be a place to die
        }
    }

    [Fact]
    public async Task ARemovedCommentIsNotQuotedByADigestOfBefore()
    {
        await _world.ReceiveAsync(_world.Some("1", "Siete degli stronzi"));
        await _world.WorkAsync();
        var digest = await CompileAsync();
        var store = _world.Get<IDigestStore>();
        Assert.Equal("Siete degli stronzi", Assert.Single(await Quotes.ReadAsync(store, digest, CancellationToken.None)).Value.Text);

        await _world.ReceiveAsync(_world.Some("1", "").AsTombstone());
        await _world.WorkAsync();
        Assert.Empty(await Quotes.ReadAsync(store, digest, CancellationToken.None));
    }

    private static DateTimeOffset Rome(int day, int hour) => new DateTimeOffset(2026, 3, day, hour, 0, 0, TimeSpan.FromHours(day < 29 ? 1 : 2)).ToUniversalTime();

    private Task RunTimerAsync() => _world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);

    private Task<Digest> CompileAsync() =>
        _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(LocalDay.Of(_world.Time.Now, _world.Community.Zone).Date), CancellationToken.None);

    private Task<IReadOnlyList<Digest>> DigestsAsync() => _world.Get<IDigestStore>().ReadDigestsAsync(World.Demo, null, 100, CancellationToken.None);

    private List<string> Mails() => [.. Directory.GetFiles(_world.Folder, "*.eml").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
