using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Actions;

/// <summary>From a decision to its one effect on the platform, however often and however late its message comes.</summary>
public sealed class PerformActionsTests : IAsyncLifetime
{
    private PlatformServer _server = null!;
    private World _world = null!;

    public async Task InitializeAsync()
    {
        _server = await PlatformServer.StartAsync();
        var status = "approved"; // as a blog remembers it
        _server.Answer = asked =>
        {
            if (asked.Method == "POST")
                status = (string?)JsonNode.Parse(asked.Body)!["status"] ?? status;
            return new Answered(200, $$"""{"id":"9","status":"{{status}}"}""");
        };
        var settings = new Dictionary<string, string?>();
        foreach (var (i, platform) in new[] { "wordpress", "x", "mastodon", "slack" }.Index())
        {
            settings[$"Moderato:Sources:{i + 1}:Id"] = "blog";
            settings[$"Moderato:Sources:{i + 1}:Platform"] = platform;
            settings[$"Moderato:Sources:{i + 1}:Community"] = "demo";
            settings[$"Moderato:Sources:{i + 1}:Secrets:0"] = platform == "wordpress" ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" : "a-secret-for-the-tests";
            settings[$"Moderato:Sources:{i + 1}:Address"] = _server.Address.ToString();
            settings[$"Moderato:Sources:{i + 1}:ActionToken"] = "user:password";
        }
        _world = await World.CreateAsync(settings);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task WhatARuleHoldsIsHeldOnThePlatformOnce()
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, vergognatevi stronzi"));
        await ActAsync();

        var history = await HistoryAsync("7");
        var action = Assert.Single(history);
        Assert.Equal((ActionKind.Hold, ActionState.Done, "rule:attack", 1), (action.Kind, action.State, action.RequestedBy, action.Attempts));
        Assert.Equal(["GET /wp-json/wp/v2/comments/7", "POST /wp-json/wp/v2/comments/7"], _server.Requests.Select(r => r.ToString()));

        // Judged again, and the same message three times more.
        await _world.Get<ActionRequests>().CarryOutAsync(await _world.OutcomesAsync(), CancellationToken.None);
        for (var i = 0; i < 3; i++)
            await _world.Make<PerformActions>().Run(Encoding.UTF8.GetString(ActionMessage.Write(action)), CancellationToken.None);
        await ActAsync();
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task WhatIsApprovedOrHasNoTokenIsLeftAlone()
    {
        await ReceiveAndWorkAsync(Some("1", "Bellissimo, grazie!"));
        await ReceiveAndWorkAsync(Some("2", "stronzi") with { Source = null });
        await ReceiveAndWorkAsync(Some("3", "stronzi") with { Source = "facebook/page", Key = new CommentKey(PlatformId.Parse("facebook"), "3") });
        Assert.Empty(await _world.RowsAsync(_world.Tables.Actions));
        Assert.Equal(0, await ActAsync());
    }

    [Fact]
    public async Task AnEditThatMakesACommentAcceptableBringsItBack()
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, stronzi"));
        await ActAsync();
        await ReceiveAndWorkAsync(Some("7", "Scusate, mi sono sbagliato: servizio ottimo!") with { EditedAt = _world.Time.Now });
        await ActAsync();

        var history = await HistoryAsync("7");
        Assert.Equal([(ActionKind.Hold, 1), (ActionKind.Approve, 2)], history.Select(a => (a.Kind, a.Revision)));
        Assert.Contains("approved", _server.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAPersonDecidedStaysThoughTheCommentIsEdited()
    {
        await ReceiveAndWorkAsync(Some("7", "Bellissimo, grazie!"));
        await AskAsync("7", ActionKind.Hide);
        await ReceiveAndWorkAsync(Some("7", "Bellissimo, grazie mille!") with { EditedAt = _world.Time.Now });
        await ActAsync();
        Assert.Equal([ActionKind.Hide], (await HistoryAsync("7")).Select(a => a.Kind));
    }

    [Fact]
    public async Task ALaterHumanDecisionOvertakesAPendingAction()
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, stronzi"));
        await AskAsync("7", ActionKind.Approve);
        await ActAsync();

        Assert.Equal([(ActionKind.Hold, ActionState.Overtaken), (ActionKind.Approve, ActionState.AlreadyDone)], (await HistoryAsync("7")).Select(a => (a.Kind, a.State)));
        Assert.DoesNotContain(_server.Requests, r => r.Method == "POST");
    }

    [Fact]
    public async Task ACommentThatItsAuthorTookAwayIsLeftAlone()
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, stronzi"));
        await _world.ReceiveAsync(Some("7", "").AsTombstone());
        await ActAsync();
        Assert.Equal((ActionState.Overtaken, "the comment was removed"), (await HistoryAsync("7")).Select(a => (a.State, a.Reason!)).Single());
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task APlatformThatAsksToWaitIsLeftAloneByTheQueueNotByTheFunction()
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, stronzi"));
        _server.Answer = _ => new Answered(429, "{}", ("Retry-After", "120"));
        await ActAsync();

        var action = Assert.Single(await HistoryAsync("7"));
        Assert.Equal((ActionState.Pending, 1, "HTTP 429"), (action.State, action.Attempts, action.Reason));
        Assert.Equal(0, await ActAsync()); // it lies in the queue, unseen
        Assert.Equal(1, (await _world.Queue(QueueNames.Actions).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Theory]
    [InlineData(404, ActionState.Gone)]
    [InlineData(403, ActionState.Refused)]
    public async Task WhatAPlatformWillNotDoIsSaidInTheHistory(int status, ActionState state)
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, stronzi"));
        _server.Answer = _ => new Answered(status, "{}");
        await ActAsync();
        Assert.Equal(state, Assert.Single(await HistoryAsync("7")).State);
    }

    [Fact]
    public async Task WhatFailsForADayIsGivenUp()
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, stronzi"));
        _server.Answer = _ => new Answered(401, "{}");
        var message = Encoding.UTF8.GetString(ActionMessage.Write(Assert.Single(await HistoryAsync("7"))));
        for (var hour = 0; hour < 24; hour++)
        {
            await _world.Make<PerformActions>().Run(message, CancellationToken.None);
            _world.Time.Advance(TimeSpan.FromHours(1));
        }
        Assert.Equal((ActionState.Failed, 24), (await HistoryAsync("7")).Select(a => (a.State, a.Attempts)).Single());
    }

