using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Handler;

/// <summary>The published handler, driven over loopback exactly as the Functions host drives it.</summary>
public sealed class HandlerContractTests : IAsyncLifetime
{
    private World _world = null!;
    private Support.Handler _handler = null!;

    public async Task InitializeAsync()
    {
        _world = await World.CreateAsync();
        _handler = await Support.Handler.StartAsync(Settings());
    }

    public async Task DisposeAsync()
    {
        await _handler.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task APostedCommentGoesThroughTheQueueToItsOutcome()
    {
        using var posted = await PostAsync("api/communities/demo/comments", """{"platform":"instagram","id":"1","text":"Che bello, grazie! 😍","author":{"id":"anna"}}""");
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        var result = JsonNode.Parse(await posted.Content.ReadAsStringAsync())!["results"]![0]!;
        Assert.Equal("accepted", (string?)result["status"]);

        var before = JsonNode.Parse(await GetAsync($"api/communities/demo/outcomes/{result["outcomeId"]}"))!;
        Assert.Equal("waiting", (string?)before["state"]);

        using var done = await InvokeAsync("ModerateComments", await MessageAsync());
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        var answer = JsonNode.Parse(await done.Content.ReadAsStringAsync())!;
        Assert.NotNull(answer["Outputs"]);
        Assert.NotNull(answer["Logs"]);

        var after = JsonNode.Parse(await GetAsync($"api/communities/demo/outcomes/{result["outcomeId"]}"))!;
        Assert.Equal("decided", (string?)after["state"]);
        Assert.Equal("approve", (string?)after["decision"]);
        Assert.Equal("positive", (string?)after["sentiment"]!["label"]);
        Assert.Equal("Che bello, grazie! 😍", (string?)after["text"]);
    }

    [Fact]
    public async Task AMessageThatCannotBeReadIsAFailedInvocationWithoutItsWords()
    {
        using var failed = await InvokeAsync("ModerateComments", "parole segrete");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.DoesNotContain("parole", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("parole", _handler.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SweepComments")]
    [InlineData("CompileDigests")]
    public async Task ATimerRuns(string function)
    {
        const string body = """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-03-10T09:00:00+00:00","Next":"2026-03-10T10:00:00+00:00","LastUpdated":"2026-03-10T09:00:00+00:00"},"IsPastDue":false}},"Metadata":{"sys":{"MethodName":"x","UtcNow":"2026-03-10T09:00:00Z","RandGuid":"6a9bf6cb-2e08-4c2f-8bd2-a56b3d0a0b9e"}}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _handler.Client.PostAsync(new Uri(function, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task ASignedFacebookDeliveryIsStoredAndAForgedOneIsNot()
    {
        var body = """{"object":"page","entry":[{"id":"1","time":1773135000,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_2","post_id":"1_1","parent_id":"1_1","from":{"id":"7","name":"Ann"},"created_time":1773134990,"message":"perch\u00e9 no?"}}]}]}"""u8.ToArray();
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.FacebookSecret), body));

        foreach (var (bytes, header) in new[] { (body, null), (body, "sha256=00"), (body[..^1], signature), ([], signature), (body, signature.Replace('a', 'b')) })
        {
            using var refused = await DeliverAsync(bytes, header);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        }
        Assert.Empty(await _world.RowsAsync(_world.Tables.Comments));
        Assert.Null(await _world.TakeAsync());

        for (var i = 0; i < 3; i++)
        {
            using var taken = await DeliverAsync(body, signature);
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }
        await _world.WorkAsync();
        Assert.Equal("perché no?", Assert.Single(await _world.OutcomesAsync()).Comment.Text);
        Assert.DoesNotContain("no?", _handler.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFacebookEditIsJudgedAgainAndARemovalLeavesNoText()
    {
        await DeliverChangeAsync("add", """ "created_time":1773134990,"message":"Che bello, grazie mille!" """);
        await _world.WorkAsync();
        await DeliverChangeAsync("edited", """ "created_time":1773134990,"edited_time":1773135100,"message":"Pessimo, che schifo, mai pi\u00f9!" """);
        await _world.WorkAsync();
        var edited = Assert.Single(await _world.OutcomesAsync());
        Assert.Equal((2, "Pessimo, che schifo, mai più!"), (edited.Revision, edited.Comment.Text));

        await DeliverChangeAsync("remove", """ "created_time":1773134990 """);
        await _world.WorkAsync();
        Assert.True(Assert.Single(await _world.OutcomesAsync()).Removed);
        foreach (var table in _world.Tables.All)
            Assert.DoesNotContain(await _world.RowsAsync(table), row => row.Any(p => p.Value is string text && (text.Contains("schifo", StringComparison.Ordinal) || text.Contains("bello", StringComparison.Ordinal))));

        async Task DeliverChangeAsync(string verb, string rest)
        {
            var body = Encoding.UTF8.GetBytes(
                $$$"""{"object":"page","entry":[{"id":"1","time":1773135200,"changes":[{"field":"feed","value":{"item":"comment","verb":"{{{verb}}}","comment_id":"1_2","post_id":"1_1","parent_id":"1_1","from":{"id":"7","name":"Ann"},{{{rest}}}}}]}]}""");
            using var taken = await DeliverAsync(body, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.FacebookSecret), body)));
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }
    }

    [Fact]
    public async Task TheHandshakeAnswersTheChallengeAndNothingElse()
    {
        using var right = await _handler.Client.GetAsync(new Uri("api/webhooks/facebook/page?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock", UriKind.Relative));
        Assert.Equal("1158201444", await right.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", right.Content.Headers.ContentType!.MediaType);
        foreach (var wrong in new[] { "page?hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong", "page?hub.challenge=1&hub.verify_token=meatyhamhock", "other?hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock" })
        {
            using var refused = await _handler.Client.GetAsync(new Uri($"api/webhooks/facebook/{wrong}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task OneBadElementNeverFailsTheBatch()
    {
        using var posted = await PostAsync("api/communities/demo/comments", """[{"platform":"x","id":"1","text":"uno"},{"platform":"X!","text":2},7,{"platform":"x","id":"1","text":"uno"}]""");
        var answer = JsonNode.Parse(await posted.Content.ReadAsStringAsync())!;
        Assert.Equal((1, 1, 2), ((int)answer["accepted"]!, (int)answer["duplicate"]!, (int)answer["rejected"]!));
        Assert.Equal(["platform", "id", "text"], answer["results"]![1]!["errors"]!.AsArray().Select(e => (string?)e!["field"]));
    }

    [Theory]
    [InlineData("{", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("{}", "text/plain", 415)]
    [InlineData("{}", "application/json; charset=latin1", 415)]
    public async Task ABodyThatCannotBeTakenIsRefusedWithAProblem(string body, string type, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var refused = await SendAsync(HttpMethod.Post, "api/communities/demo/comments", content);
        Assert.Equal(status, (int)refused.StatusCode);
        Assert.StartsWith("/api/problems/", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheKeyNothingIsLearnt()
    {
        foreach (var path in new[] { "api/communities/demo/outcomes", "api/communities/nowhere/outcomes", "api/communities/demo/digests" })
        {
            using var refused = await _handler.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Fact]
    public async Task OutcomesArePagedByCursorAndFiltered()
    {
        var batch = new JsonArray([.. Enumerable.Range(0, 25).Select(i => (JsonNode)new JsonObject
        {
            ["platform"] = i % 5 == 0 ? "forum" : "instagram",
            ["id"] = $"c{i}",
            ["text"] = i % 2 == 0 ? "Che bello, grazie mille!" : "Pessimo servizio, che schifo",
            ["author"] = new JsonObject { ["id"] = $"a{i % 3}" },
        })]);
        using var posted = await PostAsync("api/communities/demo/comments", batch.ToJsonString());
        await _world.WorkAsync();

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = JsonNode.Parse(await GetAsync($"api/communities/demo/outcomes?limit=7{(cursor is null ? "" : $"&cursor={cursor}")}"))!;
            Assert.InRange(page["items"]!.AsArray().Count, 0, 7);
            seen.AddRange(page["items"]!.AsArray().Select(i => (string)i!["commentId"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.Equal(25, seen.Distinct().Count());
        Assert.Equal(25, seen.Count);

        Assert.Equal(5, await CountAsync("platform=forum"));
        Assert.Equal(2, await CountAsync("platform=forum&author=a0"));
        Assert.Equal(13, await CountAsync("sentiment=positive"));
        Assert.Equal(0, await CountAsync("decision=delete"));
        Assert.Equal(0, await CountAsync("to=2020-01-02&from=2020-01-01"));

        async Task<int> CountAsync(string filter) => JsonNode.Parse(await GetAsync($"api/communities/demo/outcomes?limit=1000&{filter}"))!["items"]!.AsArray().Count;
    }

    [Fact]
    public async Task TodaysDigestCanBeCompiledNowAndReadThreeWays()
    {
        using var posted = await PostAsync("api/communities/demo/comments", """{"platform":"instagram","id":"1","text":"Siete degli stronzi, vergogna!","author":{"id":"bo","name":"Bo <b>"}}""");
        await _world.WorkAsync();
        var today = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome")).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        using var compiled = await SendAsync(HttpMethod.Post, $"api/communities/demo/digests/{today}", null);
        var digest = JsonNode.Parse(await compiled.Content.ReadAsStringAsync())!;
        Assert.True((bool)digest["partial"]!);
        Assert.Equal((1, 1, 0, 0, 0), ((int)digest["completeness"]!["received"]!, (int)digest["completeness"]!["decided"]!, (int)digest["completeness"]!["waiting"]!, (int)digest["completeness"]!["parked"]!, (int)digest["completeness"]!["lost"]!));

        Assert.Contains("Bo &lt;b&gt;", await GetAsync($"api/communities/demo/digests/{today}?format=html"), StringComparison.Ordinal);
        Assert.Contains("Bo <b>", await GetAsync($"api/communities/demo/digests/{today}?format=text"), StringComparison.Ordinal);
        Assert.Single(JsonNode.Parse(await GetAsync("api/communities/demo/digests"))!["items"]!.AsArray());
    }

    [Fact]
    public async Task WrongSettingsAreAllListedAndItEndsWithTwo()
    {
        var settings = Settings();
        settings["Moderato:Communities:0:TimeZone"] = "Mars/Olympus";
        settings["Moderato:Communities:0:DigestHour"] = "24";
        settings["Moderato:Sources:0:Secrets:0"] = "short";
        settings["AzureWebJobsStorage"] = "nonsense";
        var (exitCode, output) = await Support.Handler.FailAsync(settings, FreePort.Take());
        Assert.Equal(2, exitCode);
        foreach (var named in new[] { "Communities__0__TimeZone", "Communities__0__DigestHour", "Sources__0__Secrets", "AzureWebJobsStorage" })
            Assert.Contains(named, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAPortItSaysSo()
    {
        var (exitCode, output) = await Support.Handler.FailAsync(Settings(), port: null);
        Assert.Equal(2, exitCode);
        Assert.Contains("FUNCTIONS_CUSTOMHANDLER_PORT", output, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> Settings() => new(World.Settings()) { ["AzureWebJobsStorage"] = _world.ConnectionString };

    private async Task<string> MessageAsync() => (await _world.TakeAsync())!.Body.ToString();

    /// <summary>As the host does it: the message's text, encoded twice.</summary>
    private Task<HttpResponseMessage> InvokeAsync(string function, string message)
    {
        var body = new JsonObject
        {
            ["Data"] = new JsonObject { ["message"] = JsonSerializer.Serialize(message) },
            ["Metadata"] = new JsonObject
            {
                ["DequeueCount"] = "1",
                ["Id"] = "\"6c7d0b2e-8c8f-4d33-9c3d-6b7c6a1f3a6f\"",
                ["PopReceipt"] = "\"AgAAAAMAAAAAAAAA\"",
                ["InsertionTime"] = "2026-03-10T09:00:00+00:00",
                ["sys"] = new JsonObject { ["MethodName"] = function },
            },
        };
        return _handler.Client.PostAsync(new Uri(function, UriKind.Relative), new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
    }

    private async Task<HttpResponseMessage> DeliverAsync(byte[] body, string? signature)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/facebook/page") { Content = content };
        if (signature is not null)
            request.Headers.Add("X-Hub-Signature-256", signature);
        return await _handler.Client.SendAsync(request);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task<string> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", World.ApiKey);
        return await _handler.Client.SendAsync(request);
    }
}
