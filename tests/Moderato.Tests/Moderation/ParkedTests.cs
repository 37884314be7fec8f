using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Ingest;
using Moderato.Moderation;
using Moderato.Tests.Ingest.Platforms;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Moderation;

/// <summary>Parked work over HTTP: seen, tried again, discarded.</summary>
public sealed class ParkedTests : IAsyncLifetime
{
    private const string Limited = "mod_a-key-of-one-community-only";

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync(new Dictionary<string, string?>
    {
        ["Moderato:ApiKeys:0:Scopes:3"] = "admin",
        ["Moderato:Communities:1:Id"] = "other",
        ["Moderato:ApiKeys:1:Name"] = "limited",
        ["Moderato:ApiKeys:1:Sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Limited))),
        ["Moderato:ApiKeys:1:Communities:0"] = "other",
        ["Moderato:ApiKeys:1:Scopes:0"] = "moderate",
        ["Moderato:ApiKeys:1:Scopes:1"] = "admin",
    });

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task EverythingParkedIsListedWithoutWords()
    {
        await ParkCommentAsync("1");
        await ParkFetchAsync();
        await ParkPartAsync("parole"u8.ToArray());
        var items = await ListAsync();
        Assert.Equal(["comment parked", "fetch parked", "part parked"], items.Select(i => $"{i["kind"]} {i["state"]}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(items, i => i.ToJsonString().Contains("parole", StringComparison.Ordinal));
        var comment = items.Single(i => (string?)i["kind"] == "comment");
        Assert.Equal(("instagram", "1", "a test"), ((string?)comment["platform"], (string?)comment["commentId"], (string?)comment["reason"]));
        Assert.Equal("facebook/page", $"{items.Single(i => (string?)i["kind"] == "part")["platform"]}/{items.Single(i => (string?)i["kind"] == "part")["source"]}");

        var (status, one) = await OneAsync((string)comment["id"]!);
        Assert.Equal((200, "parole", "anna"), (status, (string?)one["comment"]!["text"], (string?)one["comment"]!["author"]!["id"]));
        var (_, part) = await OneAsync((string)items.Single(i => (string?)i["kind"] == "part")["id"]!);
        Assert.Equal(("parole", false, 6), ((string?)part["message"], (bool)part["messageIsBase64"]!, (int)part["length"]!));
    }

    [Fact]
    public async Task ThePagesOfAListAreOneList()
    {
        for (var i = 0; i < 7; i++)
        {
            await ParkCommentAsync($"{i}");
            _world.Time.Advance(TimeSpan.FromHours(9));
        }
        var (ids, cursor) = (new List<string>(), "");
        do
        {
            var (_, page) = await CallAsync(f => f.List(Request($"?limit=2&state=parked{cursor}"), "demo", CancellationToken.None));
            ids.AddRange(page["items"]!.AsArray().Select(i => (string)i!["commentId"]!));
            cursor = page["nextCursor"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], ids);
        var (_, later) = await CallAsync(f => f.List(Request("?from=2026-03-11&to=2026-03-12"), "demo", CancellationToken.None));
        Assert.Equal(["2", "3", "4"], later["items"]!.AsArray().Select(i => (string?)i!["commentId"]));

        var (status, problem) = await CallAsync(f => f.List(Request("?limit=0&state=lost&cursor=x&from=now&colour=red"), "demo", CancellationToken.None));
        Assert.Equal((400, "colour,cursor,from,limit,state"), (status, string.Join(',', problem["errors"]!.AsArray().Select(e => (string)e!["field"]!).Order(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task AReplayedCommentIsJudgedAndTheBooksBalance()
    {
        await ParkCommentAsync("1");
        var id = (string)(await ListAsync())[0]["id"]!;
        Assert.Equal(new Completeness(1, 0, 0, 0, 1, 0), await BooksAsync());
        for (var i = 0; i < 2; i++)
        {
            var (status, replayed) = await CallAsync(f => f.Replay(Request("?by=Anna"), "demo", id, CancellationToken.None));
            Assert.Equal((202, "replayed", "tests/Anna"), (status, (string?)replayed["state"], (string?)replayed["replayedBy"]));
        }
        _world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await SweepAsync()); // it is on its way already
        await _world.WorkAsync();
        Assert.Single(await _world.OutcomesAsync());
        Assert.Equal("settled", (string?)(await OneAsync(id)).Answer["state"]);
        Assert.Equal((202, "settled"), State(await CallAsync(f => f.Replay(Request(), "demo", id, CancellationToken.None))));
        Assert.Null(await _world.TakeAsync());
        Assert.Equal(409, (await DiscardAsync(id, "why")).Status);
        Assert.Equal(new Completeness(1, 1, 0, 0, 0, 0), await BooksAsync());
        Assert.Contains(await _world.RowsAsync(_world.Tables.Audit), a => a.GetString("Act") == "parked.replayed" && a.GetString("Who") == "tests/Anna" && a.GetString("Target") == id);
    }

    [Fact]
    public async Task WhatFailsAgainIsParkedAgain()
    {
        await ParkCommentAsync("1");
        var id = (string)(await ListAsync())[0]["id"]!;
        await CallAsync(f => f.Replay(Request(), "demo", id, CancellationToken.None));
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.Make<ParkComments>().Run((await _world.TakeAsync())!.Body.ToString(), null!, CancellationToken.None);
        Assert.Equal("parked", (string?)(await OneAsync(id)).Answer["state"]);
    }

    [Fact]
    public async Task WhatIsDiscardedStaysInTheBooksAndIsLeftAlone()
    {
        await ParkCommentAsync("1");
        var id = (string)(await ListAsync())[0]["id"]!;
        var (status, problem) = await DiscardAsync(id, "");
        Assert.Equal((400, "reason"), (status, (string?)problem["errors"]![0]!["field"]));
        foreach (var reason in new[] { "un test", "another reason" })
        {
            (status, var discarded) = await DiscardAsync(id, reason);
            Assert.Equal((200, "discarded", "tests/Anna", "un test"), (status, (string?)discarded["state"], (string?)discarded["discardedBy"], (string?)discarded["discardedBecause"]));
        }
        _world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await SweepAsync());
        var (_, many) = await ManyAsync("{\"all\":true}");
        Assert.Equal((0, 0), ((int)many["replayed"]!, (int)many["left"]!));
        Assert.Equal(new Completeness(1, 0, 0, 0, 1, 0), await BooksAsync());
        Assert.Equal("un test", Assert.Single(await _world.RowsAsync(_world.Tables.Audit), a => a.GetString("Act") == "parked.discarded").GetString("Note"));

        Assert.Equal((202, "replayed"), State(await CallAsync(f => f.Replay(Request(), "demo", id, CancellationToken.None)))); // a mind may change
        await _world.WorkAsync();
        Assert.Equal(new Completeness(1, 1, 0, 0, 0, 0), await BooksAsync());
    }

    [Fact]
    public async Task AFetchIsAskedAgainFromTheBeginningAndAPartByNobody()
    {
        await ParkFetchAsync();
        await ParkPartAsync([0xff, 0xfe]);
        var items = await ListAsync();
        var (fetch, part) = ((string)items.Single(i => (string?)i["kind"] == "fetch")["id"]!, (string)items.Single(i => (string?)i["kind"] == "part")["id"]!);
        Assert.Equal((202, "replayed"), State(await CallAsync(f => f.Replay(Request(), "demo", fetch, CancellationToken.None))));
        Assert.Equal("""{"platform":"facebook","source":"page","id":"9","attempt":0}""", (await _world.Queue(QueueNames.Fetches).ReceiveMessageAsync()).Value.Body.ToString());
        var (status, refused) = await CallAsync(f => f.Replay(Request(), "demo", part, CancellationToken.None));
        Assert.Equal(409, status);
        Assert.Contains("POST …/comments", (string?)refused["detail"], StringComparison.Ordinal);
        Assert.Equal(("//4=", true), ((string?)(await OneAsync(part)).Answer["message"], (bool)(await OneAsync(part)).Answer["messageIsBase64"]!));
        Assert.Equal(200, (await DiscardAsync(part, "sent by hand")).Status);
    }

    [Fact]
    public async Task ManyAreReplayedAtOnce()
    {
        for (var i = 0; i < 5; i++)
            await ParkCommentAsync($"{i}");
        await ParkPartAsync("x"u8.ToArray());
        var items = await ListAsync();
        var part = (string)items.Single(i => (string?)i["kind"] == "part")["id"]!;
        var first = (string)items[0]["id"]!;
        var (status, some) = await ManyAsync($"{{\"ids\":[\"{first}\",\"{part}\",\"AAAA\"]}}");
        Assert.Equal((202, 1, 0), (status, (int)some["replayed"]!, (int)some["left"]!));
        Assert.Equal(["unreadable", "missing"], some["notReplayed"]!.AsArray().Select(n => (string?)n!["because"]));
        (_, var all) = await ManyAsync("{\"all\":true,\"by\":\"Anna\"}");
        Assert.Equal((4, 0), ((int)all["replayed"]!, (int)all["left"]!));
        await _world.WorkAsync();
        Assert.Equal(5, (await _world.OutcomesAsync()).Count);
        var (ids, left) = await _world.Get<IParkedStore>().UntouchedAsync(World.Demo, 1, CancellationToken.None);
        Assert.Equal((0, 0), (ids.Count, left));
        foreach (var wrong in new[] { "{}", "{\"ids\":[]}", "{\"ids\":[1]}", "{\"ids\":[\"x\"],\"all\":true}" })
            Assert.Equal(400, (await ManyAsync(wrong)).Status);
    }

    [Fact]
    public async Task NoIdReachesAnotherCommunity()
    {
        await ParkCommentAsync("1");
        var id = (string)(await ListAsync())[0]["id"]!;
        Assert.Equal(200, (await OneAsync(id)).Status);
        Assert.Equal(404, (await CallAsync(f => f.One(Request(), "other", id, CancellationToken.None))).Status);
        foreach (var wrong in new[] { "x", "****", Encode("demo~20260310x"), Encode("20260310"), Encode("20260310' or '1' eq '1"), Encode("2026031/x") })
            Assert.Equal(404, (await OneAsync(wrong)).Status);
        Assert.Equal(403, (await CallAsync(f => f.One(Request(key: Limited), "demo", id, CancellationToken.None))).Status);
    }

    [Fact]
    public async Task AWholeMessageIsForAKeyOfAllCommunities()
    {
        await _world.Get<IDeadLetterStore>().ParkUnreadableAsync("m-1", "{\"type\":\"surprise\"}", _world.Time.Now, "no comments", CancellationToken.None);
        Assert.Equal(403, (await MessagesAsync(f => f.List(Request(key: Limited), CancellationToken.None))).Status);
        var (status, list) = await MessagesAsync(f => f.List(Request(), CancellationToken.None));
        var item = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal((200, "no comments", 19), (status, (string?)item["reason"], (int)item["length"]!));
        var id = (string)item["id"]!;
        Assert.Equal("{\"type\":\"surprise\"}", (string?)(await MessagesAsync(f => f.One(Request(), id, CancellationToken.None))).Answer["message"]);
        var discarded = await MessagesAsync(f => f.Discard(Request(body: "{\"reason\":\"from a test\"}"), id, CancellationToken.None));
        Assert.Equal((200, "from a test"), (discarded.Status, (string?)discarded.Answer["discardedBecause"]));
        Assert.Equal(404, (await MessagesAsync(f => f.One(Request(), "x", CancellationToken.None))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereAskingOnceMoreIsEnough(bool afterwards)
    {
        for (var (request, killed) = (1, true); killed; request++)
        {
            await ParkCommentAsync($"c{request}");
            var id = (string)(await ListAsync("?state=parked"))[0]["id"]!;
            _world.Storage.KillAt(request, afterwards);
            try
            {
                await CallAsync(f => f.Replay(Request(), "demo", id, CancellationToken.None));
            }
            catch (Exception) when (_world.Storage.HasKilled)
            {
                // Whoever asked got no answer, and asks again.
            }
            killed = _world.Storage.HasKilled;
            _world.Storage.Reset();
            Assert.Equal(202, (await CallAsync(f => f.Replay(Request(), "demo", id, CancellationToken.None))).Status);
            await _world.WorkAsync();
            Assert.Equal("settled", (string?)(await OneAsync(id)).Answer["state"]);
            Assert.Equal(request, (await _world.OutcomesAsync()).Count);
        }
    }

    private async Task ParkCommentAsync(string id)
    {
        var comment = _world.Some(id, "parole");
        await _world.ReceiveAsync(comment);
        await _world.Queue(QueueNames.Comments).ClearMessagesAsync();
        await _world.Get<IDeadLetterStore>().ParkAsync(new DeadLetter(comment, _world.Time.Now, "a test"), CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private Task ParkFetchAsync() =>
        _world.Make<ParkFetches>().Run("""{"platform":"facebook","source":"page","id":"9","attempt":9}""", CancellationToken.None);

    private Task ParkPartAsync(byte[] bytes) =>
        _world.Get<IIntakeStore>().ParkAsync(new UnreadablePart(_world.Get<Sources>().All.Single(), "why", bytes, _world.Time.Now), CancellationToken.None);

    private async Task<Completeness> BooksAsync() =>
        (await _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(LocalDay.Of(_world.Time.Now, _world.Community.Zone).Date), CancellationToken.None)).Completeness;

    private Task<int> SweepAsync() => _world.Get<Sweep>().RunAsync(World.Demo, CancellationToken.None);

    private async Task<List<JsonNode>> ListAsync(string query = "") =>
        [.. (await CallAsync(f => f.List(Request(query), "demo", CancellationToken.None))).Answer["items"]!.AsArray().Select(i => i!)];

    private Task<(int Status, JsonNode Answer)> OneAsync(string id) => CallAsync(f => f.One(Request(), "demo", id, CancellationToken.None));

    private Task<(int Status, JsonNode Answer)> DiscardAsync(string id, string reason) =>
        CallAsync(f => f.Discard(Request(body: $"{{\"reason\":\"{reason}\",\"by\":\"Anna\"}}"), "demo", id, CancellationToken.None));

    private Task<(int Status, JsonNode Answer)> ManyAsync(string body) => CallAsync(f => f.ReplayMany(Request(body: body), "demo", CancellationToken.None));

    private static (int Status, string? State) State((int Status, JsonNode Answer) answer) => (answer.Status, (string?)answer.Answer["state"]);

    private async Task<(int Status, JsonNode Answer)> CallAsync(Func<ParkedFunctions, Task<IResult>> call) => await ExecuteAsync(await call(_world.Make<ParkedFunctions>()));

    private async Task<(int Status, JsonNode Answer)> MessagesAsync(Func<ParkedMessageFunctions, Task<IResult>> call) => await ExecuteAsync(await call(_world.Make<ParkedMessageFunctions>()));

    private static async Task<(int Status, JsonNode Answer)> ExecuteAsync(IResult result)
    {
        var (status, body) = await SignatureTests.ExecuteAsync(result);
        return (status, JsonNode.Parse(body)!);
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static HttpRequest Request(string query = "", string? body = null, string key = World.ApiKey)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {key}";
        context.Request.QueryString = new QueryString(query);
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        return context.Request;
    }
}
