using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Mood;
using Moderato.Tests.Support;
using Xunit;
using Scope = Moderato.Mood.Scope;

namespace Moderato.Tests.Mood;

public sealed class IncidentHttpTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync(SomeMood.Settings());

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task IncidentsAreListedNewestFirstPageByPage()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await SomeMood.OpenAsync(_world, Level.Unrest, new Scope(ScopeKind.Cause, $"{i}"))).Incident.Id);
            _world.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await SomeMood.ChangeAsync(_world, ids[2], i => i.Close("anna", "done", _world.Time.Now));
        var (found, query) = (new List<string>(), "?limit=2");
        for (var pages = 0; query is not null; pages++)
        {
            var answer = await Functions.List(Http.Request(query: query), "demo", CancellationToken.None).AnswerAsync();
            found.AddRange(answer.Json["items"]!.AsArray().Select(i => (string)i!["id"]!));
            query = (string?)answer.Json["nextCursor"] is { } cursor ? $"?limit=2&cursor={cursor}" : null;
            Assert.InRange(pages, 0, 3);
        }
        Assert.Equal(ids, found);
        var closed = await Functions.List(Http.Request(query: "?state=closed"), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal(ids[2], (string)Assert.Single(closed.Json["items"]!.AsArray())!["id"]!);
        var later = await Functions.List(Http.Request(query: "?from=2026-03-10T09:33:00Z&to=2026-03-10T09:34:00Z"), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal(ids[1], (string)Assert.Single(later.Json["items"]!.AsArray())!["id"]!);
        var wrong = await Functions.List(Http.Request(query: "?from=2026-03-11&to=2026-03-10&state=lost&limit=0&cursor=x"), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal(["cursor", "from", "limit", "state"], wrong.Fields);
    }

    [Fact]
    public async Task PeopleSeeToIt()
    {
        var id = (await SomeMood.OpenAsync(_world, Level.Crisis)).Incident.Id;
        var acknowledged = await Functions.Acknowledge(Post(new { by = "anna", owner = "luca" }), "demo", id, CancellationToken.None).AnswerAsync();
        Assert.Equal((200, "acknowledged", "luca", "anna"), (acknowledged.Status, (string)acknowledged.Json["state"]!, (string)acknowledged.Json["owner"]!, (string)acknowledged.Json["acknowledgedBy"]!));
        Assert.Equal(200, (await Functions.Acknowledge(Post(new { by = "anna" }), "demo", id, CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(409, (await Functions.Acknowledge(Post(new { by = "paola" }), "demo", id, CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal("paola", (string)(await Functions.Give(Post(new { by = "anna", owner = "paola" }), "demo", id, CancellationToken.None).AnswerAsync()).Json["owner"]!);
        for (var twice = 0; twice < 2; twice++)
            Assert.Equal(200, (await Functions.Note(Post(new { by = "paola", text = "the courier is called" }), "demo", id, CancellationToken.None).AnswerAsync()).Status);
        var closed = await Functions.Close(Post(new { by = "paola", note = "on their way" }), "demo", id, CancellationToken.None).AnswerAsync();
        Assert.Equal(("closed", "paola", "on their way"), ((string)closed.Json["state"]!, (string)closed.Json["closedBy"]!, (string)closed.Json["closingNote"]!));
        Assert.Equal(["opened", "acknowledged", "ownerSet", "noted", "closed"], closed.Json["timeline"]!.AsArray().Select(e => (string)e!["what"]!));
        Assert.Equal(409, (await Functions.Give(Post(new { by = "anna", owner = "luca" }), "demo", id, CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(409, (await Functions.Acknowledge(Post(new { by = "anna" }), "demo", id, CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(["incident.opened", "incident.closed"], (await SomeMood.ToldAsync(_world)).Select(t => t.Type));
        Assert.Equal(["by", "note"], (await Functions.Close(Post(new { by = new string('a', 101) }), "demo", id, CancellationToken.None).AnswerAsync()).Fields);
        Assert.Equal(404, (await Functions.One(Http.Request(), "demo", "nothing", CancellationToken.None).AnswerAsync()).Status);
    }

    [Fact]
    public async Task LookingAtThePageChangesNothing()
    {
        var (id, token) = await OpenWithLinkAsync();
        var before = await _world.RowsAsync(_world.Tables.Incidents);
        _world.Storage.Reset();
        var page = await Pages.Show(Http.Request(key: null), token, CancellationToken.None).AnswerAsync();
        Assert.Equal(200, page.Status);
        Assert.All(_world.Storage.Requests, r => Assert.StartsWith("GET ", r, StringComparison.Ordinal));
        Assert.Equal(before.Select(r => r.ETag), (await _world.RowsAsync(_world.Tables.Incidents)).Select(r => r.ETag));
        Assert.Contains("Ci penso io", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", page.Headers.CacheControl.ToString());
        Assert.Equal(IncidentState.Open, (await SomeMood.FindAsync(_world, id)).State);
    }

    [Fact]
    public async Task WithoutAConsoleOneSeesToItOnThePage()
    {
        var (id, token) = await OpenWithLinkAsync();
        Assert.Contains("Scrivi il tuo nome", (await FormAsync(token, ("reaction", "acknowledge"))).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await FormAsync(token, ("reaction", "acknowledge"), ("name", "Anna <b>"))).Status);
        var again = await FormAsync(token, ("reaction", "acknowledge"), ("name", "Luca"));
        Assert.Equal(409, again.Status);
        Assert.Contains("Se ne occupa Anna &lt;b&gt;.", again.Body, StringComparison.Ordinal);
        Assert.Contains("Per chiudere scrivi una nota", (await FormAsync(token, ("reaction", "close"), ("name", "Anna"))).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await FormAsync(token, ("reaction", "close"), ("name", "Anna"), ("note", "Risolto"))).Status);
        Assert.Equal((IncidentState.Closed, "Risolto"), ((await SomeMood.FindAsync(_world, id)).State, (await SomeMood.FindAsync(_world, id)).ClosingNote));
        Assert.Equal(400, (await FormAsync(token, ("reaction", "dance"), ("name", "Anna"))).Status);
        Assert.Equal(404, (await FormAsync(token[..^2], ("reaction", "close"))).Status);
        Assert.Equal(404, (await Pages.Show(Http.Request(key: null), "none", CancellationToken.None).AnswerAsync()).Status);
    }

    [Fact]
    public async Task ARaidsProtectionEndsOnThePageToo()
    {
        var raid = await SomeMood.OpenAsync(_world, Level.Crisis, new Scope(ScopeKind.Raid, "instagram/bottega"));
        await _world.Get<RaidProtection>().FollowAsync(_world.Community, raid, _world.Time.Now, _world.Time.Now, CancellationToken.None);
        var token = (await _world.Get<IncidentLinks>().LinkAsync(World.Demo, raid.Incident.Id, CancellationToken.None)).Split('/')[^1];
        Assert.Contains("end-protection", (await Pages.Show(Http.Request(key: null), token, CancellationToken.None).AnswerAsync()).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await FormAsync(token, ("reaction", "end-protection"), ("name", "Anna"))).Status);
        Assert.Equal(409, (await FormAsync(token, ("reaction", "end-protection"), ("name", "Anna"))).Status);
        var entries = await _world.Get<IAuditReader>().ReadAsync(new AuditQuery(World.Demo, DateTimeOffset.UnixEpoch, _world.Time.Now.AddDays(1), 10), CancellationToken.None);
        Assert.Equal((Acts.ProtectionEnded, "incident-page/Anna"), (Assert.Single(entries).Entry.Act, entries[0].Entry.Who));
    }

    [Fact]
    public async Task AChannelIsProtectedByHandAndItIsWrittenDown()
    {
        var functions = _world.Make<ProtectionFunctions>();
        var begun = await functions.Begin(Post(new { platform = "forum", channel = "a/b", minutes = 60, by = "anna" }), "demo", CancellationToken.None).AnswerAsync();
        Assert.Equal((200, "2026-03-10T10:30:00.000Z"), (begun.Status, (string)begun.Json["until"]!));
        Assert.Single((await functions.List(Http.Request(), "demo", CancellationToken.None).AnswerAsync()).Json["protections"]!.AsArray());
        _world.Time.Advance(TimeSpan.FromSeconds(1)); // entries of one tick have no order
        Assert.Equal(204, (await functions.End(Http.Request("DELETE", "?by=anna"), "demo", "forum", "a%2Fb", CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(404, (await functions.End(Http.Request("DELETE", "?by=anna"), "demo", "forum", "a%2Fb", CancellationToken.None).AnswerAsync()).Status);
        Assert.Equal(["by", "channel", "minutes", "platform"], (await functions.Begin(Post(new { minutes = 4 }), "demo", CancellationToken.None).AnswerAsync()).Fields);
        var entries = await _world.Get<IAuditReader>().ReadAsync(new AuditQuery(World.Demo, DateTimeOffset.UnixEpoch, _world.Time.Now.AddDays(1), 10), CancellationToken.None);
        Assert.Equal([Acts.ProtectionBegun, Acts.ProtectionEnded], entries.Select(e => e.Entry.Act));
    }

    private IncidentFunctions Functions => _world.Make<IncidentFunctions>();

    private IncidentPageFunctions Pages => _world.Make<IncidentPageFunctions>();

    private static HttpRequest Post(object body) => Http.Request("POST", body: body);

    private async Task<(string Id, string Token)> OpenWithLinkAsync()
    {
        var id = (await SomeMood.OpenAsync(_world, Level.Crisis)).Incident.Id;
        return (id, (await _world.Get<IncidentLinks>().LinkAsync(World.Demo, id, CancellationToken.None)).Split('/')[^1]);
    }

    private async Task<HttpAnswer> FormAsync(string token, params (string Name, string Value)[] fields)
    {
        var request = Http.Request("POST", key: null);
        request.ContentType = "application/x-www-form-urlencoded";
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        request.Body = new MemoryStream(await content.ReadAsByteArrayAsync());
        return await Pages.React(request, token, CancellationToken.None).AnswerAsync();
    }
}
