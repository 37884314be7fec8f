using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Actions;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Hosting;
using Moderato.Ingest;
using Moderato.Moderation;
using Moderato.Policy;
using Moderato.Privacy;
using Moderato.Tests.Ingest.Platforms;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Privacy;

/// <summary>After an erasure no row of any table and no message of any queue knows the author.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Policy =
        "policy: 1\notherwise: approve\nrules:\n  - { id: t, name: T, then: { decision: escalate, label: fan, notify: [boss], reply: { template: t, send: automatic, even_if_angry: true } } }\ntemplates: { t: { it: [\"Grazie, {author}.\"] } }";

    private World _world = null!;

    public async Task InitializeAsync()
    {
        _world = await World.CreateAsync(new Dictionary<string, string?>
        {
            ["Moderato:ApiKeys:0:Scopes:3"] = "admin",
            ["Moderato:Sources:0:ActionToken"] = "a-token",
            ["Moderato:Webhooks:0:Id"] = "crm",
            ["Moderato:Webhooks:0:Community"] = "demo",
            ["Moderato:Webhooks:0:Address"] = "http://127.0.0.1:9/hook", // nobody answers
            ["Moderato:Webhooks:0:Secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ["Moderato:Webhooks:0:AllowPrivate"] = "true",
        });
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task NothingAnywhereKnowsTheAuthorAnyMore()
    {
        await PutPolicyAsync();
        await LiveAsync("anna");
        await LiveAsync("bruno");
        Assert.NotEmpty(await MentionsAsync("anna"));
        var others = await KeptAsync("bruno");
        Assert.NotEmpty(others);

        var receipt = await EraseAsync("anna");
        await DrainAsync();
        Assert.Empty(await MentionsAsync("anna"));
        Assert.Equal(others, await KeptAsync("bruno"));
        Assert.Equal(ErasureState.Done, receipt.State);
        Assert.Equal(AuditTrail.AuthorTarget(World.Demo, PlatformId.Parse("facebook"), "anna"), receipt.Author);
        Assert.Equal(["actions", "authors", "comments", "deadletters", "members", "outcomes", "reviews", "webhooks"], receipt.Erased.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((5, 5), (receipt.Erased["comments"], receipt.Erased["outcomes"]));

        // The books still balance, and what was found is still counted.
        var outcomes = (await _world.OutcomesAsync()).Where(o => o.Comment.Erased).ToList();
        Assert.Equal(5, outcomes.Count);
        Assert.All(outcomes, o => Assert.True(o.Removed));
        Assert.Contains(outcomes, o => o is { Signals: not null, Verdict.Rule: "t" });
        var day = await _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(LocalDay.Of(_world.Time.Now, _world.Community.Zone).Date), CancellationToken.None);
        Assert.Equal((10, 8, 1, 1, 0), (day.Completeness.Received, day.Completeness.Decided, day.Completeness.Waiting, day.Completeness.Parked, day.Completeness.Lost));

        var again = await EraseAsync("anna");
        Assert.Empty(again.Erased);
        Assert.Empty(await MentionsAsync("anna"));
    }

    [Fact]
    public async Task WhatIsErasedBetweenQueueAndJudgementStaysErased()
    {
        await _world.ReceiveAsync(Words("anna", "1"));
        var answer = new PlatformAction
        {
            Id = "asked-1",
            Community = World.Demo,
            Key = Words("anna", "1").Key,
            Kind = ActionKind.Reply,
            Revision = 1,
            RequestedBy = "person:carla",
            RequestedAt = _world.Time.Now,
            Text = "Cara anna",
        };
        await _world.Get<IActionStore>().EnqueueAsync(answer, TimeSpan.Zero, CancellationToken.None);
        await EraseAsync("anna");
        await _world.WorkAsync(); // the message still carries every word
        await DrainAsync();
        Assert.Empty(await MentionsAsync("anna"));
        var outcome = Assert.Single(await _world.OutcomesAsync());
        Assert.Equal((true, true, 2), (outcome.Comment.Erased, outcome.Removed, outcome.Revision));
        Assert.Empty(await _world.RowsAsync(_world.Tables.Authors));
    }

    [Fact]
    public async Task ARedeliveryBringsNothingBackAndIsNoNewComment()
    {
        await _world.ReceiveAsync(Words("anna", "1"));
        await _world.WorkAsync();
        await EraseAsync("anna");
        foreach (var again in new[] { Words("anna", "1"), Words("anna", "1") with { Text = "altre parole", EditedAt = _world.Time.Now } })
            Assert.Equal(ReceiptStatus.Duplicate, Assert.Single(await _world.ReceiveAsync(again)).Status);
        await _world.WorkAsync();
        await DrainAsync();
        Assert.Empty(await MentionsAsync("anna"));
        Assert.Single(await _world.OutcomesAsync());
    }

    [Fact]
    public async Task WhatTheAuthorWritesLaterIsKept()
    {
        await _world.ReceiveAsync(Words("anna", "1"));
        await _world.WorkAsync();
        var message = await AskAsync("anna");
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.ReceiveAsync(Words("anna", "2"));
        await _world.WorkAsync();
        Assert.Equal(ErasureState.Done, (await RunAsync(message)).State);
        Assert.Equal(["2"], (await _world.OutcomesAsync()).Where(o => !o.Removed).Select(o => o.Key.Id));
        Assert.Equal("2", Assert.Single(await _world.RowsAsync(_world.Tables.Authors)).GetString("Id"));
    }

    [Fact]
    public async Task WhatAFunctionWroteBackMeanwhileGoesOnTheSecondLook()
    {
        await _world.ReceiveAsync(Words("anna", "1"));
        await _world.WorkAsync();
        var judged = await _world.OutcomesAsync();
        var message = await AskAsync("anna");
        var erasures = _world.Get<Erasures>();
        for (var step = 0; (await ReceiptAsync(message)).Look == 1; step++)
            await erasures.DoAsync(message with { Step = step }, CancellationToken.None);
        // A judgement that had begun before ends now.
        await _world.Get<IModerationStore>().RecordAuthorsAsync(judged, CancellationToken.None);
        Assert.NotEmpty(await _world.RowsAsync(_world.Tables.Authors));
        await RunAsync(message);
        await _world.Queue(QueueNames.Erasures).ClearMessagesAsync(); // pieces that were done by hand
        await DrainAsync();
        Assert.Empty(await MentionsAsync("anna"));
    }

    [Fact]
    public async Task AnAuthorWithThreeHundredCommentsIsErasedInPieces()
    {
        for (var batch = 0; batch < 3; batch++)
            await _world.ReceiveAsync([.. Enumerable.Range(batch * 100, 100).Select(i => Words("anna", $"c{i}"))]);
        await _world.WorkAsync();
        var receipt = await EraseAsync("anna");
        await DrainAsync();
        Assert.Equal((300, 300, 300), (receipt.Erased["comments"], receipt.Erased["outcomes"], receipt.Erased["authors"]));
        Assert.True(receipt.Step > 8, $"{receipt.Step} pieces");
        Assert.Empty(await MentionsAsync("anna"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAnywhereItGoesOn(bool afterwards)
    {
        const int roundsInAWorld = 10; // each has to read what those before it left behind
        for (var (request, killed) = (1, true); killed; request++)
        {
            if (request % roundsInAWorld == 1)
            {
                await DisposeAsync();
                await InitializeAsync();
                await PutPolicyAsync();
            }
            var author = $"author{request}";
            await _world.ReceiveAsync(Words(author, $"{request}-judged"));
            await _world.WorkAsync();
            await DrainAsync(); // also what was told
            await _world.ReceiveAsync(Words(author, $"{request}-waits"));
            var message = Message(author);
            await _world.Queue(QueueNames.Erasures).ClearMessagesAsync();
            _world.Storage.KillAt(request, afterwards);
            await IfAliveAsync(() => _world.Get<Erasures>().AskAsync(message, CancellationToken.None));
            await IfAliveAsync(() => RunAsync(message));
            killed = _world.Storage.HasKilled;
            _world.Storage.Reset();

            await _world.Get<Erasures>().AskAsync(message, CancellationToken.None);
            Assert.Equal(ErasureState.Done, (await RunAsync(message)).State);
            await _world.WorkAsync();
            await _world.Queue(QueueNames.Erasures).ClearMessagesAsync(); // pieces that are done
            await DrainAsync();
            Assert.Empty(await MentionsAsync(author));
            Assert.True(request < 400, "It is never not killed.");
        }
    }

    [Fact]
    public async Task AnErasureThatFailsEveryTrySaysSo()
    {
        var message = await AskAsync("anna");
        await _world.Make<ParkErasures>().Run(Encoding.UTF8.GetString(message.ToBytes()), CancellationToken.None);
        var (status, receipt) = await CallAsync(f => f.Receipt(Request("GET"), "demo", message.Id, CancellationToken.None));
        Assert.Equal((200, "failed"), (status, (string?)receipt["state"]));
        Assert.Throws<FormatException>(() => ErasureMessage.Parse("no JSON"));
        Assert.Throws<FormatException>(() => ErasureMessage.Parse("{\"type\":\"erasure\",\"version\":2}"));
    }

    [Fact]
    public async Task OverHttpItNeedsAReasonAndNamesTheAuthorNowhere()
    {
        var (status, problem) = await CallAsync(f => f.Erase(Request("POST", $"{{\"by\":\"{new string('x', 101)}\"}}"), "demo", "No!", "anna", CancellationToken.None));
        Assert.Equal(400, status);
        Assert.Equal(["platform", "reason", "by"], problem["errors"]!.AsArray().Select(e => (string?)e!["field"]));

        var request = Request("POST", "{\"reason\":\"asked by mail\",\"by\":\"Carla\"}");
        (status, var receipt) = await CallAsync(f => f.Erase(request, "demo", "wordpress", "blog%2F7", CancellationToken.None));
        Assert.Equal((202, "running", "tests/Carla"), (status, (string?)receipt["state"], (string?)receipt["by"]));
        Assert.Equal($"/api/communities/demo/erasures/{receipt["id"]}", request.HttpContext.Response.Headers.Location.ToString());
        Assert.Equal(AuditTrail.AuthorTarget(World.Demo, PlatformId.Parse("wordpress"), "blog/7"), (string?)receipt["author"]);
        var entry = Assert.Single(await _world.RowsAsync(_world.Tables.Audit));
        Assert.Equal(("author.erased", (string?)receipt["author"], "asked by mail"), (entry.GetString("Act"), entry.GetString("Target"), entry.GetString("Note")));
        (status, var list) = await CallAsync(f => f.Receipts(Request("GET"), "demo", CancellationToken.None));
        Assert.Equal((string?)receipt["id"], (string?)Assert.Single(list["items"]!.AsArray())!["id"]);
        Assert.Equal(404, (await CallAsync(f => f.Receipt(Request("GET"), "demo", "nothing", CancellationToken.None))).Status);
    }

    [Fact]
    public async Task AnExportHoldsEverything()
    {
        await PutPolicyAsync();
        await LiveAsync("anna");
        await LiveAsync("bruno");
        var (status, export) = await CallAsync(f => f.Export(Request("GET"), "demo", "facebook", "anna", CancellationToken.None));
        Assert.Equal((200, "anna", true), (status, (string?)export["author"], (bool)export["profile"]!["trusted"]!));
        var comments = export["comments"]!.AsArray().ToDictionary(c => (string)c!["id"]!, c => c!);
        Assert.Equal(["anna-edited", "anna-judged", "anna-parked", "anna-waits"], comments.Keys.Order(StringComparer.Ordinal)); // what was removed is not held
        var judged = comments["anna-judged"];
        Assert.Equal(("parole di anna", "Name of anna", "https://x.example/@anna/1"), ((string?)judged["text"], (string?)judged["authorName"], (string?)judged["permalink"]));
        Assert.Equal(("t", "hide", "Grazie, Name of anna."), ((string?)judged["verdict"]!["rule"], (string?)judged["decision"], (string?)judged["verdict"]!["reply"]!["text"]));
        Assert.Equal("anna was rude", (string?)judged["ruling"]!["reason"]);
        Assert.NotNull(judged["scores"]!["negative"]);
        Assert.Contains(judged["actions"]!.AsArray(), a => (string?)a!["text"] == "Grazie, Name of anna.");
        Assert.Equal("waiting", (string?)comments["anna-waits"]["state"]);
        Assert.DoesNotContain("bruno", export.ToJsonString(), StringComparison.Ordinal);
        var entry = Assert.Single(await _world.RowsAsync(_world.Tables.Audit));
        Assert.Equal(("author.exported", AuditTrail.AuthorTarget(World.Demo, PlatformId.Parse("facebook"), "anna")), (entry.GetString("Act"), entry.GetString("Target")));
    }

    private async Task PutPolicyAsync() => Assert.True(await _world.Get<IPolicyStore>().AddAsync(
        World.Demo, DocumentKinds.Policy, new DocumentVersion(1, Policy, "anybody", "", _world.Time.Now), CancellationToken.None));

    /// <summary>Puts an author's words into every place that keeps any.</summary>
    private async Task LiveAsync(string author)
    {
        await _world.Get<IAuthorStore>().SaveProfileAsync(World.Demo, PlatformId.Parse("facebook"), author, new AuthorProfile(true, false, [new AuthorLabel($"friend-of-{author}", null)]), CancellationToken.None);
        await _world.ReceiveAsync(Words(author, $"{author}-judged"), Words(author, $"{author}-removed"));
        await _world.WorkAsync();
        await DrainAsync(); // what follows is still in the queues when the author is erased
        await _world.ReceiveAsync(Words(author, $"{author}-edited"));
        await _world.WorkAsync();
        await _world.ReceiveAsync(Words(author, $"{author}-edited") with { Text = $"altre parole di {author}", EditedAt = _world.Time.Now });
        await _world.WorkAsync();
        await _world.ReceiveAsync(Words(author, $"{author}-removed") with { Text = "", Removed = true });
        await _world.WorkAsync();

        var store = _world.Get<IModerationStore>();
        var standing = (await store.FindOutcomeAsync((await store.FindCommentAsync(World.Demo, Words(author, $"{author}-judged").Key, CancellationToken.None))!, CancellationToken.None))!;
        var ruled = (standing.Outcome with { Ruling = new Ruling("r", Decision.Hide, "carla", _world.Time.Now, 1) { Reason = $"{author} was rude" } })
            .After(new OutcomeEvent(_world.Time.Now, OutcomeEventKind.Overruled, "carla", Decision.Hide, 1, $"{author} was rude"));
        Assert.True(await store.ReplaceAsync(standing, ruled, CancellationToken.None));
        await store.RecordAuthorsAsync([ruled], CancellationToken.None);

        var parked = Words(author, $"{author}-parked");
        await _world.ReceiveAsync(parked);
        await _world.Queue(QueueNames.Comments).ClearMessagesAsync();
        await _world.Get<IDeadLetterStore>().ParkAsync(new DeadLetter(parked, _world.Time.Now, "a test"), CancellationToken.None);
        var source = _world.Get<Sources>().All.Single();
        await _world.Get<IIntakeStore>().ParkAsync(new UnreadablePart(source, "why", Encoding.UTF8.GetBytes($"{{\"from\":{{\"id\":\"{author}\"}}}}"), _world.Time.Now), CancellationToken.None);
        await _world.Get<IDeadLetterStore>().ParkUnreadableAsync($"m-{author.Length}", $"{{\"author\":\"{author}\"}}", _world.Time.Now, "why", CancellationToken.None);
        await _world.Get<DigestCompiler>().CompileAsync(_world.Community, DigestName.Day(LocalDay.Of(_world.Time.Now, _world.Community.Zone).Date), CancellationToken.None);
        await _world.ReceiveAsync(Words(author, $"{author}-waits"));
        await _world.Queue(QueueNames.Comments).ClearMessagesAsync();
    }

    private Comment Words(string author, string id) => _world.Some(id, $"parole di {author}") with
    {
        Key = new CommentKey(PlatformId.Parse("facebook"), id),
        Source = "facebook/page",
        Author = new Author(author, $"Name of {author}"),
        Permalink = $"https://x.example/@{author}/1",
        ThreadId = $"page/{author}",
    };

    /// <summary>Works on every queue until it is empty, as the host does; nothing is sent anywhere.</summary>
    private async Task DrainAsync()
    {
        await DrainAsync(QueueNames.Actions, async m =>
        {
            var (store, action) = (_world.Get<IActionStore>(), ActionMessage.Parse(m));
            if (await store.FindCommentAsync(World.Demo, action.Key, CancellationToken.None) is { Erased: true })
                await _world.Make<PerformActions>().Run(m, CancellationToken.None);
            else
                await store.AddAsync(action, CancellationToken.None);
        });
        await DrainAsync(QueueNames.Webhooks, async m => await _world.Get<IWebhookStore>().AddAsync(WebhookDelivery.Parse(m), CancellationToken.None));
    }

    private async Task DrainAsync(string name, Func<string, Task> work)
    {
        var queue = _world.Queue(name);
        while ((await queue.ReceiveMessageAsync()).Value is { } message)
        {
            await work(message.Body.ToString());
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    private async Task<Erasure> EraseAsync(string author)
    {
        var message = await AskAsync(author);
        var receipt = await RunAsync(message);
        await _world.Queue(QueueNames.Erasures).ClearMessagesAsync(); // the second look's message waits there, and was done by hand
        return receipt;
    }

    private async Task<ErasureMessage> AskAsync(string author)
    {
        var message = Message(author);
        await _world.Get<Erasures>().AskAsync(message, CancellationToken.None);
        return message;
    }

    /// <summary>Does every piece, also those that wait in the queue for their time.</summary>
    private async Task<Erasure> RunAsync(ErasureMessage message)
    {
        while (await ReceiptAsync(message) is { State: ErasureState.Running } receipt)
            await _world.Make<RunErasure>().Run(Encoding.UTF8.GetString((message with { Step = receipt.Step }).ToBytes()), CancellationToken.None);
        return await ReceiptAsync(message);
    }

    private async Task<Erasure> ReceiptAsync(ErasureMessage message) => (await _world.Get<IErasureStore>().FindAsync(World.Demo, message.Id, CancellationToken.None))!;

    private ErasureMessage Message(string author) => new(
        "demo", Guid.CreateVersion7(_world.Time.Now).ToString("n"), "facebook", author, AuditTrail.AuthorTarget(World.Demo, PlatformId.Parse("facebook"), author), "tests", "asked", _world.Time.Now, 0);

    /// <summary>Every place that still has the author's id, name or words: rows of all tables, messages of all queues. Ids of comments stay.</summary>
    private async Task<List<string>> MentionsAsync(string author)
    {
        var mentions = new List<string>();
        foreach (var table in _world.Tables.All)
        {
            foreach (var row in await _world.RowsAsync(table))
            {
                mentions.AddRange(row.Where(p => p.Key != "odata.etag" && Mentions(p.Value, author)).Select(p => $"{table.Name} {row.PartitionKey} {row.RowKey} {p.Key}"));
                if (row.PartitionKey.EndsWith($"~{author}", StringComparison.Ordinal))
                    mentions.Add($"{table.Name} {row.PartitionKey}");
            }
        }
        foreach (var name in QueueNames.All)
            mentions.AddRange((await _world.Queue(name).PeekMessagesAsync(32)).Value.Where(m => Mentions(m.Body.ToString(), author)).Select(_ => name));
        return mentions;
    }

    /// <summary>The same without what wanders from a queue into its table.</summary>
    private async Task<List<string>> KeptAsync(string author) =>
        [.. (await MentionsAsync(author)).Where(m => m != QueueNames.Actions && !m.StartsWith(QueueNames.Webhooks, StringComparison.Ordinal))];

    private static bool Mentions(object? value, string author)
    {
        var text = value switch { string s => s, byte[] bytes => Encoding.UTF8.GetString(bytes), BinaryData data => data.ToString(), _ => "" };
        foreach (var suffix in new[] { "judged", "removed", "edited", "parked", "waits" })
            text = text.Replace($"{author}-{suffix}", "", StringComparison.Ordinal);
        return text.Contains(author, StringComparison.OrdinalIgnoreCase);
    }

    private async Task IfAliveAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception) when (_world.Storage.HasKilled)
        {
            // That is what the test is about: somebody goes on afterwards.
        }
    }

    private async Task<(int Status, JsonNode Answer)> CallAsync(Func<PrivacyFunctions, Task<IResult>> call)
    {
        var (status, body) = await SignatureTests.ExecuteAsync(await call(_world.Make<PrivacyFunctions>()));
        return (status, JsonNode.Parse(body)!);
    }

    private static HttpRequest Request(string method, string? body = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers.Authorization = $"Bearer {World.ApiKey}";
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        return context.Request;
    }
}
