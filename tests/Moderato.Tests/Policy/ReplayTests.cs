using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Policy;

/// <summary>What a draft would have done with what was written.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const string Asking =
        """
        policy: 1
        rules:
          - { id: raid, name: Raid, if: { near_duplicates: { at_least: 2, within: 6h } }, then: hold }
          - { id: mood, name: Mood, if: { any: [ { thread_mood: { below: 0 } }, { channel_mood: { below: -0.2 } }, { pile_on: { at_least: 2 } } ] }, then: { decision: escalate, label: heated } }
          - { id: again, name: Again, if: { author: { comments: { at_least: 2 }, label: heated } }, then: { decision: hold, strike: true } }
          - { id: half, name: Half, percent: 50, if: { words: ["graz*", pacco] }, then: { decision: approve, route: sales, reply: t } }
          - { id: on-trial, name: Trial, shadow: true, if: { sentiment: negative }, then: hide }
        templates: { t: { it: [Grazie a tutti., "Grazie, {author}."] } }
        """;

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync(new Dictionary<string, string?> { ["Moderato:ApiKeys:0:Scopes:3"] = "admin" });

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData(Asking)]
    public async Task ReplayingWhatIsInForceChangesNothing(string? policy)
    {
        if (policy is not null)
            await PutAsync(policy, 0);
        await SomeDayAsync();
        var replay = await ReplayAsync(null);
        Assert.Equal((ReplayState.Done, 60, 0, 1), (replay.State, replay.Result.Compared, replay.Result.Changed, replay.Result.NotComparable));
        Assert.Equal(replay.Result.Before, replay.Result.After);
        Assert.Empty(replay.Result.Changes);
        if (policy is not null)
            Assert.Equal(await ShadowsAsync(), replay.Result.Shadows.GetValueOrDefault("on-trial"));
    }

    [Fact]
    public async Task ADraftThatAsksWhatWentOnIsToldWhatHadGoneOn()
    {
        await SomeDayAsync(); // judged by the built-in policy: nobody looked around
        var drafted = await ReplayAsync(Asking);
        var other = new ReplayTests();
        await other.InitializeAsync();
        await other.PutAsync(Asking, 0);
        await other.SomeDayAsync();
        var judged = (await other._world.OutcomesAsync()).Where(o => !o.Removed).CountBy(o => o.Verdict!.Rule).ToDictionary();
        await other.DisposeAsync();
        Assert.True(judged.GetValueOrDefault("raid") > 0 && judged.GetValueOrDefault("mood") > 0);
        // Whether it is asked then or later, what went on is the same; only the labels that it would have given were never there.
        Assert.Equal(judged["raid"], drafted.Result.Rules["raid"].Decided);
        Assert.InRange(drafted.Result.Rules["mood"].Decided, judged["mood"], judged["mood"] + judged.GetValueOrDefault("again"));
    }

    [Fact]
    public async Task ADraftsDiffOverTheDemoIsWhatAHandCounts()
    {
        using var demo = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "local", "Demo", "comments.json")));
        var texts = demo.RootElement.GetProperty("comments").EnumerateArray().Select(c => c.GetProperty("text").GetString()!).ToList();
        await _world.ReceiveAsync([.. texts.Select((text, i) => _world.Some($"d{i}", text, $"a{i}"))]);
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));

        // By hand: who says "grazie" or "spedizione" somewhere, as whole words.
        var byHand = texts.Count(text => text.ToLowerInvariant().Split([' ', ',', '.', '!', '?', '\'', '’', '\n', ';', ':', '"', '(', ')']).Any(word => word is "spedizione" or "spedizioni"));
        Assert.InRange(byHand, 3, 60);
        var replay = await ReplayAsync("policy: 1\nrules:\n  - { id: s, name: S, if: { words: [spedizione] }, then: hide }");
        Assert.Equal((texts.Count, byHand, byHand), (replay.Result.Compared, replay.Result.Changed, replay.Result.Rules["s"].Decided));
        Assert.Equal(byHand, replay.Result.Transitions.Where(t => t.Key.EndsWith(">hide", StringComparison.Ordinal)).Sum(t => t.Value));
        Assert.Equal(byHand, replay.Result.Changes.Count);
        Assert.All(replay.Result.Changes, c => Assert.Equal(("s", Decision.Hide), (c.RuleAfter, c.After)));
        // Fair criticism among what it hides: counted from the outcomes.
        var criticism = (await _world.OutcomesAsync()).Where(o => FairCriticism.Is(o.Signals!)).Select(o => OutcomeId.Of(o.Comment).ToString()).ToHashSet();
        Assert.Equal(replay.Result.Changes.Where(c => criticism.Contains(c.OutcomeId)), replay.Result.Changes.Where(c => c.FairCriticism));
    }

    [Fact]
    public async Task LongTextsAreAskedWholeAndGoneOnesNotAtAll()
    {
        await ReceiveAsync("long", new string('a', 400) + " spedizione");
        await ReceiveAsync("gone", "spedizione");
        await _world.ReceiveAsync(_world.Some("gone", "").AsTombstone());
        await _world.WorkAsync();
        var replay = await ReplayAsync("policy: 1\nrules:\n  - { id: s, name: S, if: { words: [spedizione] }, then: hide }");
        Assert.Equal((1, 1, 1), (replay.Result.Compared, replay.Result.NotComparable, replay.Result.Changed));
    }

    [Fact]
    public async Task KilledAnywhereOrDeliveredTwiceItCountsOnce()
    {
        for (var i = 0; i < 5; i++)
            await ReceiveAsync($"c{i}", "Grazie mille");
        for (var request = 1; request <= 8; request++)
        {
            foreach (var afterwards in new[] { false, true })
            {
                var id = await AskAsync("policy: 1\nrules:\n  - { id: g, name: G, if: { words: [grazie] }, then: hide }");
                _world.Storage.KillAt(request, afterwards);
                for (var tries = 0; tries < 4; tries++)
                {
                    try
                    {
                        await _world.Make<RunReplay>().Run(Encoding.UTF8.GetString(new ReplayMessage("demo", id, 0).ToBytes()), CancellationToken.None);
                    }
                    catch (Killed)
                    {
                        Assert.True(_world.Storage.HasKilled);
                    }
                    _world.Storage.Reset();
                }
                await RunAsync();
                var replay = (await _world.Get<IReplayStore>().FindAsync(World.Demo, id, CancellationToken.None))!.Replay;
                Assert.Equal((ReplayState.Done, 5, 5), (replay.State, replay.Result.Compared, replay.Result.Changed));
            }
        }
    }

    [Fact]
    public async Task WhatFailsEveryTryIsSaidToHaveFailed()
    {
        var id = await AskAsync(BuiltInPolicy.Text);
        await _world.Make<ParkReplays>().Run(Encoding.UTF8.GetString(new ReplayMessage("demo", id, 0).ToBytes()), CancellationToken.None);
        var (status, view) = await GetAsync(id);
        Assert.Equal((200, "failed", "It failed every try."), (status, (string?)view["state"], (string?)view["reason"]));
        Assert.Throws<FormatException>(() => ReplayMessage.Parse("no JSON"));
        Assert.Throws<FormatException>(() => ReplayMessage.Parse("{}"));
    }

    [Fact]
    public async Task OnlyTheNewestAreKept()
    {
        var first = await AskAsync(BuiltInPolicy.Text);
        for (var i = 0; i < ReplayFunctions.MostKept; i++)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(1));
            await AskAsync(BuiltInPolicy.Text);
        }
        Assert.Equal(404, (await GetAsync(first)).Status);
        await RunAsync(); // a message of one that is gone is no failure
    }

    [Fact]
    public async Task WhatCannotBeAskedIsSaid()
    {
        var (status, answer) = await PostAsync("""{"policy":"policy: 1","from":"yesterday","to":"2026-01-01T00:00:00Z"}""");
        Assert.Equal((400, "from,policy: line 1, column 1"), (status, string.Join(',', answer["errors"]!.AsArray().Select(e => (string?)e!["field"]))));
        (status, _) = await PostAsync("""{"from":"2026-03-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}""");
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task WhichRuleWouldHaveCaughtThese()
    {
        await ReceiveAsync("1", "Grazie della spedizione");
        await ReceiveAsync("2", "Buongiorno a tutti quanti");
        var ids = (await _world.OutcomesAsync()).OrderBy(o => o.Key.Id, StringComparer.Ordinal).Select(o => OutcomeId.Of(o.Comment).ToString()).ToList();
        var request = Request(JsonSerializer.Serialize(new { ids, policy = "policy: 1\notherwise: approve\nrules:\n  - { id: l, name: L, if: { words: [grazie] }, then: { label: x } }\n  - { id: s, name: S, if: { words: [spedizione] }, then: hide }" }));
        var (status, answer) = await ExecuteAsync(await _world.Make<TryFunctions>().Which(request, "demo", CancellationToken.None));
        Assert.Equal(200, status);
        Assert.Equal(["hide s l", "approve otherwise "], answer["outcomes"]!.AsArray().Select(o => $"{o!["decision"]} {o["rule"]} {string.Join(',', o["alsoRules"]!.AsArray())}"));
        (status, _) = await ExecuteAsync(await _world.Make<TryFunctions>().Which(Request("""{"ids":["x!"]}"""), "demo", CancellationToken.None));
        Assert.Equal(400, status);
    }

    /// <summary>60 comments by some people under two posts, a few of them nearly the same, and one that was removed.</summary>
    private async Task SomeDayAsync()
    {
        string[] texts =
        [
            "Grazie mille, bellissimo!", "Pessimo servizio, sono furioso", "Dov'è il mio pacco?", "Non comprate qui, è tutta una truffa e non rispondono mai", "Mah",
            "Siete dei ladri schifosi", "Che bello, complimenti a tutti", "Guardate qui https://soldi.example/bonus gratis", "A che ora aprite domani?", "Ridatemi i soldi, vergogna",
        ];
        for (var i = 0; i < 60; i++)
        {
            await _world.ReceiveAsync(_world.Some($"c{i}", texts[i % texts.Length], $"a{i % 7}") with { ThreadId = $"p{i % 2}" });
            if (i % 3 == 2)
                await _world.WorkAsync();
            _world.Time.Advance(TimeSpan.FromMinutes(11));
        }
        await ReceiveAsync("gone", "Parole");
        await _world.ReceiveAsync(_world.Some("gone", "").AsTombstone());
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task<int> ShadowsAsync() => (await _world.OutcomesAsync()).Where(o => !o.Removed).Sum(o => o.Verdict!.Shadows.Count(s => s.WouldDecide));

    private async Task ReceiveAsync(string id, string text)
    {
        await _world.ReceiveAsync(_world.Some(id, text, $"author-{id}"));
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task PutAsync(string policy, int number)
    {
        Assert.True(await _world.Get<IPolicyStore>().AddAsync(World.Demo, DocumentKinds.Policy, new DocumentVersion(number + 1, policy, "anna", "", _world.Time.Now), CancellationToken.None));
        _world.Get<Policies>().Forget(World.Demo);
    }

    private async Task<Replay> ReplayAsync(string? draft)
    {
        var id = await AskAsync(draft);
        await RunAsync();
        return (await _world.Get<IReplayStore>().FindAsync(World.Demo, id, CancellationToken.None))!.Replay;
    }

    private async Task<string> AskAsync(string? draft)
    {
        var (status, answer) = await PostAsync(JsonSerializer.Serialize(draft is null ? (object)new { } : new { policy = draft }));
        Assert.Equal((202, "running"), (status, (string?)answer["state"]));
        return (string)answer["id"]!;
    }

    private async Task<(int Status, JsonNode Answer)> PostAsync(string body) =>
        await ExecuteAsync(await _world.Make<ReplayFunctions>().Post(Request(body), "demo", CancellationToken.None));

    private async Task<(int Status, JsonNode Answer)> GetAsync(string id) =>
        await ExecuteAsync(await _world.Make<ReplayFunctions>().Get(Request(""), "demo", id, CancellationToken.None));

    private async Task RunAsync()
    {
        var queue = _world.Queue(QueueNames.Replays);
        while ((await queue.ReceiveMessageAsync()).Value is { } message)
        {
            await _world.Make<RunReplay>().Run(message.Body.ToString(), CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    private static async Task<(int Status, JsonNode Answer)> ExecuteAsync(IResult result)
    {
        var (status, body) = await Ingest.Platforms.SignatureTests.ExecuteAsync(result);
        return (status, JsonNode.Parse(body)!);
    }

    private static HttpRequest Request(string body)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {World.ApiKey}";
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return context.Request;
    }
}
