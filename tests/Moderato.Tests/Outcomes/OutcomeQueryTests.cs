using System.Text.Json.Nodes;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Moderation;
using Moderato.Outcomes;
using Moderato.Scoring;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Outcomes;

/// <summary>Outcomes over HTTP: what each filter finds, page by page, in both orders, and what a page costs.</summary>
public sealed class OutcomeQueryTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("decision=hold", "rude")]
    [InlineData("state=waiting", "rude")]
    [InlineData("state=removed", "gone")]
    [InlineData("sentiment=positive", "praise")]
    [InlineData("intent=question-order", "order")]
    [InlineData("toxicity=0.8", "rude")]
    [InlineData("language=en", "english")]
    [InlineData("platform=forum", "forum")]
    [InlineData("channel=Seconda%20pagina", "channel")]
    [InlineData("author=bruno", "author")]
    [InlineData("thread=t-1", "thread")]
    [InlineData("from=2026-01-01&contains=RIMBORSO", "order")]
    [InlineData("from=2026-01-01&contains=in%20fondo", "long")]
    [InlineData("platform=instagram&author=bruno&order=newest", "author")]
    [InlineData("platform=instagram&author=bruno&order=newest&sentiment=positive", "")]
    public async Task EachFilterFindsItsOwn(string query, string expected)
    {
        await EverythingAsync();
        foreach (var order in query.Contains("order=", StringComparison.Ordinal) ? [""] : new[] { "", "&order=newest" })
            Assert.Equal(expected, string.Join(' ', (await AllAsync($"{query}{order}", 1)).Select(i => (string)i["commentId"]!)));
    }

    [Fact]
    public async Task ALabelARouteAndARuleAreFilters()
    {
        await _world.ReceiveAsync(_world.Some("1"));
        await _world.WorkAsync();
        var store = _world.Get<IModerationStore>();
        var standing = (await store.FindOutcomeAsync((await _world.OutcomesAsync())[0].Comment, CancellationToken.None))!;
        var verdict = standing.Outcome.Verdict! with { Rule = "vip-first", Route = new Route("care", _world.Time.Now), Labels = [new AuthorLabel("vip", null)] };
        Assert.True(await store.ReplaceAsync(standing, standing.Outcome with { Verdict = verdict }, CancellationToken.None));
        foreach (var query in new[] { "label=vip", "route=care", "rule=vip-first" })
        {
            Assert.Single(await AllAsync(query, 10));
            Assert.Empty(await AllAsync($"{query}x", 10));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("order=newest")]
    [InlineData("order=newest&platform=instagram&author=anna")]
    [InlineData("sentiment=neutral")]
    [InlineData("order=newest&sentiment=neutral")]
    [InlineData("order=newest&intent=other")]
    public async Task PagesTogetherAreEverythingOnceInOrder(string query)
    {
        await SeedAsync(230);
        var whole = (await AllAsync(query, 1000)).Select(i => (string)i["commentId"]!).ToList();
        Assert.NotEmpty(whole);
        foreach (var limit in new[] { 1, 7, 100 })
            Assert.Equal(whole, (await AllAsync(query, limit)).Select(i => (string)i["commentId"]!));
        var times = (await AllAsync(query, 1000)).Select(i => (string)i["firstReceivedAt"]!).ToList();
        Assert.Equal(query.Contains("newest", StringComparison.Ordinal) ? times.OrderDescending(StringComparer.Ordinal) : times.Order(StringComparer.Ordinal), times);
    }

    [Theory]
    [InlineData("")]
    [InlineData("order=newest")]
    public async Task WritesBetweenPagesNeitherRepeatNorSkip(string query)
    {
        await SeedAsync(40);
        var before = (await AllAsync(query, 1000)).Select(i => (string)i["commentId"]!).ToList();
        var first = await ListAsync($"{query}&limit=15");
        await SeedAsync(40, name: "late", at: _world.Time.Now.AddSeconds(30));
        var rest = await AllAsync($"{query}&cursor={first["nextCursor"]}", 15);
        var read = first["items"]!.AsArray().Concat(rest).Select(i => (string)i!["commentId"]!).Where(i => !i.StartsWith("late", StringComparison.Ordinal));
        Assert.Equal(before, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("order=newest")]
    [InlineData("order=newest&platform=instagram&author=anna")]
    public async Task APageCostsTwoRequestsHoweverManyThereAre(string query)
    {
        await SeedAsync(1_000, spread: TimeSpan.FromHours(40));
        var thisHour = RollUp.HourOf(_world.Time.Now);
        await _world.Get<RollUp>().RebuildAsync(World.Demo, thisHour.AddHours(-42), thisHour, CancellationToken.None);
        await AllAsync(query, 100); // the cursors' secret is made once
        _world.Storage.Reset();
        var page = await ListAsync($"{query}&limit=100");
        Assert.Equal(100, page["items"]!.AsArray().Count);
        Assert.True(_world.Storage.Requests.Count <= 2, string.Join(' ', _world.Storage.Requests));
        _world.Storage.Reset();
        Assert.Equal(100, (await ListAsync($"{query}&limit=100&cursor={page["nextCursor"]}"))["items"]!.AsArray().Count);
        Assert.InRange(_world.Storage.Requests.Count, 1, 2);
    }

    [Theory]
    [InlineData("from=2026-03-01&to=2100-01-01")]
    [InlineData("from=2026-03-01&to=2100-01-01&sentiment=neutral")]
    public async Task NewestFirstBeginsNow(string query)
    {
        await SeedAsync(20);
        var page = await ListAsync($"{query}&order=newest&limit=10");
        Assert.Equal(10, page["items"]!.AsArray().Count);
        Assert.Equal(20, (await AllAsync($"{query}&order=newest", 10)).Count);
        Assert.Empty(await AllAsync("from=2099-01-01&to=2100-01-01&order=newest", 10));
    }

    [Fact]
    public async Task AnExportIsFollowedByWhatCameSince()
    {
        await SeedAsync(20);
        var query = "?from=2026-03-01&to=2100-01-01";
        var cursor = (string)JsonNode.Parse((await LinesAsync(query))[^1])!["cursor"]!;
        Assert.Empty(await LinesAsync($"{query}&cursor={cursor}"));
        await SeedAsync(3, name: "new", at: _world.Time.Now.AddHours(5));
        Assert.Equal(3, (await LinesAsync($"{query}&cursor={cursor}")).Count);
    }

    [Fact]
    public async Task WhatLooksAtTooMuchIsRefusedWithAdvice()
    {
        await _world.Get<IDigestStore>().SaveRollupsAsync(
            [HourRollup.Of(World.Demo, RollUp.HourOf(_world.Time.Now), [], Completeness.Empty) with { Outcomes = GetOutcomes.MostScanned + 1 }], CancellationToken.None);
        var answer = await Functions.List(Http.Request(query: "?decision=hide"), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal((400, "/api/problems/query-too-broad"), (answer.Status, (string?)answer.Json["type"]));
        Assert.Contains("order=newest", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await Functions.List(Http.Request(), "demo", CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(200, (await Functions.List(Http.Request(query: "?order=newest&platform=instagram&author=a&decision=hide"), "demo", CancellationToken.None).AnswerAsync()).Status);
    }

    [Fact]
    public async Task OnlyTheFieldsAskedForAreThere()
    {
        await EverythingAsync();
        var item = (await ListAsync("platform=forum&fields=id,decision,sentiment.label,signals.harm.toxicity"))["items"]![0]!.AsObject();
        Assert.Equal(["id", "decision", "sentiment", "signals"], item.Select(p => p.Key));
        Assert.Equal(["label"], item["sentiment"]!.AsObject().Select(p => p.Key));
        var wrong = await Functions.List(Http.Request(query: "?fields=id,mood,sentiment.lable&limit=0"), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal((400, "fields[1] fields[2] limit"), (wrong.Status, string.Join(' ', wrong.Fields)));
    }

    [Fact]
    public async Task WhatDidNotChangeIsNotSentAgain()
    {
        await EverythingAsync();
        var first = await Functions.List(Http.Request(), "demo", CancellationToken.None).AnswerAsync();
        var again = Http.Request();
        again.Headers.IfNoneMatch = first.Headers.ETag;
        var second = await Functions.List(again, "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal((304, ""), (second.Status, second.Body));
        await _world.ReceiveAsync(_world.Some("new"));
        await _world.WorkAsync();
        Assert.Equal(200, (await Functions.List(again, "demo", CancellationToken.None).AnswerAsync()).Status);
    }

    [Theory]
    [InlineData("ndjson", "")]
    [InlineData("csv", "")]
    [InlineData("ndjson", "&order=newest")]
    [InlineData("ndjson", "&order=newest&platform=instagram&author=anna")]
    public async Task AnExportGoesOnFromItsLastWholeLine(string format, string order)
    {
        await SeedAsync(120);
        var whole = await LinesAsync($"?format={format}{order}");
        Assert.Equal(120, whole.Count);
        var first = await LinesAsync($"?format={format}&limit=50{order}");
        Assert.Equal(whole.Take(50).Select(IdOf), first.Select(IdOf));
        var cursor = format == "csv" ? first[^1].Split(',')[^1] : (string)JsonNode.Parse(first[^1])!["cursor"]!;
        Assert.Equal(whole.Skip(50).Select(IdOf), (await LinesAsync($"?format={format}&cursor={cursor}{order}")).Select(IdOf));

        string IdOf(string line) => format == "csv" ? line.Split(',')[0] : (string)JsonNode.Parse(line)!["id"]!;
    }

    [Fact]
    public async Task ASpreadsheetComputesNothingThatACommenterWrote()
    {
        await _world.ReceiveAsync(_world.Some("1", "=HYPERLINK(\"http://x\",\"a, b\")"));
        await _world.WorkAsync();
        var answer = await Functions.Export(Http.Request(query: "?format=csv"), "demo", CancellationToken.None).AnswerAsync();
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"a, b\"\")\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(400, (await Functions.Export(Http.Request(query: "?format=xls"), "demo", CancellationToken.None).AnswerAsync()).Status);
    }

    [Fact]
    public async Task OneOutcomeTellsWhatHappenedAndWhy()
    {
        var comment = _world.Some("1", "Siete dei ladri, vergognatevi, schifo!") with { ThreadId = "t" };
        await _world.ReceiveAsync(comment, _world.Some("2", "Anche a me, pessimi.", "bruno") with { ThreadId = "t" });
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        await _world.ReceiveAsync(_world.Some("1", "Scusate, ho risolto, grazie mille!") with { EditedAt = _world.Time.Now, ThreadId = "t" });
        await _world.WorkAsync();

        var id = OutcomeId.Of((await _world.OutcomesAsync()).Single(o => o.Key.Id == "1").Comment).ToString();
        var detail = (await Functions.One(Http.Request(), "demo", id, CancellationToken.None).AnswerAsync()).Json;
        Assert.Equal("received decided edited decided", string.Join(' ', detail["history"]!.AsArray().Select(h => (string)h!["what"]!)));
        Assert.Equal("hold", (string?)detail["history"]![1]!["decision"]);
        Assert.Contains(detail["reasons"]!["sentiment"]!.AsArray(), r => ((string?)r!["words"])?.Contains("grazie", StringComparison.OrdinalIgnoreCase) is true);
        Assert.Single(detail["authorContext"]!.AsArray());
        Assert.Equal(2, detail["threadContext"]!.AsArray().Count);
    }

    private GetOutcomes Functions => _world.Make<GetOutcomes>();

    private async Task EverythingAsync()
    {
        await _world.ReceiveAsync(
            _world.Some("rude", "Sei un coglione di merda, stronzo!", "carla"),
            _world.Some("gone", "Il negozio è in via Roma.", "dario"),
            _world.Some("praise", "Bellissimo, grazie di cuore, siete fantastici!", "elena"),
            _world.Some("order", "Dov'è il mio ordine? Voglio il rimborso.", "fabio"),
            _world.Some("english", "When does the shop open on Sunday morning, and where do I park the car?", "greta"),
            _world.Some("channel", "Il negozio è in via Roma.", "hugo") with { Channel = "Seconda pagina" },
            _world.Some("author", "Il negozio è in via Roma.", "bruno"),
            _world.Some("thread", "Il negozio è in via Roma.", "ivo") with { ThreadId = "t-1" },
            _world.Some("long", $"{string.Concat(Enumerable.Range(1, 12).Select(i => $"Il numero {i} di via Roma è un altro negozio. "))}E in fondo.", "lia"),
            _world.Some("forum", "Il negozio è in via Roma.", "mario") with { Key = new CommentKey(PlatformId.Parse("forum"), "forum") });
        await _world.WorkAsync();
        await _world.ReceiveAsync(_world.Some("gone", "") with { Removed = true });
        await _world.WorkAsync();
    }

    /// <summary>Puts judged comments into storage, without judging each.</summary>
    private async Task SeedAsync(int count, string name = "c", DateTimeOffset? at = null, TimeSpan? spread = null)
    {
        var signals = _world.Get<Scorer>().Score("Il negozio è in via Roma.");
        var (step, last) = ((spread ?? TimeSpan.FromHours(3)) / count, at ?? _world.Time.Now);
        var outcomes = Enumerable.Range(0, count).Select(i =>
        {
            var received = last - (step * (count - i));
            var comment = _world.Some($"{name}{i:d6}", "Il negozio è in via Roma.") with { FirstReceivedAt = received, ReceivedAt = received };
            return new Outcome { Comment = comment, Signals = signals, Verdict = new Verdict(Decision.Approve, "otherwise", "", "built-in-4"), DecidedAt = received };
        }).ToList();
        await _world.Get<IModerationStore>().InsertAsync(outcomes, CancellationToken.None);
        await _world.Get<IModerationStore>().RecordAuthorsAsync(outcomes, CancellationToken.None);
    }

    private async Task<JsonNode> ListAsync(string query)
    {
        var answer = await Functions.List(Http.Request(query: $"?{query}"), "demo", CancellationToken.None).AnswerAsync();
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json;
    }

    private async Task<List<JsonNode>> AllAsync(string query, int limit)
    {
        var (items, page) = (new List<JsonNode>(), await ListAsync($"{query}&limit={limit}"));
        items.AddRange(page["items"]!.AsArray()!);
        while (page["nextCursor"] is { } cursor)
        {
            var plain = string.Join('&', query.Split('&').Where(p => !p.StartsWith("cursor=", StringComparison.Ordinal)));
            page = await ListAsync($"{plain}&limit={limit}&cursor={cursor}");
            items.AddRange(page["items"]!.AsArray()!);
        }
        return items;
    }

    private async Task<List<string>> LinesAsync(string query)
    {
        var answer = await Functions.Export(Http.Request(query: query), "demo", CancellationToken.None).AnswerAsync();
        Assert.True(answer.Status == 200, answer.Body);
        var lines = answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r'));
        return [.. query.Contains("csv", StringComparison.Ordinal) ? lines.Skip(1) : lines];
    }
}
