using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Moderation;
using Moderato.Policy;
using Moderato.Tests.Ingest.Platforms;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Policy;

/// <summary>A community's documents over HTTP, and what they do to its comments.</summary>
public sealed class PolicyHttpTests : IAsyncLifetime
{
    private const string Mine = "policy: 1\notherwise: approve\nrules:\n  - { id: praise, name: Praise, if: { words: [grazie] }, then: { decision: approve, label: { name: fan, for: 30d } } }\n  - { id: rude, name: Rude, if: { words: [pessimo] }, then: { decision: hide, strike: true, route: { to: sales, within: 2h } }, because: 1 }\n";
    private const string Rules = "# Regole\n## 1. Gentilezza\nSiate **gentili**.\n## 2. Altro\nNiente.\n";

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync(new Dictionary<string, string?> { ["Moderato:ApiKeys:0:Scopes:3"] = "admin" });

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task EveryVersionIsKeptAndRollingBackIsOneCall()
    {
        var (status, body, tag) = await GetAsync();
        Assert.Equal((200, "\"0\""), (status, tag));
        Assert.Equal(BuiltInPolicy.Text, body);

        Assert.Equal((200, "\"1\""), await PutAsync(Mine, "\"0\""));
        Assert.Equal((200, "\"2\""), await PutAsync(Mine + "# two\n", "\"1\"", "bruno"));
        var answer = await CallAsync(f => f.RestorePolicy(Request("POST", "?by=carla&note=Indietro"), "demo", "1", CancellationToken.None));
        Assert.Equal((200, 3, 1), (answer.Status, (int)answer.Json["version"]!["number"]!, (int)answer.Json["version"]!["restores"]!));
        Assert.Equal(Mine, (await GetAsync()).Body);

        var versions = (await CallAsync(f => f.PolicyVersions(Request("GET"), "demo", CancellationToken.None))).Json["versions"]!.AsArray();
        Assert.Equal(["3 carla Indietro", "2 bruno why", "1 anna why"], versions.Select(v => $"{v!["number"]} {v["by"]} {v["note"]}"));
        var second = await CallAsync(f => f.PolicyVersion(Request("GET"), "demo", "2", CancellationToken.None));
        Assert.Equal(Mine + "# two\n", second.Body);
        Assert.Equal(404, (await CallAsync(f => f.PolicyVersion(Request("GET"), "demo", "9", CancellationToken.None))).Status);
        Assert.Equal(404, (await CallAsync(f => f.RestorePolicy(Request("POST", "?by=carla"), "demo", "x", CancellationToken.None))).Status);
    }

    [Fact]
    public async Task AChangeSaysWhatItIsBasedOn()
    {
        Assert.Equal(428, (await PutAsync(Mine, null)).Status);
        Assert.Equal(412, (await PutAsync(Mine, "\"3\"")).Status);
        Assert.Equal((200, "\"1\""), await PutAsync(Mine, "\"0\""));
        Assert.Equal((200, "\"1\""), await PutAsync(Mine, "\"0\"")); // the same again: the answer may have been lost
        Assert.Equal(412, (await PutAsync(Mine + "# other\n", "\"0\"")).Status);
        Assert.Equal((200, "\"1\""), await PutAsync(Mine, "\"1\"")); // nothing changed: no new version
    }

