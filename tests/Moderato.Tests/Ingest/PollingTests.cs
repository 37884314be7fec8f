using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting.Worker;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Ingest;

/// <summary>Platforms that must be asked, against real servers that answer as their interfaces do.</summary>
public sealed class PollingTests : IAsyncLifetime
{
    private PlatformServer _server = null!;
    private World? _world;

    private World World => _world!;

    public async Task InitializeAsync() => _server = await PlatformServer.StartAsync();

    public async Task DisposeAsync()
    {
        if (_world is not null)
            await _world.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task YouTubesThreadsAndTheirRepliesAreRead()
    {
        await OpenAsync("youtube", ("Account", "UCshop"), ("Token", "an-api-key"));
        _server.Answer = asked => asked.Path.EndsWith("/commentThreads", StringComparison.Ordinal)
            ? new Answered(200, $$"""{"items":[{{Thread("a", 1, Comment("a.1", "d'accordo", "UCother", "a"))}},{{Thread("b", 0)}}]}""")
            : new Answered(500);

        await PollAsync();

        Assert.Equal(["a", "a.1", "b"], (await CommentsAsync()).Select(c => c.Key.Id));
        var reply = (await CommentsAsync())[1];
        Assert.Equal(("a", "v1", "https://www.youtube.com/watch?v=v1&lc=a.1", new Author("UCother", "@UCother")), (reply.ParentId, reply.ThreadId, reply.Permalink, reply.Author));
        var asked = Assert.Single(_server.Requests);
        Assert.Equal("an-api-key", asked.Headers["X-Goog-Api-Key"].ToString());
        Assert.Equal("UCshop", asked.Query["allThreadsRelatedToChannelId"].ToString());
        Assert.False(asked.Query.ContainsKey("key"));
    }

    [Fact]
    public async Task ANewReplyUnderAnOldThreadIsSeenByItsCount()
    {
        await OpenAsync("youtube", ("Account", "UCshop"), ("Token", "an-api-key"));
        var replies = 0;
        _server.Answer = asked => asked.Path.EndsWith("/commentThreads", StringComparison.Ordinal)
            ? new Answered(200, $$"""{"items":[{{Thread("a", replies)}}]}""")
            : new Answered(200, $$"""{"items":[{{Comment("a.1", "eccomi", "UCother", "a")}}]}""");
        await PollAsync();

        replies = 1;
        await PollAsync();
        await PollAsync();

        Assert.Equal(["a", "a.1"], (await CommentsAsync()).Select(c => c.Key.Id));
        Assert.Equal(1, _server.Requests.Count(r => r.Path.EndsWith("/comments", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnEditedYouTubeCommentIsReadAgainAndOurOwnIsNot()
    {
        await OpenAsync("youtube", ("Account", "UCshop"), ("Token", "an-api-key"));
        var text = "Bello";
        _server.Answer = _ => new Answered(200, $$"""{"items":[{{Thread("a", 1, Comment("a.1", "grazie!", "UCshop", "a"), text, text == "Bello" ? "08:00:03" : "08:05:00")}}]}""");
        await PollAsync();
        text = "Bello, ma caro";
        await PollAsync();

        var comment = Assert.Single(await CommentsAsync());
        Assert.Equal(("Bello, ma caro", 2), (comment.Text, comment.Revision));
    }

    [Fact]
    public async Task WhenYouTubesQuotaIsSpentItIsLeftAloneUntilTheNextDayInCalifornia()
    {
        await OpenAsync("youtube", ("Account", "UCshop"), ("Token", "an-api-key"));
        _server.Answer = _ => new Answered(403, """{"error":{"code":403,"errors":[{"domain":"youtube.quota","reason":"quotaExceeded"}]}}""");

        await PollAsync();

        // 9:30 in London's winter is 2:30 in California's summer time.
        var state = await StateAsync();
        Assert.Equal((World.Time.Now - TimeSpan.FromMinutes(10) + TimeSpan.FromHours(21.5), 1), (state.NextAt, state.Failures));
        await PollAsync();
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task TheWordsThatATalkPageGainsAreTheComment()
    {
        await OpenAsync("mediawiki", ("Address", $"{_server.Address}w/api.php"));
        _server.Answer = asked => asked.Query["list"] == "recentchanges"
            ? new Answered(200, """
                {"query":{"recentchanges":[
                  {"type":"edit","ns":1,"title":"Talk:Orari","pageid":42,"revid":1002,"old_revid":1001,"rcid":7,"user":"Anna","userid":77,"timestamp":"2026-03-10T09:00:03Z","tags":[]},
                  {"type":"edit","ns":1,"title":"Talk:Orari","pageid":42,"revid":1003,"old_revid":1002,"rcid":8,"user":"Admin","userid":1,"timestamp":"2026-03-10T09:10:00Z","tags":["mw-undo"]},
                  {"type":"new","ns":3,"title":"User talk:Shop","pageid":43,"revid":1004,"old_revid":0,"rcid":9,"user":"203.0.113.5","userid":0,"timestamp":"2026-03-10T09:20:00Z","tags":[]}]}}
                """)
            : new Answered(200, """
                {"query":{"pages":[
                  {"pageid":42,"revisions":[
                    {"revid":1001,"slots":{"main":{"content":"== Orari ==\nSiete aperti?"}}},
                    {"revid":1002,"slots":{"main":{"content":"== Orari ==\nSiete aperti?\n:'''Mai''' la [[Domenica|domenica]], dicono. --[[User:Anna|Anna]] ([[User talk:Anna|talk]]) 09:00, 10 March 2026 (UTC)"}}},
                    {"revid":1003,"slots":{"main":{"content":"== Orari ==\nSiete aperti?"}}}]},
                  {"pageid":43,"revisions":[{"revid":1004,"slots":{"main":{"content":"Vi odio, [https://spam.example compra qui]"}}}]}]}}
                """);

        await PollAsync();

        var comments = await CommentsAsync();
        Assert.Equal([("here/1002", true), ("here/1004", false)], comments.Select(c => (c.Key.Id, c.Removed)));
        Assert.Equal("Vi odio, compra qui https://spam.example", comments[1].Text);
        Assert.Equal((new Author("here/203.0.113.5", "203.0.113.5"), "here/43"), (comments[1].Author, comments[1].ThreadId));

        _server.Requests.Clear();
        await PollAsync();
        Assert.Equal("2026-03-10T09:20:00Z", Assert.Single(_server.Requests).Query["rcstart"].ToString()); // the last one again, known by its number
        Assert.Equal(2, (await CommentsAsync()).Count);
    }

    [Theory]
    [InlineData("a", "a\nb", "b")]
    [InlineData("", "one\n\ntwo", "one\ntwo")]
    [InlineData("x\nx", "x\nx\nx", "x")]
    [InlineData("b\na", "a\nb", "")]
    [InlineData("", ":::* ''Sì'', [[File:A.png]] e {{ok}}", "Sì, File:A.png e {{ok}}")]
    [InlineData("", "Grazie. --[[Utente:Anna|Anna]] ([[Discussioni utente:Anna|msg]]) 10:00, 10 mar 2026 (CET)", "Grazie.")]
    [InlineData("", "== Nuovo tema ==", "Nuovo tema")]
    public void OnlyWhatAReaderSeesIsWords(string earlier, string later, string added) => Assert.Equal(added, MediaWiki.Added(earlier, later));

    [Fact]
    public async Task DiscordsChannelsAreReadFromWhereTheLastTimeEnded()
    {
        await OpenAsync("discord", ("Token", "a-bots-token"), ("Channels:0", "290"));
        _server.Answer = asked => new Answered(200, asked.Query.ContainsKey("after") ? $"[{Message("9007199254740993")}]" : $"[{Message("9007199254740992")},{Message("9007199254740990", bot: true)}]");

        await PollAsync();
        await PollAsync();

        Assert.Equal(["9007199254740992", "9007199254740993"], (await CommentsAsync()).Select(c => c.Key.Id));
        Assert.Equal(["", "9007199254740992"], _server.Requests.Select(r => r.Query["after"].ToString()));
        Assert.All(_server.Requests, r => Assert.Equal(("/api/v10/channels/290/messages", "Bot a-bots-token"), (r.Path, r.Headers.Authorization.ToString())));
    }

    [Fact]
    public async Task MastodonsMentionsAreReadFromWhereTheLastTimeEnded()
    {
        await OpenAsync("mastodon", ("Token", "a-users-token"), ("Address", _server.Address.ToString()));
        _server.Answer = asked => new Answered(200, asked.Query.ContainsKey("min_id") ? "[]" : """
            [{"id":"34975861","type":"mention","created_at":"2026-03-10T09:00:00.000Z","status":{"id":"103","created_at":"2026-03-10T09:00:00.000Z","content":"<p>Ciao</p>",
              "account":{"id":"22","acct":"anna","display_name":"Anna"}}}]
            """);

        await PollAsync();
        await PollAsync();

        Assert.Equal("here/103", Assert.Single(await CommentsAsync()).Key.Id);
        Assert.Equal("34975861", _server.Requests.Last().Query["min_id"].ToString());
    }

    [Fact]
    public async Task WhoeverFailsIsLeftAloneLongerEachTimeAndForgivenWhenItWorks()
    {
        await OpenAsync("discord", ("Token", "a-bots-token"), ("Channels:0", "290"));
        var waits = new List<double>();
        foreach (var answer in new[] { new Answered(503), Answered.Broken, new Answered(429, "{}", ("Retry-After", "600")), new Answered(401, "{}") })
        {
            _server.Answer = _ => answer;
            var at = World.Time.Now;
            await World.Make<PollSources>().Run(new TimerInfo(), CancellationToken.None);
            var state = await StateAsync();
            waits.Add((state.NextAt - at).TotalMinutes);
            World.Time.Advance(state.NextAt - at);
        }
        Assert.Equal([1, 2, 10, 60], waits);

        _server.Answer = _ => new Answered(200, "[]");
        await PollAsync();
        Assert.Equal(0, (await StateAsync()).Failures);
    }

    [Fact]
    public async Task OnePlatformsTroubleDoesNotStopTheOthersAndAPartialReadIsKept()
    {
        await OpenAsync("discord", ("Token", "a-bots-token"), ("Channels:0", "290"), ("Channels:1", "291"));
        _server.Answer = asked => asked.Path.Contains("290", StringComparison.Ordinal) ? new Answered(200, $"[{Message("5")}]") : new Answered(500);

        await PollAsync();

        Assert.Equal("5", Assert.Single(await CommentsAsync()).Key.Id);
        Assert.Null((await StateAsync()).Cursor);
    }

    [Fact]
    public async Task WhatNobodyForesawOnOnePlatformDoesNotStopTheOthers()
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (i, id) in new[] { "broken", "here" }.Index())
        {
            settings[$"Moderato:Sources:{i + 1}:Id"] = id;
            settings[$"Moderato:Sources:{i + 1}:Platform"] = "discord";
            settings[$"Moderato:Sources:{i + 1}:Community"] = "demo";
            settings[$"Moderato:Sources:{i + 1}:Address"] = _server.Address.ToString();
            settings[$"Moderato:Sources:{i + 1}:Token"] = "a-bots-token";
            settings[$"Moderato:Sources:{i + 1}:Channels:0"] = id;
        }
        _world = await World.CreateAsync(settings);
        _server.Answer = _ => new Answered(200, $"[{Message("5")}]");
        var broken = World.Get<Sources>().All.Single(s => s.Id == "broken");
        await World.Get<IPollStore>().SaveAsync(broken, new PollState("no cursor of ours", DateTimeOffset.UnixEpoch.AddYears(40), 0), CancellationToken.None);

        await Assert.ThrowsAsync<AggregateException>(() => World.Make<PollSources>().Run(new TimerInfo(), CancellationToken.None));

        Assert.Equal("here", Assert.Single(_server.Requests).Path.Split('/')[4]);
        Assert.Single(await CommentsAsync());
    }

    [Fact]
    public async Task AShopIsAskedForTheReviewThatItsWebhookNames()
    {
        await OpenAsync("woocommerce", ("Token", "ck_1:cs_1"), ("Address", _server.Address.ToString()), ("Secrets:0", "the-webhooks-secret"));
        _server.Answer = asked => asked.Path == "/wp-json/wc/v3/products/reviews/123"
            ? new Answered(200, """
                {"id":123,"date_created_gmt":"2026-03-10T08:00:03","product_id":22,"product_permalink":"https://shop.example/p/","status":"approved","reviewer":"Anna",
                 "reviewer_email":"anna@example.org","review":"<p>Rotto dopo un giorno.</p>","rating":5}
                """)
            : new Answered(404, """{"code":"woocommerce_rest_review_invalid_id"}""");

        Receive(new WooCommerce(), """{"action":"comment_post","arg":123}""", out var delivery);
        await World.Get<Receiving>().ReceiveAsync(delivery, CancellationToken.None);
        await FetchAsync();

        var review = Assert.Single(await CommentsAsync());
        Assert.Equal(("here/123", "Rotto dopo un giorno.", 5, "here/22"), (review.Key.Id, review.Text, review.Stars, review.ThreadId));
        Assert.Equal($"Basic {Convert.ToBase64String("ck_1:cs_1"u8)}", Assert.Single(_server.Requests).Headers.Authorization.ToString());

        await World.WorkAsync();
        var outcome = Assert.Single(await World.OutcomesAsync());
        Assert.True(outcome.Signals!.StarsDisagree);

        _server.Answer = _ => new Answered(404, "{}");
        Receive(new WooCommerce(), """{"action":"edit_comment","arg":123}""", out delivery);
        await World.Get<Receiving>().ReceiveAsync(delivery, CancellationToken.None);
        await FetchAsync();
        Assert.True(Assert.Single(await CommentsAsync()).Removed);
    }

    [Theory]
    [InlineData(500, 10, "HTTP 500")]
    [InlineData(403, 1, "HTTP 403")]
    public async Task AQuestionIsAskedAgainLaterAndAtLastParked(int status, int times, string reason)
    {
        await OpenAsync("woocommerce", ("Token", "ck_1:cs_1"), ("Address", _server.Address.ToString()), ("Secrets:0", "the-webhooks-secret"));
        _server.Answer = _ => new Answered(status, "{}");
        var fetch = JsonSerializer.Serialize(new Fetch("woocommerce", "here", "123"), JsonSerializerOptions.Web);

        for (var attempt = 0; attempt < times; attempt++)
            await World.Make<FetchComments>().Run(fetch.Replace("\"attempt\":0", $"\"attempt\":{attempt}", StringComparison.Ordinal), CancellationToken.None);

        var parked = Assert.Single(await World.RowsAsync(World.Tables.DeadLetters));
        Assert.Equal($"a comment could not be asked for: {reason}", parked.GetString("Reason"));
        Assert.Equal(times - 1, (await World.Queue(QueueNames.Fetches).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task AQuestionThatBrokeTheAppIsParkedWhole()
    {
        await OpenAsync("woocommerce", ("Token", "ck_1:cs_1"), ("Address", _server.Address.ToString()), ("Secrets:0", "the-webhooks-secret"));
        var fetch = JsonSerializer.Serialize(new Fetch("woocommerce", "here", "123"), JsonSerializerOptions.Web);
        await World.Make<ParkFetches>().Run(fetch, CancellationToken.None);
        await World.Make<ParkFetches>().Run("no JSON", CancellationToken.None);
        Assert.Equal(fetch, Encoding.UTF8.GetString(Assert.Single(await World.RowsAsync(World.Tables.DeadLetters)).GetBinary("Message")!));
    }

    [Fact]
    public void AShopsPingIsAnsweredThoughNobodySignedIt()
    {
        var source = Platforms.Deliveries.Source("woocommerce", "the-webhooks-secret");
        Assert.NotNull(new WooCommerce().AnswerHandshake(Platforms.Deliveries.Post("webhook_id=5"u8.ToArray(), []), source));
        Assert.Null(new WooCommerce().AnswerHandshake(Platforms.Deliveries.Post("""{"action":"comment_post","arg":1}"""u8.ToArray(), []), source));
    }

    private async Task OpenAsync(string platform, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Moderato:Sources:1:Id"] = "here",
            ["Moderato:Sources:1:Platform"] = platform,
            ["Moderato:Sources:1:Community"] = "demo",
            ["Moderato:Sources:1:Address"] = _server.Address.ToString(),
        };
        foreach (var (name, value) in settings)
            all[$"Moderato:Sources:1:{name}"] = value;
        _world = await World.CreateAsync(all);
    }

    /// <summary>Asks once, ten minutes after the last time.</summary>
    private async Task PollAsync()
    {
        await World.Make<PollSources>().Run(new TimerInfo(), CancellationToken.None);
        World.Time.Advance(TimeSpan.FromMinutes(10));
    }

    private async Task FetchAsync()
    {
        var queue = World.Queue(QueueNames.Fetches);
        while ((await queue.ReceiveMessageAsync()).Value is { } message)
        {
            await World.Make<FetchComments>().Run(message.Body.ToString(), CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
        World.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private void Receive(WooCommerce connector, string body, out Delivery delivery)
    {
        var source = World.Get<Sources>().All.Single(s => s.Id == "here");
        delivery = new Delivery(source, World.Get<Sources>(), World.Time.Now);
        connector.Read(Platforms.Deliveries.Post(Encoding.UTF8.GetBytes(body), []), delivery);
    }

    private Task<PollState> StateAsync() => World.Get<IPollStore>().ReadAsync(World.Get<Sources>().All.Single(s => s.Id == "here"), CancellationToken.None);

    private async Task<List<Comment>> CommentsAsync() => [.. (await World.RowsAsync(World.Tables.Comments))
        .Where(r => r.RowKey.StartsWith("c~", StringComparison.Ordinal)).Select(Moderato.Storage.CommentRow.Read).OrderBy(c => c.Key.Id, StringComparer.Ordinal)];

    private static string Thread(string id, int replies, string shown = "", string text = "Bello &amp; utile", string updated = "08:00:03") => $$"""
        {"id":"{{id}}","snippet":{"channelId":"UCshop","videoId":"v1","totalReplyCount":{{replies}},"topLevelComment":{{Comment(id, text, "UCviewer", null, updated)}} },
         "replies":{"comments":[{{shown}}]} }
        """;

    private static string Comment(string id, string text, string author, string? parent, string updated = "08:00:03") => $$"""
        {"id":"{{id}}","snippet":{"videoId":"v1","textDisplay":"{{text}}","parentId":"{{parent}}","authorDisplayName":"@{{author}}","authorChannelId":{"value":"{{author}}"},
         "publishedAt":"2026-03-10T08:00:03Z","updatedAt":"2026-03-10T{{updated}}Z"} }
        """;

    private static string Message(string id, bool bot = false) => $$"""
        {"id":"{{id}}","channel_id":"290","guild_id":"28","type":0,"content":"ciao","timestamp":"2026-03-10T08:00:03.000000+00:00","edited_timestamp":null,
         "author":{"id":"539","username":"mason","bot":{{(bot ? "true" : "false")}} } }
        """;
}
