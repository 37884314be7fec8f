using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Outcomes;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Outcomes;

/// <summary>Scores on demand, ours and in Perspective's shape. Nothing of them is stored.</summary>
public sealed class ScoreTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync(new Dictionary<string, string?>
    {
        ["Moderato:ApiKeys:1:Name"] = "intake only",
        ["Moderato:ApiKeys:1:Sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("intake"u8)),
        ["Moderato:ApiKeys:1:Communities:0"] = "demo",
        ["Moderato:ApiKeys:1:Scopes:0"] = "ingest",
    });

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task EverySignalComesWithItsReasons()
    {
        var (status, answer) = await ScoreAsync("""{"texts":["Siete dei ladri schifosi","Bellissimo, grazie!"]}""");
        Assert.Equal((200, 2), (status, answer["scores"]!.AsArray().Count));
        var insult = answer["scores"]![0]!;
        Assert.True((double)insult["signals"]!["harm"]!["insult"]! > 0.5);
        Assert.Contains(insult["reasons"]!["insult"]!.AsArray(), r => (string?)r!["words"] == "schifosi" && (double)r["share"]! > 0);
        Assert.Equal("positive", (string?)answer["scores"]![1]!["sentiment"]!["label"]);
        Assert.Contains("praise", answer["scores"]![1]!["reasons"]!.AsObject().Select(r => r.Key));
        foreach (var table in _world.Tables.All)
            Assert.Empty(await _world.RowsAsync(table));
    }

    [Theory]
    [InlineData("""{}""", "texts")]
    [InlineData("""{"texts":[1]}""", "texts[0]")]
    [InlineData("""{"text":null}""", "text")]
    [InlineData("""[]""", "body")]
    public async Task WhatCannotBeScoredIsSaid(string body, string field)
    {
        var (status, answer) = await ScoreAsync(body);
        Assert.Equal((400, field), (status, (string?)answer["errors"]![0]!["field"]));
    }

    [Fact]
    public async Task AMomentsTooManyAreRefused() =>
        Assert.Equal(400, (await ScoreAsync(JsonSerializer.Serialize(new { texts = Enumerable.Repeat("ciao", 101) }))).Status);

    [Theory]
    [InlineData("", null, 401)]
    [InlineData("wrong", null, 401)]
    [InlineData("intake", null, 403)]
    [InlineData(World.ApiKey, "demo", 200)]
    [InlineData(World.ApiKey, "other", 404)]
    public async Task AKeyWithReadIsNeeded(string key, string? community, int expected) =>
        Assert.Equal(expected, (await ScoreAsync(JsonSerializer.Serialize(new { text = "ciao", community }), key)).Status);

    [Fact]
    public async Task APerspectiveClientGetsWhatItKnows()
    {
        var (status, answer) = await AnalyzeAsync(
            """{"comment":{"text":"You are a bunch of idiots, get lost"},"languages":["en"],"requestedAttributes":{"TOXICITY":{},"SEVERE_TOXICITY":{},"IDENTITY_ATTACK":{},"INSULT":{},"PROFANITY":{},"THREAT":{}},"spanAnnotations":false,"doNotStore":true,"clientToken":"c-1"}""");
        Assert.Equal(200, status);
        Assert.Equal(("en", "en", "c-1"), ((string?)answer["languages"]![0], (string?)answer["detectedLanguages"]![0], (string?)answer["clientToken"]));
        var scores = answer["attributeScores"]!.AsObject();
        Assert.Equal(["TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT"], scores.Select(s => s.Key));
        Assert.All(scores, s => Assert.Equal("PROBABILITY", (string?)s.Value!["summaryScore"]!["type"]));
        Assert.True((double)scores["INSULT"]!["summaryScore"]!["value"]! > 0.5);
        Assert.True((double)scores["SEVERE_TOXICITY"]!["summaryScore"]!["value"]! <= (double)scores["TOXICITY"]!["summaryScore"]!["value"]!);
        Assert.Equal((0, 35), ((int)scores["INSULT"]!["spanScores"]![0]!["begin"]!, (int)scores["INSULT"]!["spanScores"]![0]!["end"]!));
    }

    [Theory]
    [InlineData("""{"comment":{"text":"Siete dei ladri schifosi"},"requestedAttributes":{"INSULT":{}}}""", "it")]
    [InlineData("""{"comment":{"text":"Siete dei ladri schifosi"},"requestedAttributes":{"INSULT":{}},"languages":["it-IT"]}""", "it")]
    [InlineData("""{"comment":{"text":"🤡🤡"},"requestedAttributes":{"INSULT":{}}}""", "und")]
    public async Task TheLanguageIsFoundWhereNobodySaysIt(string body, string language)
    {
        var (status, answer) = await AnalyzeAsync(body);
        Assert.Equal((200, language), (status, (string?)answer["languages"]![0]));
    }

    [Fact]
    public async Task WhatIsBelowItsThresholdIsLeftOut()
    {
        var (_, answer) = await AnalyzeAsync("""{"comment":{"text":"Thank you, lovely"},"requestedAttributes":{"TOXICITY":{"scoreThreshold":0.9},"INSULT":{"scoreThreshold":0}}}""");
        Assert.Equal(["INSULT"], answer["attributeScores"]!.AsObject().Select(s => s.Key));
    }

    [Theory]
    [InlineData("no JSON", "INVALID_REQUEST")]
    [InlineData("[]", "COMMENT_EMPTY")]
    [InlineData("""{"comment":{"text":"  "},"requestedAttributes":{"TOXICITY":{}}}""", "COMMENT_EMPTY")]
    [InlineData("""{"comment":{"text":"ciao"}}""", "NO_REQUESTED_ATTRIBUTES")]
    [InlineData("""{"comment":{"text":"ciao"},"requestedAttributes":{}}""", "NO_REQUESTED_ATTRIBUTES")]
    [InlineData("""{"comment":{"text":"ciao"},"requestedAttributes":{"FLIRTATION":{}}}""", "INVALID_REQUEST")]
    [InlineData("""{"comment":{"text":"ciao"},"requestedAttributes":{"TOXICITY":{"scoreType":"STD_DEV_SCORE"}}}""", "INVALID_REQUEST")]
    [InlineData("""{"comment":{"text":"ciao","type":"HTML"},"requestedAttributes":{"TOXICITY":{}}}""", "INVALID_REQUEST")]
    [InlineData("""{"comment":{"text":"bonjour"},"requestedAttributes":{"TOXICITY":{}},"languages":["fr"]}""", "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE")]
    [InlineData("""{"comment":{"text":"Je suis très content de votre magasin, merci beaucoup à toute l'équipe pour votre aide"},"requestedAttributes":{"TOXICITY":{}}}""", "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE")]
    public async Task ErrorsHaveGooglesShape(string body, string type)
    {
        var (status, answer) = await AnalyzeAsync(body);
        Assert.Equal((400, 400, "INVALID_ARGUMENT"), (status, (int)answer["error"]!["code"]!, (string?)answer["error"]!["status"]));
        Assert.Equal(type, (string?)answer["error"]!["details"]![0]!["errorType"]);
        Assert.NotEmpty((string)answer["error"]!["message"]!);
    }

    [Fact]
    public async Task ATextOfMoreThanTwentyKilobytesIsTooLong()
    {
        var (_, answer) = await AnalyzeAsync(JsonSerializer.Serialize(new { comment = new { text = new string('è', 10_241) }, requestedAttributes = new { TOXICITY = new { } } }));
        Assert.Equal("COMMENT_TOO_LONG", (string?)answer["error"]!["details"]![0]!["errorType"]);
    }

    [Theory]
    [InlineData("query", World.ApiKey, 200)]
    [InlineData("header", World.ApiKey, 200)]
    [InlineData("bearer", World.ApiKey, 200)]
    [InlineData("query", "wrong", 400)]
    [InlineData("query", "intake", 403)]
    [InlineData("none", "", 403)]
    public async Task TheKeyComesAsGooglesDoOrAsOurs(string where, string key, int expected) =>
        Assert.Equal(expected, (await AnalyzeAsync("""{"comment":{"text":"ciao"},"requestedAttributes":{"TOXICITY":{}}}""", where, key)).Status);

    [Fact]
    public void NoTextBreaksIt() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var body = JsonSerializer.Serialize(new { comment = new { text = text ?? "" }, requestedAttributes = new { TOXICITY = new { } } });
        Assert.True(AnalyzeAsync(body).GetAwaiter().GetResult().Status is 200 or 400);
        Assert.Equal(200, ScoreAsync(JsonSerializer.Serialize(new { text = text ?? "" })).GetAwaiter().GetResult().Status);
    }).QuickCheckThrowOnFailure();

    private Task<(int Status, JsonNode Answer)> ScoreAsync(string body, string key = World.ApiKey)
    {
        var context = Request(body);
        context.Request.Headers.Authorization = $"Bearer {key}";
        return ExecuteAsync(context, _world.Make<ScoreFunctions>().Post(context.Request, CancellationToken.None));
    }

    private Task<(int Status, JsonNode Answer)> AnalyzeAsync(string body, string where = "query", string key = World.ApiKey)
    {
        var context = Request(body);
        if (where == "query")
            context.Request.QueryString = QueryString.Create("key", key);
        else if (where == "header")
            context.Request.Headers["X-Goog-Api-Key"] = key;
        else if (where == "bearer")
            context.Request.Headers.Authorization = $"Bearer {key}";
        return ExecuteAsync(context, _world.Make<PerspectiveFunctions>().Analyze(context.Request, CancellationToken.None));
    }

    private static DefaultHttpContext Request(string body)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static async Task<(int Status, JsonNode Answer)> ExecuteAsync(DefaultHttpContext context, Task<IResult> asked)
    {
        await (await asked).ExecuteAsync(context);
        context.Response.Body.Position = 0;
        return (context.Response.StatusCode, (await JsonNode.ParseAsync(context.Response.Body))!);
    }
}