    [Fact]
    public async Task AnAnswerWhoseSendingWasCutOffIsNotSentTwice()
    {
        await ReceiveAndWorkAsync(Some("7", "Dov'è il mio ordine?") with { Key = new CommentKey(PlatformId.Parse("x"), "7"), Source = "x/blog" });
        var asked = await AskAsync("7", ActionKind.Reply, "Lo cerchiamo subito!", "x");
        _server.Answer = _ => Answered.Broken;
        await ActAsync();
        _server.Answer = _ => new Answered(201, """{"data":{"id":"8"}}""");
        await _world.Make<PerformActions>().Run(Encoding.UTF8.GetString(ActionMessage.Write(asked)), CancellationToken.None);

        Assert.Equal(ActionState.Uncertain, Assert.Single(await HistoryAsync("7", "x")).State);
        Assert.Single(_server.Requests);
        Assert.DoesNotContain(await _world.RowsAsync(_world.Tables.Authors), r => r.RowKey.StartsWith("a~", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhereAPlatformTakesAnAnswerOnceItIsSentAgain()
    {
        await ReceiveAndWorkAsync(Some("7", "Dov'è il mio ordine?") with { Key = new CommentKey(PlatformId.Parse("mastodon"), "7"), Source = "mastodon/blog" });
        var asked = await AskAsync("7", ActionKind.Reply, "Lo cerchiamo subito!", "mastodon");
        _server.Answer = _ => Answered.Broken;
        await ActAsync();
        _server.Answer = _ => new Answered(200, """{"id":"8"}""");
        await _world.Make<PerformActions>().Run(Encoding.UTF8.GetString(ActionMessage.Write(asked)), CancellationToken.None);

        Assert.Equal((ActionState.Done, "8"), (await HistoryAsync("7", "mastodon")).Select(a => (a.State, a.ExternalId!)).Single());
        Assert.Single(_server.Requests.Select(r => r.Headers["Idempotency-Key"].ToString()).Distinct());
    }

    [Fact]
    public async Task TwoMessagesAtOnceSendOneAnswer()
    {
        await ReceiveAndWorkAsync(Some("7", "Dov'è il mio ordine?") with { Key = new CommentKey(PlatformId.Parse("x"), "7"), Source = "x/blog" });
        var message = Encoding.UTF8.GetString(ActionMessage.Write(await AskAsync("7", ActionKind.Reply, "Lo cerchiamo subito!", "x")));
        _server.Answer = _ => new Answered(201, """{"data":{"id":"8"}}""");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _world.Make<PerformActions>().Run(message, CancellationToken.None)));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task StoppedBetweenAnyTwoStepsThereIsOneEffectInTheEnd()
    {
        await ReceiveAndWorkAsync(Some("7", "Siete dei ladri, stronzi"));
        var message = Encoding.UTF8.GetString(ActionMessage.Write(Assert.Single(await HistoryAsync("7"))));
        for (var request = 1; request <= 8; request++)
        {
            foreach (var afterwards in new[] { false, true })
            {
                _world.Storage.KillAt(request, afterwards);
                try
                {
                    await _world.Make<PerformActions>().Run(message, CancellationToken.None);
                }
                catch (Killed)
                {
                    Assert.True(_world.Storage.HasKilled);
                }
                _world.Storage.Reset();
            }
        }
        await _world.Make<PerformActions>().Run(message, CancellationToken.None);
        Assert.Equal(ActionState.Done, Assert.Single(await HistoryAsync("7")).State);
        Assert.Single(_server.Requests.Where(r => r.Method == "POST").Select(r => r.Body).Distinct());
    }

    [Fact]
    public async Task AnAnswerThatARuleSendsIsSentOnceAlsoAfterAnEdit()
    {
        await PutPolicyAsync("policy: 1\notherwise: approve\nrules:\n  - { id: t, name: T, if: { words: [grazie] }, then: { reply: { template: t, send: automatic } } }\ntemplates: { t: { it: [\"Grazie a tutti.\"] } }");
        await ReceiveAndWorkAsync(Some("7", "Grazie mille, bellissimo negozio"));
        await ActAsync();
        await ReceiveAndWorkAsync(Some("7", "Grazie mille, bellissimo negozio!") with { EditedAt = _world.Time.Now });
        await ActAsync();
        var reply = Assert.Single(await HistoryAsync("7"));
        Assert.Equal((ActionKind.Reply, ActionState.Done, "Grazie a tutti.", "rule-reply"), (reply.Kind, reply.State, reply.Text, reply.Id));
        Assert.Single(_server.Requests, r => r.Method == "POST" && r.Body.Contains("Grazie a tutti.", StringComparison.Ordinal));
        Assert.Single(await _world.RowsAsync(_world.Tables.Authors), r => r.RowKey.StartsWith("a~", StringComparison.Ordinal)); // its author was answered, once
    }

    [Fact]
    public async Task ASuggestedAnswerIsNotSent()
    {
        await PutPolicyAsync("policy: 1\notherwise: approve\nrules:\n  - { id: t, name: T, then: { reply: t } }\ntemplates: { t: { it: [\"Grazie a tutti.\"] } }");
        await ReceiveAndWorkAsync(Some("7", "Grazie mille"));
        Assert.Equal(0, await ActAsync());
        Assert.Equal("Grazie a tutti.", Assert.Single(await _world.OutcomesAsync()).Verdict!.Reply!.Text);
    }

    [Theory]
    [InlineData("wordpress", "", ActionKind.Delete)] // to the trash, from where it comes back
    [InlineData("x", "", ActionKind.Hide)]
    [InlineData("slack", "", null)] // a deletion there is for ever: it waits here
    [InlineData("slack", ", irreversible: true", ActionKind.Delete)]
    public async Task WithoutTheRulesLeaveOnlyWhatCanBeTakenBackIsDone(string platform, string leave, ActionKind? kind)
    {
        await PutPolicyAsync($"policy: 1\nrules:\n  - {{ id: d, name: D, then: {{ decision: delete{leave} }} }}");
        await ReceiveAndWorkAsync(Some("7", "Parole") with { Key = KeyOf("7", platform), Source = $"{platform}/blog" });
        Assert.Equal(kind, (await HistoryAsync("7", platform)).SingleOrDefault()?.Kind);
    }

    [Fact]
    public async Task OverHttpAPersonActsAndTakesItBack()
    {
        await ReceiveAndWorkAsync(Some("7", "Mah, niente di che"));
        var id = OutcomeId.Of((await _world.OutcomesAsync())[0].Comment).ToString();

        var (status, action) = await CallAsync("POST", id, """{"kind":"hide","by":"Carla"}""");
        Assert.Equal((202, "hide", "pending", "person:Carla"), (status, (string?)action["kind"], (string?)action["state"], (string?)action["requestedBy"]));
        await ActAsync();
        (status, var undo) = await CallAsync("POST", id, "", (string?)action["id"]);
        Assert.Equal((202, "unhide", (string?)action["id"]), (status, (string?)undo["kind"], (string?)undo["undoes"]));
        await ActAsync();

        (status, var list) = await CallAsync("GET", id);
        Assert.Equal(["hide done True", "unhide done True"], list["actions"]!.AsArray().Select(a => $"{a!["kind"]} {a["state"]} {(bool)a["canBeTakenBack"]!}"));
    }

    [Theory]
    [InlineData("""{"kind":"banAuthor"}""", "kind")]
    [InlineData("""{"kind":"7"}""", "kind")]
    [InlineData("""{}""", "kind")]
    [InlineData("""{"kind":"reply"}""", "text")]
    [InlineData("no JSON", "body")]
    public async Task WhatCannotBeAskedIsSaid(string body, string field)
    {
        await ReceiveAndWorkAsync(Some("7", "Mah, niente di che"));
        var (status, problem) = await CallAsync("POST", OutcomeId.Of((await _world.OutcomesAsync())[0].Comment).ToString(), body);
        Assert.Equal((400, field), (status, (string?)problem["errors"]![0]!["field"]));
        Assert.Empty(await _world.RowsAsync(_world.Tables.Actions));
    }

    [Fact]
    public async Task WithAnIdempotencyKeyTheSameIsAskedOnce()
    {
        await ReceiveAndWorkAsync(Some("7", "Mah, niente di che"));
        var id = OutcomeId.Of((await _world.OutcomesAsync())[0].Comment).ToString();
        for (var i = 0; i < 2; i++)
            await CallAsync("POST", id, """{"kind":"hide"}""", key: "once");
        Assert.Single(await HistoryAsync("7"));
    }

    private Comment Some(string id, string text) => _world.Some(text: text) with
    {
        Key = new CommentKey(PlatformId.Parse("wordpress"), $"blog/{id}"),
        Source = "wordpress/blog",
        ThreadId = "blog/88",
    };

    private async Task ReceiveAndWorkAsync(Comment comment)
    {
        await _world.ReceiveAsync(comment);
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task PutPolicyAsync(string yaml)
    {
        Assert.DoesNotContain(Policy.SomeFacts.Read(yaml).Problems, p => p.IsError);
        Assert.True(await _world.Get<IPolicyStore>().AddAsync(World.Demo, DocumentKinds.Policy, new DocumentVersion(1, yaml, "anna", "", _world.Time.Now), CancellationToken.None));
        _world.Get<Policies>().Forget(World.Demo);
    }

    /// <summary>Works on the queue of actions until nothing is to be seen there.</summary>
    private async Task<int> ActAsync()
    {
        var queue = _world.Queue(QueueNames.Actions);
        var done = 0;
        while ((await queue.ReceiveMessageAsync()).Value is { } message)
        {
            await _world.Make<PerformActions>().Run(message.Body.ToString(), CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            done++;
        }
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        return done;
    }

    private Task<PlatformAction> AskAsync(string id, ActionKind kind, string? text = null, string platform = "wordpress") => _world.Get<ActionRequests>().RequestAsync(
        new PlatformAction
        {
            Id = $"asked-{kind}",
            Community = World.Demo,
            Key = KeyOf(id, platform),
            Kind = kind,
            Revision = 1,
            RequestedBy = "person:carla",
            RequestedAt = _world.Time.Now,
            Text = text,
        },
        CancellationToken.None);

    private Task<IReadOnlyList<PlatformAction>> HistoryAsync(string id, string platform = "wordpress") =>
        _world.Get<IActionStore>().HistoryAsync(World.Demo, KeyOf(id, platform), CancellationToken.None);

    private static CommentKey KeyOf(string id, string platform) => new(PlatformId.Parse(platform), platform == "wordpress" ? $"blog/{id}" : id);

    private async Task<(int Status, JsonNode Body)> CallAsync(string method, string id, string body = "", string? undo = null, string? key = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers.Authorization = $"Bearer {World.ApiKey}";
        if (key is not null)
            context.Request.Headers["Idempotency-Key"] = key;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var functions = _world.Make<ActionFunctions>();
        var result = method == "GET" ? await functions.List(context.Request, "demo", id, CancellationToken.None)
            : undo is not null ? await functions.Undo(context.Request, "demo", id, undo, CancellationToken.None)
            : await functions.Post(context.Request, "demo", id, CancellationToken.None);
        var (status, answer) = await Moderato.Tests.Ingest.Platforms.SignatureTests.ExecuteAsync(result);
        return (status, JsonNode.Parse(answer)!);
    }
}
