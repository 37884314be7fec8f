using Moderato.Comments;
using Moderato.Digests;
using Moderato.Hosting.Worker;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>Time series over HTTP, and hours that change after they were rolled up.</summary>
public sealed class StatisticsTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task EveryDimensionIsCountedUpToThisMoment()
    {
        await DayAsync();
        (string By, string Expected)[] expected =
        [
            ("decision", "approve=2 hold=1"), ("state", "decided=2 waiting=1"), ("sentiment", "negative=1 positive=2"), ("platform", "forum=1 instagram=2"),
            ("channel", "forum/bottega=1 instagram/bottega=2"), ("language", "it=3"), ("toxicity", "civil=2 toxic=1"),
        ];
        foreach (var (by, counts) in expected)
        {
            var answer = await GetAsync($"?by={by}&interval=hour");
            Assert.Equal((3, counts), ((int)answer.Json["totals"]!["comments"]!, Values(answer.Json["totals"]!)));
        }
        var points = (await GetAsync("?interval=hour")).Json["points"]!.AsArray();
        Assert.Equal(["2026-03-10T07:00:00Z approve=1", "2026-03-10T09:00:00Z approve=1 hold=1"], points.Select(p => $"{p!["at"]} {Values(p)}"));
        Assert.Equal("forum=1", Values((await GetAsync("?by=platform&platform=forum")).Json["totals"]!));
        Assert.Equal(0, (int)(await GetAsync("?channel=altrove")).Json["totals"]!["comments"]!);
    }

    [Fact]
    public async Task HoursThatStillChangeAreReadTogether()
    {
        await DayAsync();
        await GetAsync("?interval=hour");
        _world.Storage.Reset();
        await GetAsync("?interval=hour");
        // How far it came, marks, 16 shards twice, parked, outcomes; written: hours, their counts and their mood; then read. However many hours.
        Assert.InRange(_world.Storage.Requests.Count, 1, 40);
    }

    [Fact]
    public async Task DaysAreTheCommunitysOwn()
    {
        _world.Time.Now = new DateTimeOffset(2026, 3, 9, 22, 30, 0, TimeSpan.Zero); // 23:30 in Rome
        await _world.ReceiveAsync(_world.Some("1"));
        _world.Time.Advance(TimeSpan.FromHours(1)); // 0:30 of the next day
        await _world.ReceiveAsync(_world.Some("2"));
        await _world.WorkAsync();
        var days = (await GetAsync("?interval=day&from=2026-03-01")).Json["points"]!.AsArray();
        Assert.Equal(["2026-03-09 1", "2026-03-10 1"], days.Select(d => $"{d!["at"]} {d["comments"]}"));
        Assert.Equal(1, (int)(await GetAsync("?interval=day&from=2026-03-10")).Json["totals"]!["comments"]!);
    }

    [Fact]
    public async Task AnHourThatChangesLaterIsCountedAnew()
    {
        await DayAsync();
        var yesterday = _world.Time.Now;
        _world.Time.Advance(TimeSpan.FromHours(30));
        await _world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);
        Assert.Equal("approve=2 hold=1", await TotalsAsync(yesterday));

        await _world.ReceiveAsync(_world.Some("2", "Grazie, ho risolto, bravissimi!", "bruno") with { EditedAt = _world.Time.Now });
        await _world.WorkAsync();
        Assert.Equal("approve=3", await TotalsAsync(yesterday));

        // Its mark stays until no change can be under way any more; then the timer clears it.
        Assert.Single(await _world.Get<IDigestStore>().StaleHoursAsync(World.Demo, CancellationToken.None));
        _world.Time.Advance(TimeSpan.FromMinutes(20));
        await _world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);
        Assert.Empty(await _world.Get<IDigestStore>().StaleHoursAsync(World.Demo, CancellationToken.None));
        Assert.Equal("approve=3", await TotalsAsync(yesterday));
    }

    [Fact]
    public async Task WhatWasMissedWhileTheAppWasOffIsMadeUpFor()
    {
        await _world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);
        await DayAsync();
        _world.Time.Advance(TimeSpan.FromDays(4));
        await _world.Make<CompileDigests>().Run(new TimerInfo(), CancellationToken.None);
        var hours = await _world.Get<IDigestStore>().ReadRollupsAsync(World.Demo, _world.Time.Now.AddDays(-5), _world.Time.Now, CancellationToken.None);
        Assert.Equal(3, hours.Sum(h => h.Outcomes));
    }

    [Fact]
    public async Task EverythingWrongIsSaidAtOnce()
    {
        var answer = await GetAsync("?interval=week&by=mood&platform=No%20Good&from=tomorrow&colour=red");
        Assert.Equal((400, "by colour from interval platform"), (answer.Status, string.Join(' ', answer.Fields)));
        Assert.Equal(["from"], (await GetAsync("?interval=hour&from=2026-01-01&to=2026-03-01")).Fields);
        Assert.Equal(["from"], (await GetAsync("?from=2026-03-02&to=2026-03-01")).Fields);
    }

    private async Task DayAsync()
    {
        _world.Time.Advance(TimeSpan.FromHours(-2));
        await _world.ReceiveAsync(_world.Some("1"));
        _world.Time.Advance(TimeSpan.FromHours(2));
        await _world.ReceiveAsync(
            _world.Some("2", "Sei un coglione di merda, stronzo!", "bruno"),
            _world.Some("3", "Bellissimo, grazie di cuore!", "carla") with { Key = new CommentKey(PlatformId.Parse("forum"), "3") });
        await _world.WorkAsync();
    }

    private async Task<string> TotalsAsync(DateTimeOffset day) =>
        Values((await GetAsync($"?interval=day&from={day:yyyy-MM-dd}&to={day.AddDays(1):yyyy-MM-dd}")).Json["totals"]!);

    private static string Values(System.Text.Json.Nodes.JsonNode point) => string.Join(' ', point["values"]!.AsObject().Select(v => $"{v.Key}={v.Value}"));

    private Task<HttpAnswer> GetAsync(string query) =>
        _world.Make<StatisticsFunctions>().Get(Http.Request(query: query), "demo", CancellationToken.None).AnswerAsync();
}