    [Fact]
    public async Task OfTwoChangesAtOnceOneWins()
    {
        var store = _world.Get<IPolicyStore>();
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            store.AddAsync(World.Demo, DocumentKinds.Policy, new DocumentVersion(1, $"{Mine}# {i}", "anna", "", _world.Time.Now), CancellationToken.None)));
        Assert.Single(added, won => won);
        Assert.Single(await store.VersionsAsync(World.Demo, DocumentKinds.Policy, CancellationToken.None));
    }

    [Fact]
    public async Task WhatIsWrongIsSaidAndNothingIsStored()
    {
        var context = Request("PUT", "?by=anna", "policy: 1\nrules:\n  - { id: A, then: hidee }", "\"0\"");
        context.Headers.AcceptLanguage = "it-IT,it;q=0.9";
        var answer = await CallAsync(f => f.PutPolicy(context, "demo", CancellationToken.None));
        Assert.Equal(400, answer.Status);
        Assert.Equal(["line 3, column 11", "line 3, column 20", "line 3, column 5"], answer.Json["errors"]!.AsArray().Select(e => (string?)e!["field"]).Order(StringComparer.Ordinal));
        Assert.Contains(answer.Json["errors"]!.AsArray(), e => ((string?)e!["message"])!.Contains("intendevate 'hide'?", StringComparison.Ordinal));
        Assert.Equal("\"0\"", (await GetAsync()).Tag);

        var who = await CallAsync(f => f.PutPolicy(Request("PUT", $"?note={new string('x', 501)}", Mine, "\"0\""), "demo", CancellationToken.None));
        Assert.Equal(["by", "note"], who.Json["errors"]!.AsArray().Select(e => (string?)e!["field"]));
    }

    [Fact]
    public async Task AChangeIsLiveWithinTenSecondsOnEveryInstance()
    {
        var other = _world.Make<Policies>();
        Assert.Equal(BuiltInPolicy.Version, (await other.InForceAsync(World.Demo, CancellationToken.None)).Version);
        await PutAsync(Mine, "\"0\"");
        Assert.Equal("1", (await _world.Get<Policies>().InForceAsync(World.Demo, CancellationToken.None)).Version);
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("1", (await other.InForceAsync(World.Demo, CancellationToken.None)).Version);
    }

    [Fact]
    public async Task OutcomesNameTheirRuleAndWhatItDidLasts()
    {
        await PutAsync(Rules, "\"0\"", guidelines: "it");
        await PutAsync(Mine, "\"0\"");
        await JudgeAsync("1", "Grazie di tutto");
        await JudgeAsync("2", "Pessimo servizio", "bruno");
        var outcomes = (await _world.OutcomesAsync()).ToDictionary(o => o.Key.Id);
        Assert.Equal(("praise", "1", "fan"), (outcomes["1"].Verdict!.Rule, outcomes["1"].Verdict!.PolicyVersion, outcomes["1"].Verdict!.Labels[0].Name));
        var rude = outcomes["2"].Verdict!;
        Assert.Equal((Decision.Hide, "1", true, "sales"), (rude.Decision, rude.Paragraph, rude.Strike, rude.Route!.Team));
        Assert.Equal(outcomes["2"].Comment.ReceivedAt.AddHours(2), rude.Route.DueAt);

        await PutAsync("policy: 1\notherwise: approve\nrules:\n  - { id: fan, name: Fan, if: { author: { label: fan } }, then: approve }\n  - { id: struck, name: Struck, if: { author: { strikes: { at_least: 1, within: 1d } } }, then: hold }\n", "\"1\"");
        await JudgeAsync("3", "Che bello");
        await JudgeAsync("4", "Che bello", "bruno");
        outcomes = (await _world.OutcomesAsync()).ToDictionary(o => o.Key.Id);
        Assert.Equal(("fan", "2"), (outcomes["3"].Verdict!.Rule, outcomes["3"].Verdict!.PolicyVersion));
        Assert.Equal("struck", outcomes["4"].Verdict!.Rule);
    }

    [Fact]
    public async Task WhoWasRestrictedIsToldWhyInTheirLanguage()
    {
        await PutAsync(Rules, "\"0\"", guidelines: "it");
        await PutAsync(Mine.Replace("rules:", "values: { mail: ciao@example.org }\nrules:", StringComparison.Ordinal), "\"0\"");
        await JudgeAsync("1", "Grazie di tutto, siete bravissimi");
        await JudgeAsync("2", "Pessimo servizio, non è possibile aspettare così tanto", "bruno");
        var outcomes = (await _world.OutcomesAsync()).ToDictionary(o => o.Key.Id);
        var notice = await NoticeAsync(outcomes["2"]);
        Assert.Equal((200, "it"), (notice.Status, (string?)notice.Json["language"]));
        Assert.All(
            ["Bottega Demo", "è stato nascosto", "paragrafo 1", "«Gentilezza»", "Siate gentili.", "automaticamente", "ciao@example.org", "10 marzo 2026"],
            part => Assert.Contains(part, (string?)notice.Json["text"], StringComparison.Ordinal));
        Assert.Equal(404, (await NoticeAsync(outcomes["1"])).Status);
    }

    [Fact]
    public async Task GuidelinesKeepTheParagraphsThatRulesCite()
    {
        Assert.Equal(400, (await PutAsync("# Nothing here", "\"0\"", guidelines: "en")).Status);
        Assert.Equal((200, "\"1\""), await PutAsync(Rules, "\"0\"", guidelines: "it"));
        Assert.Equal((200, "\"1\""), await PutAsync(Mine, "\"0\""));
        Assert.Equal(400, (await PutAsync("## 2. Altro\nNiente.", "\"1\"", guidelines: "it")).Status);
        Assert.Equal((200, "\"2\""), await PutAsync(Rules + "## 3. Nuovo\n", "\"1\"", guidelines: "it"));
        Assert.Equal(400, (await PutAsync(Mine.Replace("because: 1", "because: 7", StringComparison.Ordinal), "\"1\"")).Status);
        Assert.Equal(404, (await CallAsync(f => f.GetGuidelines(Request("GET"), "demo", "en", CancellationToken.None))).Status);
        Assert.Equal(404, (await CallAsync(f => f.GetGuidelines(Request("GET"), "demo", "fr", CancellationToken.None))).Status);
        var restored = await CallAsync(f => f.RestoreGuidelines(Request("POST", "?by=anna"), "demo", "it", "1", CancellationToken.None));
        Assert.Equal(200, restored.Status);
        Assert.Equal(Rules, (await CallAsync(f => f.GetGuidelines(Request("GET"), "demo", "it", CancellationToken.None))).Body);
    }

    [Fact]
    public async Task KilledWhileItIsStoredAVersionIsThereOrNot()
    {
        for (var request = 1; request <= 4; request++)
        {
            foreach (var afterwards in new[] { false, true })
            {
                var number = ((await _world.Get<IPolicyStore>().CurrentAsync(World.Demo, CancellationToken.None)).GetValueOrDefault(DocumentKinds.Policy)?.Number ?? 0) + 1;
                var text = $"{Mine}# {request} {afterwards}\n";
                _world.Storage.KillAt(request, afterwards);
                try
                {
                    await PutAsync(text, $"\"{number - 1}\"");
                }
                catch (Killed)
                {
                    Assert.True(_world.Storage.HasKilled);
                }
                _world.Storage.Reset();
                Assert.Equal((200, $"\"{number}\""), await PutAsync(text, $"\"{number - 1}\""));
                Assert.Equal(number, (await _world.Get<IPolicyStore>().VersionsAsync(World.Demo, DocumentKinds.Policy, CancellationToken.None)).Count);
            }
        }
    }

    [Fact]
    public async Task CheckingSaysWhichRuleAppliesToTooMuch()
    {
        for (var i = 0; i < 60; i++)
            await _world.ReceiveAsync(_world.Some($"c{i}", i % 2 == 0 ? "Grazie mille" : "Buongiorno a tutti", $"a{i}"));
        await _world.WorkAsync();
        var answer = await CallAsync<TryFunctions>(f => f.Check(Request("POST", body: Mine), "demo", CancellationToken.None));
        Assert.True((bool)answer.Json["valid"]!);
        var warning = Assert.Single(answer.Json["warnings"]!.AsArray());
        Assert.Equal((4, "'praise' vale per 30 degli ultimi 60 commenti (50%); 'report_above' è 20%."), ((int)warning!["line"]!, (string?)warning["message"]));
    }

    [Fact]
    public async Task TryingStoresNothingAndExplains()
    {
        await PutAsync(Rules, "\"0\"", guidelines: "it");
        await PutAsync(Mine, "\"0\"");
        var answer = await CallAsync<TryFunctions>(f => f.Try(Json("""{"comment":{"text":"Pessimo!","author":"Anna"}}"""), "demo", CancellationToken.None));
        Assert.Equal(("hide", "rude", "Rude", "sales"), ((string?)answer.Json["decision"], (string?)answer.Json["rule"], (string?)answer.Json["ruleName"], (string?)answer.Json["route"]!["team"]));
        Assert.Empty(await _world.OutcomesAsync());
        var wrong = await CallAsync<TryFunctions>(f => f.Try(Json("""{"comment":{"stars":9,"platform":"A B"},"policy":"rules: 1"}"""), "demo", CancellationToken.None));
        Assert.Equal(["comment.text", "comment.platform", "comment.stars", "policy: line 1, column 1", "policy: line 1, column 8"], wrong.Json["errors"]!.AsArray().Select(e => (string?)e!["field"]));
    }

    [Fact]
    public async Task TheToneOfAnAnswerIsChecked()
    {
        var answer = await CallAsync<TryFunctions>(f => f.Tone(Json("""{"text":"Ciao, avresti dovuto leggere. Ci scriva!","language":"it"}"""), "demo", CancellationToken.None));
        Assert.Equal(["mixedAddress", "blame"], answer.Json["findings"]!.AsArray().Select(f => (string?)f!["rule"]));
        Assert.Equal(400, (await CallAsync<TryFunctions>(f => f.Tone(Json("""{"language":"fr","address":"voi"}"""), "demo", CancellationToken.None))).Status);
    }

    [Fact]
    public async Task WhatPeopleSayOfAnAuthorCounts()
    {
        await PutAsync("policy: 1\notherwise: approve\nrules:\n  - { id: team, name: Team, if: { author: { team: true } }, then: approve }\n  - { id: vip, name: Vip, if: { author: { label: vip, trusted: true } }, then: approve }\n  - { id: rest, name: Rest, then: hold }\n", "\"0\"");
        var put = await CallAsync<AuthorFunctions>(f => f.Put(Json("""{"trusted":true,"labels":[{"name":"vip","until":"2026-03-11T00:00:00Z"}]}"""), "demo", "instagram", "anna", CancellationToken.None));
        Assert.Equal(200, put.Status);
        await JudgeAsync("1", "Ciao");
        await JudgeAsync("2", "Ciao", "bruno");
        _world.Time.Advance(TimeSpan.FromDays(1));
        await JudgeAsync("3", "Ciao");
        Assert.Equal(["vip", "rest", "rest"], (await _world.OutcomesAsync()).OrderBy(o => o.Key.Id, StringComparer.Ordinal).Select(o => o.Verdict!.Rule));
        var wrong = await CallAsync<AuthorFunctions>(f => f.Put(Json("""{"labels":[{"name":"V I P"},{"name":"x","until":"soon"}]}"""), "demo", "Insta", "anna", CancellationToken.None));
        Assert.Equal(["platform", "labels[0].name", "labels[1].until"], wrong.Json["errors"]!.AsArray().Select(e => (string?)e!["field"]));
    }

    [Fact]
    public async Task ARaidIsSeenAlsoInOneDelivery()
    {
        await PutAsync("policy: 1\notherwise: approve\nrules:\n  - { id: raid, name: Raid, if: { near_duplicates: { at_least: 3, within: 1h } }, then: hold }\n  - { id: heat, name: Heat, if: { thread_mood: { below: -0.2 } }, then: { label: heated } }\n", "\"0\"");
        await _world.ReceiveAsync([.. Enumerable.Range(0, 4).Select(i => _world.Some($"r{i}", $"Questo negozio è una vera truffa, non comprate mai qui {(i % 2 == 0 ? "!" : "!!")}", $"a{i}") with { ThreadId = "post" })]);
        await _world.WorkAsync();
        Assert.All(await _world.OutcomesAsync(), o => Assert.Equal("raid", o.Verdict!.Rule));
        Assert.All(await _world.OutcomesAsync(), o => Assert.NotNull(o.AroundSnapshot));

        // Another instance reads what this one judged.
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        var judge = ActivatorUtilitiesJudge();
        var comment = _world.Some("late", "Questo negozio è una vera truffa, non comprate mai qui") with { ThreadId = "post" };
        var outcome = Assert.Single(await judge.JudgeAsync([comment], CancellationToken.None));
        Assert.Equal(("raid", "heated"), (outcome.Verdict!.Rule, Assert.Single(outcome.Verdict.Labels).Name));
    }

    [Fact]
    public async Task WithoutARuleThatAsksNobodyLooksAround()
    {
        await PutAsync(Mine.Replace("because: 1", "percent: 100", StringComparison.Ordinal), "\"0\"");
        await JudgeAsync("1", "Grazie");
        Assert.Null(Assert.Single(await _world.OutcomesAsync()).AroundSnapshot);
    }

    [Fact]
    public async Task OnlyAnAdminChangesAPolicy()
    {
        await using var world = await World.CreateAsync();
        var context = Request("PUT", "?by=anna", Mine, "\"0\"");
        var (status, _) = await SignatureTests.ExecuteAsync(await world.Make<DocumentFunctions>().PutPolicy(context, "demo", CancellationToken.None));
        Assert.Equal(403, status);
        context.Headers.Authorization = "";
        (status, _) = await SignatureTests.ExecuteAsync(await world.Make<DocumentFunctions>().PutPolicy(context, "demo", CancellationToken.None));
        Assert.Equal(401, status);
    }

    private Judge ActivatorUtilitiesJudge() => new(
        _world.Get<IModerationStore>(), _world.Get<Moderato.Scoring.Scorer>(), _world.Get<Moderato.Scoring.Feedback.Corrections>(), _world.Make<Policies>(), _world.Make<Traffic>(),
        _world.Get<Communities>(), _world.Get<Moderato.Review.ReviewQueue>(), _world.Get<ActionRequests>(), _world.Get<Moderato.Review.Handoffs>(), _world.Get<Moderato.Actions.Webhooks.Announcer>(), _world.Get<Moderato.Mood.Protections>(), _world.Time);

    private async Task JudgeAsync(string id, string text, string author = "anna")
    {
        await _world.ReceiveAsync(_world.Some(id, text, author));
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task<(int Status, string Body, string Tag)> GetAsync()
    {
        var request = Request("GET");
        var answer = await CallAsync(f => f.Policy(request, "demo", CancellationToken.None));
        return (answer.Status, answer.Body, answer.Tag);
    }

    private async Task<(int Status, string Tag)> PutAsync(string text, string? tag, string by = "anna", string? guidelines = null)
    {
        var request = Request("PUT", $"?by={by}&note=why", text, tag);
        var answer = await CallAsync(f => guidelines is null
            ? f.PutPolicy(request, "demo", CancellationToken.None)
            : f.PutGuidelines(request, "demo", guidelines, CancellationToken.None));
        return (answer.Status, request.HttpContext.Response.Headers.ETag.ToString());
    }

    private Task<(int Status, string Body, string Tag, JsonNode Json)> NoticeAsync(Outcome outcome) =>
        CallAsync<AuthorFunctions>(f => f.Notice(Request("GET"), "demo", OutcomeId.Of(outcome.Comment).ToString(), CancellationToken.None));

    private Task<(int Status, string Body, string Tag, JsonNode Json)> CallAsync(Func<DocumentFunctions, Task<IResult>> call) => CallAsync<DocumentFunctions>(call);

    private async Task<(int Status, string Body, string Tag, JsonNode Json)> CallAsync<T>(Func<T, Task<IResult>> call)
    {
        var result = await call(_world.Make<T>());
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        var text = Encoding.UTF8.GetString(body.ToArray());
        return (context.Response.StatusCode, text, context.Response.Headers.ETag.ToString(), text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject());
    }

    private static HttpRequest Json(string body)
    {
        var request = Request("POST", body: body);
        request.ContentType = "application/json";
        return request;
    }

    private static HttpRequest Request(string method, string query = "", string body = "", string? tag = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.QueryString = new QueryString(query);
        context.Request.Headers.Authorization = $"Bearer {World.ApiKey}";
        if (tag is not null)
            context.Request.Headers.IfMatch = tag;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return context.Request;
    }
}
