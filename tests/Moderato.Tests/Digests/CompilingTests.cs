using Moderato.Comments;
using Moderato.Digests;
using Moderato.Hosting.Worker;
using Moderato.Mail;
using Moderato.Moderation;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>Digests over time, on the real tables: 10 March 2026, 10:30 in Rome, is now.</summary>
public sealed class CompilingTests : IAsyncLifetime
{
    private World _world = null!;

    private SmtpServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await SmtpServer.StartAsync();
        _world = await World.CreateAsync(mail: _server);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _server.DisposeAsync();
    }

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
        Assert.Equal((1, DayVerdict.NeedsYou), (digest.NeedsYou.Total, digest.Verdict));
        Assert.Equal(["2026-03-10"], await MailsAsync());
    }

    [Fact]
    public async Task MissedDaysAreMadeUpForUpToSeven()
    {
        await RunTimerAsync();
        _world.Time.Now = Rome(30, 9);
        await RunTimerAsync();
        Assert.Equal(Enumerable.Range(23, 7).Reverse().Select(d => new DateOnly(2026, 3, d)), (await DigestsAsync()).Select(d => d.Date));
        Assert.Equal(7, (await MailsAsync()).Count);
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
        Assert.Equal(["2026-03-10", "2026-03-10-so-far"], await MailsAsync());
    }

    [Fact]
    public async Task AFinishedDayCompiledAgainIsNotPostedAgain()
    {
        await RunTimerAsync();
        _world.Time.Now = Rome(11, 7);
        await RunTimerAsync();
        Assert.Equal(1, await _world.SendMailsAsync());
        _world.Time.Now = Rome(11, 10);
        var again = await _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(new DateOnly(2026, 3, 10)), CancellationToken.None);
        Assert.Equal((7, Rome(11, 7), Rome(11, 10)), (again.PostedThrough, again.MailedAt, again.CompiledAt));
        await RunTimerAsync();
        Assert.Equal(0, await _world.SendMailsAsync());
        Assert.Single(await _server.MailsAsync());
    }

    [Theory]
    [InlineData("Europe/Rome", 2, "2026-03-28T22:00Z", "2026-03-29T01:00Z")] // at two there is no two o'clock: three
    [InlineData("Europe/Rome", 2, "2026-10-24T20:00Z", "2026-10-25T00:00Z")] // at the first of two
    [InlineData("Europe/Rome", 7, "2026-03-29T12:00Z", "2026-03-30T05:00Z")] // after a day of 23 hours
    [InlineData("Asia/Kolkata", 7, "2026-03-10T12:00Z", "2026-03-11T02:00Z")] // at half past, since hours are UTC
    public async Task ADigestComesAtTheCommunitysHourWhateverTheClocksDo(string zone, int hour, string before, string due)
    {
        var community = _world.Community with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone), DigestHour = hour };
        var (compiler, time) = (_world.Get<DigestCompiler>(), DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture));
        _world.Time.Now = DateTimeOffset.Parse(before, System.Globalization.CultureInfo.InvariantCulture);
        await compiler.CompileDueAsync(community, CancellationToken.None);
        _world.Time.Now = time.AddHours(-1);
        Assert.Empty(await compiler.CompileDueAsync(community, CancellationToken.None));
        for (var (run, compiled) = (0, 1); run < 3; (run, compiled) = (run + 1, 0)) // the hour that comes twice among them
        {
            _world.Time.Now = time.AddHours(run);
            Assert.Equal(compiled, (await compiler.CompileDueAsync(community, CancellationToken.None)).Count);
        }
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    public async Task EveryHourOfALongOrShortDayIsCountedOnce(string date, int hours)
    {
        var name = DigestName.TryParse(date, out var parsed) ? parsed : default;
        var (from, to) = name.Span(_world.Community.Zone);
        for (var at = from.AddMinutes(-30); at < to.AddHours(1); at = at.AddHours(1))
        {
            _world.Time.Now = at;
            await _world.ReceiveAsync(_world.Some($"{at.Ticks}"));
        }
        await _world.WorkAsync();
        _world.Time.Now = to.AddHours(9);
        var digest = await _world.Get<DigestCompiler>().CompileAsync(_world.Community, name, CancellationToken.None);
        Assert.Equal((hours, hours), (digest.Completeness.Received, digest.ByChannel.Items[0].Comments));
    }

    [Fact]
    public async Task AWeekIsCompiledOnMondayForWhoeverWantsIt()
    {
        var compiler = _world.Get<DigestCompiler>();
        var weekly = _world.Community with { Recipients = [new Recipient("anna@example.org", "it", 23, [Editions.Weekly])] }; // posted late in the evening
        await compiler.CompileDueAsync(weekly, CancellationToken.None);
        _world.Time.Now = Rome(16, 6);
        Assert.DoesNotContain(await compiler.CompileDueAsync(weekly, CancellationToken.None), d => d.Named.IsWeek);
        _world.Time.Now = Rome(16, 7);
        Assert.DoesNotContain(await compiler.CompileDueAsync(_world.Community, CancellationToken.None), d => d.Named.IsWeek);
        Assert.Equal("2026-W11", Assert.Single(await compiler.CompileDueAsync(weekly, CancellationToken.None)).Named.ToString());
        Assert.Empty(await compiler.CompileDueAsync(weekly, CancellationToken.None));
    }

    [Fact]
    public void OneMissedWeekIsMadeUp()
    {
        var weekly = _world.Community with { Recipients = [new Recipient("anna@example.org", "it", 7, [Editions.Weekly])] };
        Assert.Equal("2026-W11", DigestCompiler.DueWeek(weekly, new DateOnly(2026, 3, 15)).ToString());
        Assert.Equal("2026-W11", DigestCompiler.DueWeek(weekly, new DateOnly(2026, 3, 21)).ToString());
        Assert.Equal("2026-W12", DigestCompiler.DueWeek(weekly, new DateOnly(2026, 3, 22)).ToString());
        Assert.Null(DigestCompiler.DueWeek(_world.Community, new DateOnly(2026, 3, 22)));
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
        var mails = 0;
        for (var request = 1; ; request++)
        {
            await using var world = await World.CreateAsync(mail: _server);
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
            Assert.Single(await world.Get<IMailStore>().ReadAsync(World.Demo, null, CancellationToken.None));
            await world.SendMailsAsync();
            Assert.Equal(++mails, (await _server.MailsAsync()).Count);
            if (!killed)
                break;
            request += 7; // the many reads of one kind need not each be a place to die
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAtAnyStepOfPostingEachMailIsPostedOnce(bool afterwards)
    {
        var recipients = new Dictionary<string, string?> { ["Moderato:Communities:0:Recipients:1:Address"] = "bruno@example.org", ["Moderato:Communities:0:Recipients:1:Language"] = "en" };
        for (var request = 1; ; request++)
        {
            await using var world = await World.CreateAsync(recipients, mail: _server);
            await world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);
            world.Time.Now = Rome(11, 7);
            var digest = await world.Get<DigestCompiler>().CompileAsync(world.Community, DigestName.Day(new DateOnly(2026, 3, 10)), CancellationToken.None);
            world.Storage.KillAt(request, afterwards);
            try
            {
                await world.Get<DigestMails>().PostAsync(world.Community, digest, CancellationToken.None);
            }
            catch (Killed)
            {
                // The next run is what this is about.
            }
            var killed = world.Storage.HasKilled;
            world.Storage.Reset();

            await world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);
            var mails = await world.Get<IMailStore>().ReadAsync(World.Demo, null, CancellationToken.None);
            Assert.Equal(["anna@example.org it", "bruno@example.org en"], mails.Where(m => m.Request.Of == "2026-03-10").Select(m => $"{m.Request.Address} {m.Request.Language}").Order(StringComparer.Ordinal));
            if (!killed)
                break;
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

    [Fact]
    public async Task TheMailSaysWhatTheDigestSaysAndQuotesWhatIsStillThere()
    {
        await RunTimerAsync();
        await _world.ReceiveAsync(_world.Some("1", "Siete degli stronzi"), _world.Some("2", "Che schifo, stronzi", "bruno"));
        await _world.WorkAsync();
        _world.Time.Now = Rome(11, 7);
        await RunTimerAsync();
        await _world.ReceiveAsync(_world.Some("2", "").AsTombstone());
        await _world.WorkAsync();
        await _world.SendMailsAsync();

        var digest = Assert.Single(await DigestsAsync());
        var quotes = await Quotes.ReadAsync(_world.Get<IDigestStore>(), digest, CancellationToken.None);
        var mail = Assert.Single(await _server.MailsAsync());
        Assert.Equal(DigestWords.Of("it").Subject(digest), mail.Subject);
        Assert.StartsWith(DigestText.Render(digest, quotes, "it", DigestLinks.None).ReplaceLineEndings("\n").TrimEnd(), mail.Text, StringComparison.Ordinal); // then how to end them
        Assert.Contains("Siete degli stronzi", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("schifo", mail.Html + mail.Text, StringComparison.Ordinal);
    }

    private static DateTimeOffset Rome(int day, int hour) => new DateTimeOffset(2026, 3, day, hour, 0, 0, TimeSpan.FromHours(day < 29 ? 1 : 2)).ToUniversalTime();

    private Task RunTimerAsync() => _world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);

    private Task<Digest> CompileAsync() =>
        _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(LocalDay.Of(_world.Time.Now, _world.Community.Zone).Date), CancellationToken.None);

    private Task<IReadOnlyList<Digest>> DigestsAsync() => _world.Get<IDigestStore>().ReadDigestsAsync(World.Demo, null, 100, CancellationToken.None);

    /// <summary>What the mails that are posted are about.</summary>
    private async Task<List<string>> MailsAsync() =>
        [.. (await _world.Get<IMailStore>().ReadAsync(World.Demo, null, CancellationToken.None)).Select(m => m.Request.Of).Order(StringComparer.Ordinal)];
}
