using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Outcomes;
using Moderato.Policy;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Hosting;

/// <summary>Keys over HTTP, and the audit of what is done with them.</summary>
public sealed class KeyFunctionsTests : IAsyncLifetime
{
    private const string Boss = "the-admin-of-everything";
    private const string Local = "the-admin-of-demo";
    private const string Learner = "an-apprentice-admin";
    private const string Shop = """{"name":"shop","communities":["demo"],"scopes":["ingest","read"]}""";

    private World _world = null!;

    public async Task InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["Moderato:Communities:1:Id"] = "other", ["Moderato:ApiKeys:3:Apprentice"] = "true" };
        foreach (var (name, value) in new[] { ("Id", "hook"), ("Community", "demo"), ("Address", "https://example.org/hook"), ("Secret", "whsec_" + Convert.ToBase64String(new byte[32])) })
            settings[$"Moderato:Webhooks:0:{name}"] = value;
        foreach (var (i, (text, community, scopes)) in new[] { (Boss, "*", "ingest read moderate admin"), (Local, "demo", "ingest read admin"), (Learner, "*", "ingest read moderate admin") }.Index())
        {
            var at = $"Moderato:ApiKeys:{i + 1}";
            settings[$"{at}:Name"] = text;
            settings[$"{at}:Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            settings[$"{at}:Communities:0"] = community;
            foreach (var (j, scope) in scopes.Split(' ').Index())
                settings[$"{at}:Scopes:{j}"] = scope;
        }
        _world = await World.CreateAsync(settings);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task AKeyIsMadeAndItsTextIsShownOnceAndKeptNowhere()
    {
        var made = await PostAsync(Boss, """{"name":"shop","communities":["demo"],"scopes":["ingest","read"],"expiresAt":"2026-03-11","requestsPerMinute":5,"apprentice":true}""");
        Assert.Equal(201, made.Status);
        var (text, id) = ((string)made.Json["text"]!, (string)made.Json["key"]!["id"]!);
        Assert.Equal($"/api/keys/{id}", made.Location);
        Assert.StartsWith($"mod_{id}_", text, StringComparison.Ordinal);

        var key = (await _world.Get<ApiKeys>().FindAsync(text, CancellationToken.None))!;
        Assert.Equal((id, "shop", 5, true), (key.Id, key.Name, key.RequestsPerMinute, key.Apprentice));
        Assert.Equal([World.Demo], key.Communities);
        Assert.Equal([Scope.Ingest, Scope.Read], key.Scopes.Order());

        var view = await CallAsync(Boss, (f, r) => f.Get(r, id, CancellationToken.None));
        Assert.Equal("shop stored active demo ingest,read 5 true the-admin-of-everything 2026-03-11T00:00:00.000Z", Shown(view.Json));
        foreach (var table in _world.Tables.All)
            Assert.DoesNotContain(await _world.RowsAsync(table), row => row.Any(p => p.Value is string v && v.Contains(text[17..], StringComparison.Ordinal)));
        Assert.DoesNotContain(text[17..], view.Body + (await CallAsync(Boss, (f, r) => f.List(r, CancellationToken.None))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EverythingWrongIsSaidAtOnce()
    {
        var wrong = await PostAsync(Boss, """{"name":" ","communities":["No",7],"scopes":["all"],"expiresAt":"2026-03-10T09:30:00Z","requestsPerMinute":0,"apprentice":"yes","expires":"x"}""");
        Assert.Equal(400, wrong.Status);
        Assert.Equal(
            ["expires", "name", "communities[0]", "communities[1]", "scopes[0]", "expiresAt", "requestsPerMinute", "apprentice"], wrong.Json["errors"]!.AsArray().Select(e => (string?)e!["field"]));
        Assert.Equal(400, (await PostAsync(Boss, "{}")).Status);
        Assert.Equal(400, (await PostAsync(Boss, """{"name":"x","communities":["*","demo"],"scopes":["read"]}""")).Status);
        Assert.Equal(400, (await PostAsync(Boss, """{"name":"x","communities":["nowhere"],"scopes":["read"]}""")).Status);
        Assert.Empty(await RowsAsync());
        Assert.Empty(await _world.RowsAsync(_world.Tables.Audit));
    }

    [Fact]
    public async Task NobodyGivesMoreThanTheyHave()
    {
        foreach (var body in new[]
        {
            """{"name":"x","communities":["*"],"scopes":["read"]}""", """{"name":"x","communities":["other"],"scopes":["read"]}""", """{"name":"x","communities":["demo","other"],"scopes":["read"]}""",
            """{"name":"x","communities":["nowhere"],"scopes":["read"]}""", """{"name":"x","communities":["demo"],"scopes":["read","moderate"]}""",
        })
        {
            var refused = await PostAsync(Local, body);
            Assert.Equal(403, refused.Status);
            Assert.Equal((await PostAsync(Local, """{"name":"x","communities":["*"],"scopes":["read"]}""")).Body, refused.Body);
        }
        Assert.Equal(403, (await PostAsync(Learner, Shop)).Status);
        Assert.Empty(await RowsAsync());
        Assert.Equal(201, (await PostAsync(Learner, Shop.Replace("}", ",\"apprentice\":true}", StringComparison.Ordinal))).Status);

        // Rotating gives a text away, too.
        var strong = (string)(await PostAsync(Boss, """{"name":"x","communities":["demo"],"scopes":["moderate"]}""")).Json["key"]!["id"]!;
        Assert.Equal(403, (await RotateAsync(Local, strong)).Status);
        Assert.Equal(403, (await RotateAsync(Learner, strong)).Status);
        Assert.Equal(204, (await DeleteAsync(Local, strong)).Status); // stopping gives nothing away
    }

    [Fact]
    public async Task WhatIsOutOfReachIsAsIfItWereNotThere()
    {
        var everybodys = (string)(await PostAsync(Boss, """{"name":"all","communities":["*"],"scopes":["read"]}""")).Json["key"]!["id"]!;
        var others = (string)(await PostAsync(Boss, """{"name":"other","communities":["demo","other"],"scopes":["read"]}""")).Json["key"]!["id"]!;
        var mine = (string)(await PostAsync(Local, Shop)).Json["key"]!["id"]!;
        var nothing = await CallAsync(Local, (f, r) => f.Get(r, "aaaaaaaaaaaa", CancellationToken.None));
        Assert.Equal(404, nothing.Status);
        foreach (var id in new[] { everybodys, others, "settings-0", "settings-1", "settings-9", "No Good", "" })
        {
            Assert.Equal(nothing, await CallAsync(Local, (f, r) => f.Get(r, id, CancellationToken.None)));
            Assert.Equal(nothing, await RotateAsync(Local, id));
            Assert.Equal(nothing, await DeleteAsync(Local, id));
        }
        Assert.Equal(["settings-2", mine], await ListAsync(Local));
        Assert.Equal(new[] { "settings-0", "settings-1", "settings-2", "settings-3", everybodys, others, mine }.Order(StringComparer.Ordinal), (await ListAsync(Boss)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("settings-0")]
    [InlineData("settings-3")]
    public async Task KeysOfTheSettingsAreShownAndChangedThere(string id)
    {
        var view = await CallAsync(Boss, (f, r) => f.Get(r, id, CancellationToken.None));
        Assert.Equal((200, "settings", "active"), (view.Status, (string?)view.Json["source"], (string?)view.Json["state"]));
        var rotated = await RotateAsync(Boss, id);
        Assert.Equal(409, rotated.Status);
        Assert.Contains("Moderato__ApiKeys__", rotated.Body, StringComparison.Ordinal);
        Assert.Equal(409, (await DeleteAsync(Boss, id)).Status);
    }

    [Fact]
    public async Task TheSameIdempotencyKeyMakesOneKey()
    {
        var made = await PostAsync(Boss, Shop, "order-7");
        var id = (string)made.Json["key"]!["id"]!;
        var again = await PostAsync(Boss, Shop, "order-7");
        Assert.Equal((409, made.Location), (again.Status, again.Location));
        Assert.Contains(id, again.Body, StringComparison.Ordinal);
        Assert.Single(await RowsAsync());
        Assert.Equal(201, (await PostAsync(Local, Shop, "order-7")).Status); // somebody else's is another
        Assert.Equal(201, (await PostAsync(Boss, Shop, "order-8")).Status);
        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostAsync(Boss, Shop, "order-9")));
        Assert.Single(results, r => r.Status == 201);
        Assert.Equal(4, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task RotatingShowsANewTextAndTheOldOneHoldsForADay()
    {
        var made = await PostAsync(Boss, Shop);
        var (id, old) = ((string)made.Json["key"]!["id"]!, (string)made.Json["text"]!);
        var rotated = await RotateAsync(Boss, id);
        var text = (string)rotated.Json["text"]!;
        Assert.Equal((200, "2026-03-11T09:30:00.000Z"), (rotated.Status, (string?)rotated.Json["key"]!["earlierTextUntil"]));
        Assert.Equal((true, true), (await OpensAsync(old), await OpensAsync(text)));
        _world.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal((false, true), (await OpensAsync(old), await OpensAsync(text)));

        Assert.Equal(400, (await RotateAsync(Boss, id, """{"overlapHours":169}""")).Status);
        Assert.Equal(400, (await RotateAsync(Boss, id, """{"overlapHours":-1}""")).Status);
        Assert.Equal(400, (await RotateAsync(Boss, id, """{"overlap":0}""")).Status);
        for (var i = 0; i < StoredKey.MostEarlier; i++)
            Assert.Equal(200, (await RotateAsync(Boss, id, """{"overlapHours":168}""")).Status);
        Assert.True(await OpensAsync(text));
        Assert.Equal(409, (await RotateAsync(Boss, id)).Status);
        var last = await RotateAsync(Boss, id, """{"overlapHours":0}""");
        Assert.Equal((false, true), (await OpensAsync(text), await OpensAsync((string)last.Json["text"]!)));

        Assert.Equal(204, (await DeleteAsync(Boss, id)).Status);
        Assert.Equal(204, (await DeleteAsync(Boss, id)).Status);
        Assert.False(await OpensAsync((string)last.Json["text"]!));
        Assert.Equal(409, (await RotateAsync(Boss, id)).Status);
        Assert.Equal("revoked", (string?)(await CallAsync(Boss, (f, r) => f.Get(r, id, CancellationToken.None))).Json["state"]);
    }

    [Fact]
    public async Task OfRotationsAtOnceEveryTextThatWasShownOpens()
    {
        var id = (string)(await PostAsync(Boss, Shop)).Json["key"]!["id"]!;
        var rotated = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RotateAsync(Boss, id)));
        Assert.All(rotated, r => Assert.Equal(200, r.Status));
        foreach (var answer in rotated)
            Assert.True(await OpensAsync((string)answer.Json["text"]!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereThereIsTheOldStateOrTheNewOne(bool afterwards)
    {
        var killings = 0;
        for (var request = 1; request <= 4; request++)
        {
            var before = await RowsAsync();
            await DieAtAsync(request, () => PostAsync(Boss, Shop, $"create-{request}-{afterwards}"));
            var after = await RowsAsync();
            Assert.InRange(after.Count - before.Count, 0, 1);
            Assert.All(after, r => Assert.Equal((16, 32), (r.GetBinary("Salt")!.Length, r.GetBinary("Hash")!.Length)));
            // Sent again, it is made if it was not, and never a second time.
            var again = await PostAsync(Boss, Shop, $"create-{request}-{afterwards}");
            Assert.Equal(after.Count > before.Count ? 409 : 201, again.Status);
            Assert.Equal(before.Count + 1, (await RowsAsync()).Count);

            var made = await PostAsync(Boss, Shop);
            var (id, old) = ((string)made.Json["key"]!["id"]!, (string)made.Json["text"]!);
            await DieAtAsync(request, () => RotateAsync(Boss, id));
            Assert.True(await OpensAsync(old)); // whoever has the text goes on, whether the new one was seen or not
            Assert.True(await OpensAsync((string)(await RotateAsync(Boss, id)).Json["text"]!) && await OpensAsync(old));

            await DieAtAsync(request, () => DeleteAsync(Boss, id));
            Assert.Equal(204, (await DeleteAsync(Boss, id)).Status);
            Assert.False(await OpensAsync(old));
        }
        Assert.InRange(killings, 9, 12);

        async Task DieAtAsync(int request, Func<Task<Reply>> work)
        {
            _world.Storage.KillAt(request, afterwards);
            try
            {
                await work();
            }
            catch (Killed)
            {
                killings++;
            }
            _world.Storage.Reset();
        }
    }

    [Fact]
    public async Task EverythingDoneWithKeysIsRemembered()
    {
        var id = (string)(await PostAsync(Boss, """{"name":"two","communities":["demo","other"],"scopes":["read"]}""")).Json["key"]!["id"]!;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await RotateAsync(Boss, id);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await DeleteAsync(Boss, id);
        await DeleteAsync(Boss, id); // nothing is done
        var all = (string)(await PostAsync(Boss, """{"name":"all","communities":["*"],"scopes":["read"]}""")).Json["key"]!["id"]!;
        string[] expected = [$"{Boss} key.created {id}", $"{Boss} key.rotated {id}", $"{Boss} key.revoked {id}"];
        Assert.Equal(expected, await AuditAsync("demo"));
        Assert.Equal(expected, await AuditAsync("other"));
        Assert.Equal([$"{Boss} key.created {all}"], await AuditAsync(null));
    }

    [Fact]
    public async Task TheAuditIsReadInPagesOldestFirst()
    {
        var log = _world.Get<IAuditLog>();
        var start = new DateTimeOffset(2026, 1, 30, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 25; i++) // over the end of months, and several in one tick
            await log.AppendAsync(new AuditEntry(World.Demo, start.AddDays(i / 3), "anna", Acts.Decided, $"{i}", null), CancellationToken.None);
        await log.AppendAsync(new AuditEntry(CommunityId.Parse("other"), start, "anna", Acts.Decided, "not mine", null), CancellationToken.None);
        await log.AppendAsync(new AuditEntry(null, start, "anna", Acts.Decided, "nobody's", null), CancellationToken.None);

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await ReadAuditAsync("demo", $"?from=2026-01-01&to=2026-12-31&limit=4{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            Assert.Equal(200, page.Status);
            Assert.InRange(page.Json["items"]!.AsArray().Count, 1, 4);
            seen.AddRange(page.Json["items"]!.AsArray().Select(i => (string)i!["target"]!));
            cursor = (string?)page.Json["nextCursor"];
            Assert.DoesNotContain("demo", cursor ?? "", StringComparison.Ordinal);
        }
        Assert.Equal(Enumerable.Range(0, 25), seen.Select(s => int.Parse(s, CultureInfo.InvariantCulture)).Order());
        Assert.Equal(seen.Select(s => int.Parse(s, CultureInfo.InvariantCulture) / 3), seen.Select(s => int.Parse(s, CultureInfo.InvariantCulture) / 3).Order());
        Assert.Equal(3, (await ReadAuditAsync("demo", "?from=2026-01-31T12:00:00Z&to=2026-01-31T12:00:01Z")).Json["items"]!.AsArray().Count);
        Assert.Empty((await ReadAuditAsync("demo", "?from=2026-01-31T12:00:01Z&to=2026-02-01T12:00:00Z")).Json["items"]!.AsArray());

        var wrong = await ReadAuditAsync("demo", "?from=yesterday&to=soon&limit=0&cursor=x&who=anna");
        Assert.Equal(["who", "to", "from", "limit", "cursor"], wrong.Json["errors"]!.AsArray().Select(e => (string?)e!["field"]));
    }

    [Fact]
    public async Task WhatPeopleChangeIsRememberedBeforeItIsDone()
    {
        var documents = _world.Make<DocumentFunctions>();
        const string policy = "policy: 1\nrules:\n  - { id: g, name: G, if: { words: [grazie] }, then: hide }\n";
        await DoAsync(Request(Boss, policy, query: "?by=anna&note=First", tag: "\"0\""), r => documents.PutPolicy(r, "demo", CancellationToken.None));
        await DoAsync(Request(Boss, policy + "# two\n", query: "?by=anna", tag: "\"1\""), r => documents.PutPolicy(r, "demo", CancellationToken.None));
        await DoAsync(Request(Boss, policy + "# two\n", query: "?by=anna", tag: "\"1\""), r => documents.PutPolicy(r, "demo", CancellationToken.None)); // the same again
        await DoAsync(Request(Boss, "", query: "?by=bo"), r => documents.RestorePolicy(r, "demo", "1", CancellationToken.None));
        await DoAsync(Request(Boss, "# Regole\n## 1. Gentilezza\nSiate gentili.\n", query: "?by=bo", tag: "\"0\""), r => documents.PutGuidelines(r, "demo", "it", CancellationToken.None));
        await DoAsync(Request(Boss, """{"trusted":true}"""), r => _world.Make<AuthorFunctions>().Put(r, "demo", "instagram", "maria.rossi", CancellationToken.None));

        var entries = (await AuditAsync("demo")).ToList();
        Assert.Equal(
            [$"{Boss}/anna policy.changed policy/1 First", $"{Boss}/anna policy.changed policy/2", $"{Boss}/bo policy.restored policy/3", $"{Boss}/bo guidelines.changed guidelines-it/1"],
            entries.Where(e => !e.Contains("profile", StringComparison.Ordinal)));
        var profile = Assert.Single(entries, e => e.StartsWith($"{Boss} profile.changed instagram/", StringComparison.Ordinal));
        Assert.DoesNotContain("maria", profile, StringComparison.Ordinal);

        // Killed where the entry is written, nothing is changed.
        _world.Storage.KillAt(1, afterwards: true);
        await Assert.ThrowsAsync<Killed>(() => _world.Make<AuthorFunctions>().Put(Request(Boss, """{"team":true}"""), "demo", "instagram", "maria.rossi", CancellationToken.None));
        Assert.StartsWith("POST audit", _world.Storage.Requests[0], StringComparison.Ordinal);

        async Task DoAsync(HttpRequest request, Func<HttpRequest, Task<IResult>> call)
        {
            var answer = await ExecuteAsync(request, call);
            Assert.True(answer.Status == 200, answer.Body);
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task SwitchingAWebhookOnAndSendingAgainAreRemembered()
    {
        var webhooks = _world.Make<WebhookFunctions>();
        Assert.Equal(202, (await ExecuteAsync(Request(Boss), r => webhooks.Enable(r, "demo", "hook", CancellationToken.None))).Status);
        var sent = new WebhookDelivery { Id = "msg_1", Community = World.Demo, Endpoint = "hook", Type = EventTypes.Test, Body = "{}", CreatedAt = _world.Time.Now };
        await _world.Get<IWebhookStore>().SaveAsync(sent, CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(202, (await ExecuteAsync(Request(Boss), r => webhooks.Resend(r, "demo", "hook", sent.Id, CancellationToken.None))).Status);
        Assert.Equal(404, (await ExecuteAsync(Request(Boss), r => webhooks.Resend(r, "demo", "hook", "nothing", CancellationToken.None))).Status);
        Assert.Equal([$"{Boss} webhook.enabled hook", $"{Boss} webhook.resent hook/msg_1"], await AuditAsync("demo"));
    }

    [Fact]
    public async Task TooManyRequestsAreToldWhenToComeBack()
    {
        var text = (string)(await PostAsync(Boss, """{"name":"slow","communities":["demo"],"scopes":["read"],"requestsPerMinute":2}""")).Json["text"]!;
        var outcomes = _world.Make<GetOutcomes>();
        for (var i = 0; i < 2; i++)
            Assert.Equal(200, (await ReadAsync()).Status);
        var refused = await ReadAsync();
        Assert.Equal((429, "30", "/api/problems/too-many-requests"), (refused.Status, refused.RetryAfter, (string?)refused.Json["type"]));
        var perspective = await ExecuteAsync(Request(text, "{}"), r => _world.Make<PerspectiveFunctions>().Analyze(r, CancellationToken.None));
        Assert.Equal((429, "30", "RESOURCE_EXHAUSTED"), (perspective.Status, perspective.RetryAfter, (string?)perspective.Json["error"]!["status"]));
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        // One request, although it asks for two things: whether texts may be scored, and with this community's corrections.
        Assert.Equal(200, (await ExecuteAsync(Request(text, """{"text":"ciao","community":"demo"}"""), r => _world.Make<ScoreFunctions>().Post(r, CancellationToken.None))).Status);
        Assert.Equal(429, (await ReadAsync()).Status);

        Task<Reply> ReadAsync() => ExecuteAsync(Request(text), r => outcomes.List(r, "demo", CancellationToken.None));
    }

    private Task<Reply> PostAsync(string key, string body, string? idempotency = null) => ExecuteAsync(Request(key, body, idempotency), r => _world.Make<KeyFunctions>().Post(r, CancellationToken.None));

    private Task<Reply> RotateAsync(string key, string id, string body = "") => ExecuteAsync(Request(key, body), r => _world.Make<KeyFunctions>().Rotate(r, id, CancellationToken.None));

    private Task<Reply> DeleteAsync(string key, string id) => CallAsync(key, (f, r) => f.Revoke(r, id, CancellationToken.None));

    private Task<Reply> CallAsync(string key, Func<KeyFunctions, HttpRequest, Task<IResult>> call) => ExecuteAsync(Request(key), r => call(_world.Make<KeyFunctions>(), r));

    private async Task<IEnumerable<string>> ListAsync(string key) =>
        (await CallAsync(key, (f, r) => f.List(r, CancellationToken.None))).Json["keys"]!.AsArray().Select(k => (string)k!["id"]!);

    private Task<Reply> ReadAuditAsync(string? community, string query = "") => ExecuteAsync(Request(Boss, query: query), r => community is null
        ? _world.Make<AuditFunctions>().OfAll(r, CancellationToken.None)
        : _world.Make<AuditFunctions>().OfCommunity(r, community, CancellationToken.None));

    private async Task<IEnumerable<string>> AuditAsync(string? community) =>
        (await ReadAuditAsync(community)).Json["items"]!.AsArray().Select(i => $"{i!["who"]} {i["act"]} {i["target"]} {i["note"]}".TrimEnd());

    private async Task<bool> OpensAsync(string text) => await _world.Get<ApiKeys>().FindAsync(text, CancellationToken.None) is not null;

    private async Task<IReadOnlyList<TableEntity>> RowsAsync() =>
        [.. (await _world.RowsAsync(_world.Tables.Settings)).Where(r => r.PartitionKey == "_keys")];

    private static string Shown(JsonNode k) =>
        $"{k["name"]} {k["source"]} {k["state"]} {string.Join(',', k["communities"]!.AsArray())} {string.Join(',', k["scopes"]!.AsArray())} {k["requestsPerMinute"]} {k["apprentice"]} {k["createdBy"]} {k["expiresAt"]}";

    private static HttpRequest Request(string key, string body = "", string? idempotency = null, string query = "", string? tag = null)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = $"Bearer {key}";
        request.QueryString = new QueryString(query);
        if (body.Length > 0)
            (request.ContentType, request.Body) = ("application/json", new MemoryStream(Encoding.UTF8.GetBytes(body)));
        if (idempotency is not null)
            request.Headers["Idempotency-Key"] = idempotency;
        if (tag is not null)
            request.Headers.IfMatch = tag;
        return request;
    }

    private async Task<Reply> ExecuteAsync(HttpRequest request, Func<HttpRequest, Task<IResult>> call)
    {
        var context = request.HttpContext;
        context.RequestServices = _world.Get<IServiceProvider>();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await (await call(request)).ExecuteAsync(context);
        return new Reply(context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()), context.Response.Headers.Location.ToString(), context.Response.Headers.RetryAfter.ToString());
    }

    private sealed record Reply(int Status, string Body, string Location, string RetryAfter)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;
    }
}
