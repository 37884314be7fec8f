using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Mood;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mood;

/// <summary>Events over HTTP, on 10 March 2026.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private const string Sale = """{ "kind": "campaign", "title": " Saldi ", "from": "2026-03-12", "to": "2026-03-20T18:00:00+01:00", "channels": [{ "platform": "instagram", "channel": "bottega" }], "by": "anna" }""";

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task WhatIsNotedIsFoundAndTheSameAgainIsOne()
    {
        var (status, noted) = await PostAsync(Sale);
        Assert.Equal(201, status);
        Assert.Equal(("campaign", "Saldi", "comments", "anna"), ((string)noted["kind"]!, (string)noted["title"]!, (string)noted["expects"]!, (string)noted["by"]!));
        Assert.Equal("2026-03-20T17:00:00.000Z", (string)noted["to"]!);
        Assert.Equal("bottega", (string)noted["channels"]![0]!["channel"]!);

        var again = await PostAsync(Sale.Replace("anna", "luca", StringComparison.Ordinal));
        Assert.Equal((201, (string)noted["id"]!, "anna"), (again.Status, (string)again.Json["id"]!, (string)again.Json["by"]!));
        Assert.NotEqual((string)noted["id"]!, (string)(await PostAsync(Sale.Replace("Saldi", "Sconti", StringComparison.Ordinal))).Json["id"]!);
        Assert.Equal(["Saldi", "Sconti"], (await TitlesAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await AuditAsync()).Count(a => a == Acts.EventNoted));
    }

    [Theory]
    [InlineData("campaign", "comments")]
    [InlineData("release", "comments")]
    [InlineData("meet-up", "comments")]
    [InlineData("outage", "complaints")]
    [InlineData("other", "nothing")]
    public async Task EachKindExpectsWhatIsUsual(string kind, string expects)
    {
        var usual = await PostAsync($$"""{ "kind": "{{kind}}", "title": "x", "from": "2026-03-10", "to": "2026-03-11" }""");
        Assert.Equal((kind, expects, "tests"), ((string)usual.Json["kind"]!, (string)usual.Json["expects"]!, (string)usual.Json["by"]!));
        var said = await PostAsync($$"""{ "kind": "{{kind}}", "title": "x", "from": "2026-03-10", "to": "2026-03-11", "expects": "nothing" }""");
        Assert.Equal("nothing", (string)said.Json["expects"]!);
    }

    [Theory]
    [InlineData("from=2026-03-10&to=2026-03-12", "")]
    [InlineData("from=2026-03-10&to=2026-03-12T00:00:01Z", "Saldi")]
    [InlineData("from=2026-03-20T16:59:59Z&to=2026-04-01", "Saldi")]
    [InlineData("from=2026-03-20T17:00:00Z&to=2026-04-01", "")]
    [InlineData("from=2026-03-15&to=2026-03-16", "Saldi")]
    [InlineData("", "Saldi")]
    public async Task AnEventIsFoundWhereItTouchesTheSpan(string query, string titles)
    {
        await PostAsync(Sale);
        Assert.Equal(titles, string.Join(' ', await TitlesAsync(query)));
    }

    [Fact]
    public async Task TheLongestEventIsFoundOnItsLastDayAndEventsComeByTheirBeginning()
    {
        await PostAsync("""{ "kind": "other", "title": "long", "from": "2026-03-01", "to": "2026-05-30" }""");
        await PostAsync("""{ "kind": "other", "title": "late", "from": "2026-05-29T12:00:00Z", "to": "2026-05-30" }""");
        Assert.Equal(["long", "late"], await TitlesAsync("from=2026-05-29T23:00:00Z&to=2026-06-10"));
    }

    [Fact]
    public async Task EverythingWrongIsSaidAtOnce()
    {
        var many = string.Join(',', Enumerable.Range(0, 21).Select(i => $$"""{ "platform": "instagram", "channel": "{{i}}" }"""));
        Assert.Equal(["kind", "title", "from", "to"], await WrongAsync("{}"));
        Assert.Equal(
            ["expect", "kind", "expects", "title", "by", "to", "channels[0].platform", "channels[0].channel"],
            await WrongAsync("""{ "kind": "party", "title": "two\nlines", "expect": 1, "expects": "joy", "by": "", "from": "2026-03-12", "to": "2026-03-12", "channels": [{ "platform": "No Good" }] }"""));
        Assert.Equal(["title", "from", "channels"], await WrongAsync($$"""{ "kind": "other", "title": "{{new string('x', 121)}}", "from": "2027-04-15", "to": "2027-04-16", "channels": [{{many}}] }"""));
        Assert.Equal(["to"], await WrongAsync("""{ "kind": "other", "title": "x", "from": "2026-03-01", "to": "2026-05-30T00:00:01Z" }"""));
        Assert.Equal(["channels"], await WrongAsync("""{ "kind": "other", "title": "x", "from": "2026-03-01", "to": "2026-03-02", "channels": "everywhere" }"""));
        Assert.Empty(await TitlesAsync());
        Assert.Empty(await AuditAsync());
    }

    [Theory]
    [InlineData("from=2026-03-02&to=2026-03-02")]
    [InlineData("from=2020-01-01&to=2026-01-01")]
    [InlineData("from=soon")]
    [InlineData("since=2026-03-02")]
    public async Task ASpanThatIsNoneIsRefused(string query) => Assert.Equal(400, (await CallAsync((f, r) => f.List(r, "demo", CancellationToken.None), "GET", query)).Status);

    [Fact]
    public async Task WhatIsDeletedIsGoneOnceAndMayBeNotedAgain()
    {
        var id = (string)(await PostAsync(Sale)).Json["id"]!;
        await PostAsync(Sale.Replace("Saldi", "Sconti", StringComparison.Ordinal));
        Assert.Equal(204, await DeleteAsync(id));
        Assert.Equal(404, await DeleteAsync(id));
        Assert.Equal(["Sconti"], await TitlesAsync());
        Assert.Equal(id, (string)(await PostAsync(Sale)).Json["id"]!);
        Assert.Equal([Acts.EventNoted, Acts.EventNoted, Acts.EventRemoved, Acts.EventNoted], await AuditAsync());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("20260312-0000000000000000")]
    [InlineData("99991231-0000000000000000")]
    [InlineData("00010101-0000000000000000")]
    public async Task WhatIsNotThereIsNotFound(string id) => Assert.Equal(404, await DeleteAsync(id));

    [Fact]
    public async Task KilledWhileItIsNotedItIsThereOnceAfterTheNextTry()
    {
        for (var request = 1; request <= 3; request++)
        {
            foreach (var afterwards in new[] { false, true })
            {
                var title = $"{request} {afterwards}";
                var body = Sale.Replace("Saldi", title, StringComparison.Ordinal);
                _world.Storage.KillAt(request, afterwards);
                await Assert.ThrowsAsync<Killed>(() => PostAsync(body));
                _world.Storage.Reset();
                Assert.Equal(201, (await PostAsync(body)).Status);
                Assert.Single(await TitlesAsync(), title);
            }
        }
    }

    private async Task<(int Status, JsonNode Json)> PostAsync(string body) => await CallAsync((f, r) => f.Post(r, "demo", CancellationToken.None), "POST", body: body);

    private async Task<int> DeleteAsync(string id) => (await CallAsync((f, r) => f.Delete(r, "demo", id, CancellationToken.None), "DELETE", "by=anna")).Status;

    private async Task<IReadOnlyList<string>> TitlesAsync(string query = "") =>
        [.. (await CallAsync((f, r) => f.List(r, "demo", CancellationToken.None), "GET", query)).Json["events"]!.AsArray().Select(e => (string)e!["title"]!)];

    private async Task<IReadOnlyList<string>> WrongAsync(string body)
    {
        var (status, json) = await PostAsync(body);
        Assert.Equal(400, status);
        return [.. json["errors"]!.AsArray().Select(e => (string)e!["field"]!)];
    }

    private async Task<IReadOnlyList<string>> AuditAsync()
    {
        var query = new AuditQuery(World.Demo, _world.Time.Now.AddDays(-1), _world.Time.Now.AddDays(1), 100);
        return [.. (await _world.Get<IAuditReader>().ReadAsync(query, CancellationToken.None)).Select(r => r.Entry.Act)];
    }

    private async Task<(int Status, JsonNode Json)> CallAsync(Func<EventFunctions, HttpRequest, Task<IResult>> call, string method, string query = "", string body = "")
    {
        var context = new DefaultHttpContext { RequestServices = _world.Get<IServiceProvider>() };
        var request = context.Request;
        request.Method = method;
        request.Headers.Authorization = $"Bearer {World.ApiKey}";
        request.QueryString = new QueryString(query.Length > 0 ? $"?{query}" : "");
        request.ContentType = "application/json";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        _world.Time.Advance(TimeSpan.FromMilliseconds(1)); // so that entries of the audit have an order
        await (await call(_world.Make<EventFunctions>(), request)).ExecuteAsync(context);
        var text = Encoding.UTF8.GetString(answer.ToArray());
        return (context.Response.StatusCode, text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject());
    }
}
