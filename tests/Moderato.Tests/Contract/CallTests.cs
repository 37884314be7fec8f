using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Moderato.Contract;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Contract;

/// <summary>The running app is asked for every documented status of every operation, and held against the document.</summary>
public sealed class CallTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task EveryOperationAnswersAsTheDocumentSaysAndEveryStatusIsCalled()
    {
        var (wrong, called, uncalled) = (new List<string>(), new HashSet<(string, int)>(), new List<(string, int)>());
        var table = Calls.Table(app).ToLookup(c => c.OperationId);
        var known = OpenApiDocument.Operations.ToDictionary(o => OpenApiDocument.IdOf(o.Operation));
        Assert.Empty(table.Select(c => c.Key).Except(known.Keys));

        foreach (var (operation, _, route) in OpenApiDocument.Operations)
        {
            var id = OpenApiDocument.IdOf(operation);
            foreach (var status in StatusesOf(id))
                await CallAllAsync(Calls.That(id, operation, route, status));
        }
        await CallAllAsync(Calls.Table(app));

        foreach (var id in known.Keys)
            uncalled.AddRange(StatusesOf(id).Where(s => s != 503).Select(s => (id, s)).Where(s => !called.Contains(s) && !Calls.NotCallable.ContainsKey(s)));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(uncalled.Count == 0, $"Documented, and never called: {string.Join(", ", uncalled)}");

        async Task CallAllAsync(IEnumerable<Call> calls)
        {
            foreach (var call in calls)
            {
                called.Add((call.OperationId, call.Status));
                if (await WrongAsync(call, known[call.OperationId]) is { } problem)
                    wrong.Add($"{call}: {problem}");
            }
        }
    }

    [Fact]
    public async Task EveryExampleFitsItsSchema()
    {
        var wrong = new List<string>();
        foreach (var (place, media) in Media(app.Document, ""))
        {
            if (media["example"] is not { } example || media["schema"] is not { } schema || (place.Contains("requestBody", StringComparison.Ordinal) && example is JsonValue))
                continue;
            if (await app.Schemas.WrongAsync(schema, example) is { } problem)
                wrong.Add($"{place}: {problem}");
        }
        foreach (var (name, example) in app.Document["components"]!["examples"]!.AsObject())
        {
            if (await app.Schemas.WrongAsync(new JsonObject { ["$ref"] = "#/components/schemas/ProblemDetails" }, example!["value"]) is { } problem)
                wrong.Add($"{name}: {problem}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task WithoutStorageNothingIsReady()
    {
        await using var world = await World.CreateAsync();
        var settings = app.Settings.ToDictionary();
        settings["AzureWebJobsStorage"] = world.ConnectionString;
        await using var handler = await Support.Handler.StartAsync(settings);
        await world.Tables.Settings.DeleteAsync();
        await world.Tables.Outcomes.DeleteAsync();
        foreach (var path in new[] { "api/health/ready", "api/communities/demo/outcomes" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ContractApp.Admin);
            using var answer = await handler.Client.SendAsync(request);
            Assert.Equal(503, (int)answer.StatusCode);
            Assert.Equal(ProblemType.Unavailable.Address, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]);
            Assert.NotNull(answer.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task TheDocumentIsForToolsOfWhateverOrigin()
    {
        using var answer = await app.Client.GetAsync(new Uri("api/openapi.json", UriKind.Relative));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        // The published app has the words of the code, as the one built here.
        Assert.True(JsonNode.DeepEquals(app.Document, JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task EveryProblemHasItsPage()
    {
        foreach (var type in ProblemType.All)
        {
            using var answer = await app.Client.GetAsync(new Uri(type.Address, UriKind.Relative));
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Contains($"<h1>{type.Title}</h1>", page, StringComparison.Ordinal);
            Assert.Contains("<section lang=\"it\">", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    private IEnumerable<int> StatusesOf(string id) => Described(id)["responses"]!.AsObject().Select(r => int.Parse(r.Key, CultureInfo.InvariantCulture));

    private JsonObject Described(string id) => app.Document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject())
        .Select(o => o.Value).OfType<JsonObject>().Single(o => (string?)o["operationId"] == id);

    private async Task<string?> WrongAsync(Call call, (Operation Operation, string Method, string Route) of)
    {
        using var request = Request(call, of);
        using var answer = await app.Client.SendAsync(request);
        if (call.Status == 429 && (int)answer.StatusCode != 429)
        {
            // That was the one request of this minute.
            using var again = Request(call, of);
            using var second = await app.Client.SendAsync(again);
            return await Judge.WrongAsync(app, call.OperationId, second, await second.Content.ReadAsStringAsync(), call.Status);
        }
        return await Judge.WrongAsync(app, call.OperationId, answer, await answer.Content.ReadAsStringAsync(), call.Status);
    }

    private HttpRequestMessage Request(Call call, (Operation Operation, string Method, string Route) of)
    {
        var body = Calls.BodyOf(call) ?? of.Operation.Body?.Example;
        if (call is { OperationId: "receiveWebhookPost", Status: 200 or 400 })
            return ContractApp.FromSite(call.Body ?? """{ "type": "comment.created", "data": { "platform": "standard", "id": "signed", "text": "ciao" } }""");
        var parts = of.Route.Split('/');
        var path = string.Join('/', parts.Select((p, i) => !p.StartsWith('{') ? p : Uri.EscapeDataString(Value(call, p.Trim('{', '}'), parts[Math.Max(0, i - 1)]))));
        var request = new HttpRequestMessage(HttpMethod.Parse(of.Method.ToUpperInvariant()), $"api/{path}?{call.Query}");
        if (call.Key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Key);
        if (of.Operation.Body is { } described && !call.WithoutBody)
        {
            // A lone surrogate stands for what is no UTF-8.
            request.Content = new ByteArrayContent(body == "\ud800" ? [0xff] : Encoding.UTF8.GetBytes(body!));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType ?? (described.ContentType == "*/*" ? "application/json" : described.ContentType));
        }
        foreach (var (name, value) in call.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private string Value(Call call, string name, string before) => call.Route.GetValueOrDefault(name) ?? app.ValueOf(name, before);

    private static IEnumerable<(string Place, JsonNode Media)> Media(JsonNode? node, string place) => node switch
    {
        JsonObject fields => fields.SelectMany(f => f.Key == "content" && f.Value is JsonObject types
            ? types.Select(t => ($"{place}/{t.Key}", t.Value!)) : Media(f.Value, $"{place}/{f.Key}")),
        _ => [],
    };
}

/// <summary>Holds an answer against the document.</summary>
internal static class Judge
{
    /// <summary>What is wrong with an answer; null for nothing.</summary>
    /// <param name="app">Where the document is.</param>
    /// <param name="operationId">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="expected">The status expected; null for any that is documented.</param>
    public static async Task<string?> WrongAsync(ContractApp app, string operationId, HttpResponseMessage answer, string body, int? expected)
    {
        var status = (int)answer.StatusCode;
        if (expected is not null && status != expected)
            return $"it answered {status}: {Beginning(body)}";
        var described = app.Document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => o.Value).OfType<JsonObject>().Single(o => (string?)o["operationId"] == operationId);
        if (described["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } response)
            return $"it answered {status}, which is not documented: {Beginning(body)}";
        foreach (var (header, _) in response["headers"]?.AsObject() ?? [])
        {
            if (!answer.Headers.NonValidated.Contains(header) && !answer.Content.Headers.NonValidated.Contains(header))
                return $"the header {header} is missing";
        }
        if (response["content"] is not JsonObject content)
            return body.Length == 0 ? null : $"it has a body: {Beginning(body)}";
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        if ((content[type] ?? (status < 300 ? content["*/*"] : null)) is not { } media)
            return $"it is of the type '{type}', which is not documented: {Beginning(body)}";
        if (!type.EndsWith("json", StringComparison.Ordinal) || type.EndsWith("ndjson", StringComparison.Ordinal))
            return null;
        return await app.Schemas.WrongAsync(media["schema"]!, JsonNode.Parse(body)) is { } wrong ? $"{wrong}: {Beginning(body)}" : null;
    }

    public static string Beginning(string text) => text.Length <= 300 ? text : text[..300];
}
