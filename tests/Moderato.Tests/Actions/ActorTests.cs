using Moderato.Actions;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Actions;

/// <summary>What each platform is asked, against a real server, and what its answers mean.</summary>
public sealed class ActorTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    private PlatformServer _server = null!;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    public async Task InitializeAsync() => _server = await PlatformServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("facebook", ActionKind.Hide, "POST /v25.0/1_2", "is_hidden=true", "Bearer token")]
    [InlineData("facebook", ActionKind.Unhide, "POST /v25.0/1_2", "is_hidden=false", "Bearer token")]
    [InlineData("facebook", ActionKind.Delete, "DELETE /v25.0/1_2", "", "Bearer token")]
    [InlineData("facebook", ActionKind.Reply, "POST /v25.0/1_2/comments", "message=Ci+dispiace%21", "Bearer token")]
    [InlineData("facebook", ActionKind.BanAuthor, "POST /v25.0/us/blocked", "user=77", "Bearer token")]
    [InlineData("facebook", ActionKind.UnbanAuthor, "DELETE /v25.0/us/blocked", "", "Bearer token")]
    [InlineData("instagram", ActionKind.Hide, "POST /v25.0/1_2", "hide=true", "Bearer token")]
    [InlineData("instagram", ActionKind.Unhide, "POST /v25.0/1_2", "hide=false", "Bearer token")]
    [InlineData("instagram", ActionKind.Delete, "DELETE /v25.0/1_2", "", "Bearer token")]
    [InlineData("instagram", ActionKind.Reply, "POST /v25.0/1_2/replies", "message=Ci+dispiace%21", "Bearer token")]
    [InlineData("messenger", ActionKind.MarkSpam, "POST /v25.0/us/moderate_conversations", """{"user_ids":[{"id":"77"}],"actions":["move_to_spam"]}""", "Bearer token")]
    [InlineData("messenger", ActionKind.BanAuthor, "POST /v25.0/us/moderate_conversations", """{"user_ids":[{"id":"77"}],"actions":["block_user"]}""", "Bearer token")]
    [InlineData("messenger", ActionKind.UnbanAuthor, "POST /v25.0/us/moderate_conversations", """{"user_ids":[{"id":"77"}],"actions":["unblock_user"]}""", "Bearer token")]
    [InlineData("messenger", ActionKind.Reply, "POST /v25.0/us/messages", """{"recipient":{"id":"77"},"messaging_type":"RESPONSE","message":{"text":"Ci dispiace!"}}""", "Bearer token")]
    [InlineData("x", ActionKind.Hide, "PUT /2/tweets/1_2/hidden", """{"hidden":true}""", "Bearer token")]
    [InlineData("x", ActionKind.Unhide, "PUT /2/tweets/1_2/hidden", """{"hidden":false}""", "Bearer token")]
    [InlineData("x", ActionKind.Reply, "POST /2/tweets", """{"text":"Ci dispiace!","reply":{"in_reply_to_tweet_id":"1_2"}}""", "Bearer token")]
    [InlineData("x", ActionKind.RestrictAuthor, "POST /2/users/us/muting", """{"target_user_id":"77"}""", "Bearer token")]
    [InlineData("x", ActionKind.UnrestrictAuthor, "DELETE /2/users/us/muting/77", "", "Bearer token")]
    [InlineData("telegram", ActionKind.Delete, "POST /bottoken/deleteMessage", """{"chat_id":"-100","message_id":"7"}""", "")]
    [InlineData("telegram", ActionKind.Reply, "POST /bottoken/sendMessage", """{"chat_id":"-100","text":"Ci dispiace!","reply_parameters":{"message_id":7}}""", "")]
    [InlineData("telegram", ActionKind.RestrictAuthor, "POST /bottoken/restrictChatMember", """{"chat_id":"-100","user_id":"77","permissions":{"can_send_messages":false},"until_date":1773739800}""", "")]
    [InlineData("telegram", ActionKind.BanAuthor, "POST /bottoken/banChatMember", """{"chat_id":"-100","user_id":"77"}""", "")]
    [InlineData("telegram", ActionKind.UnbanAuthor, "POST /bottoken/unbanChatMember", """{"chat_id":"-100","user_id":"77","only_if_banned":true}""", "")]
    [InlineData("discourse", ActionKind.Hide, "POST /post_actions.json", """{"id":"123","post_action_type_id":4,"take_action":true}""", "")]
    [InlineData("discourse", ActionKind.MarkSpam, "POST /post_actions.json", """{"id":"123","post_action_type_id":8,"take_action":true}""", "")]
    [InlineData("discourse", ActionKind.Unhide, "PUT /posts/123/unhide.json", "", "")]
    [InlineData("discourse", ActionKind.UnmarkSpam, "PUT /posts/123/unhide.json", "", "")]
    [InlineData("discourse", ActionKind.Delete, "DELETE /posts/123.json", "", "")]
    [InlineData("discourse", ActionKind.Restore, "PUT /posts/123/recover.json", "", "")]
    [InlineData("discourse", ActionKind.Reply, "POST /posts.json", """{"raw":"Ci dispiace!","topic_id":"88","reply_to_post_number":"5"}""", "")]
    [InlineData("discourse", ActionKind.RestrictAuthor, "PUT /admin/users/77/silence.json", """{"silenced_till":"2026-03-17T09:30:00Z","reason":"Moderato"}""", "")]
    [InlineData("discourse", ActionKind.UnrestrictAuthor, "PUT /admin/users/77/unsilence.json", "", "")]
    [InlineData("discourse", ActionKind.BanAuthor, "PUT /admin/users/77/suspend.json", """{"suspend_until":"2036-03-07T09:30:00Z","reason":"Moderato"}""", "")]
    [InlineData("discourse", ActionKind.UnbanAuthor, "PUT /admin/users/77/unsuspend.json", "", "")]
    [InlineData("wordpress", ActionKind.Hold, "POST /wp-json/wp/v2/comments/123", """{"status":"hold"}""", "Basic dG9rZW4=")]
    [InlineData("wordpress", ActionKind.Hide, "POST /wp-json/wp/v2/comments/123", """{"status":"hold"}""", "Basic dG9rZW4=")]
    [InlineData("wordpress", ActionKind.Approve, "POST /wp-json/wp/v2/comments/123", """{"status":"approved"}""", "Basic dG9rZW4=")]
    [InlineData("wordpress", ActionKind.Unhide, "POST /wp-json/wp/v2/comments/123", """{"status":"approved"}""", "Basic dG9rZW4=")]
    [InlineData("wordpress", ActionKind.MarkSpam, "POST /wp-json/wp/v2/comments/123", """{"status":"spam"}""", "Basic dG9rZW4=")]
    [InlineData("wordpress", ActionKind.Delete, "POST /wp-json/wp/v2/comments/123", """{"status":"trash"}""", "Basic dG9rZW4=")]
    [InlineData("wordpress", ActionKind.Reply, "POST /wp-json/wp/v2/comments", """{"post":88,"parent":123,"content":"Ci dispiace!"}""", "Basic dG9rZW4=")]
    [InlineData("woocommerce", ActionKind.Hold, "PUT /wp-json/wc/v3/products/reviews/123", """{"status":"hold"}""", "Basic dG9rZW4=")]
    [InlineData("woocommerce", ActionKind.MarkSpam, "PUT /wp-json/wc/v3/products/reviews/123", """{"status":"spam"}""", "Basic dG9rZW4=")]
    [InlineData("trustpilot", ActionKind.Reply, "POST /v1/private/reviews/123/reply", """{"message":"Ci dispiace!"}""", "Bearer fresh")]
    [InlineData("linkedin", ActionKind.Reply, "POST /rest/socialActions/urn:li:comment:(urn:li:activity:70,71)/comments", """{"actor":"us","object":"urn:li:activity:70","parentComment":"urn:li:comment:(urn:li:activity:70,71)","message":{"text":"Ci dispiace!"}}""", "Bearer token")]
    [InlineData("linkedin", ActionKind.Delete, "DELETE /rest/socialActions/urn:li:activity:70/comments/71", "", "Bearer token")]
    [InlineData("slack", ActionKind.Delete, "POST /api/chat.delete", """{"channel":"C1","ts":"1740060997.732449"}""", "Bearer token")]
    [InlineData("slack", ActionKind.Reply, "POST /api/chat.postMessage", """{"channel":"C1","text":"Ci dispiace!","thread_ts":"1740060997.732449"}""", "Bearer token")]
    [InlineData("discord", ActionKind.Delete, "DELETE /api/v10/channels/290/messages/1_2", "", "Bot token")]
    [InlineData("discord", ActionKind.RestrictAuthor, "PATCH /api/v10/guilds/us/members/77", """{"communication_disabled_until":"2026-03-17T09:30:00Z"}""", "Bot token")]
    [InlineData("discord", ActionKind.UnrestrictAuthor, "PATCH /api/v10/guilds/us/members/77", """{"communication_disabled_until":null}""", "Bot token")]
    [InlineData("discord", ActionKind.BanAuthor, "PUT /api/v10/guilds/us/bans/77", """{"delete_message_seconds":0}""", "Bot token")]
    [InlineData("discord", ActionKind.UnbanAuthor, "DELETE /api/v10/guilds/us/bans/77", "", "Bot token")]
    [InlineData("youtube", ActionKind.Hide, "POST /youtube/v3/comments/setModerationStatus?id=1_2&moderationStatus=rejected", "", "Bearer fresh")]
    [InlineData("youtube", ActionKind.Unhide, "POST /youtube/v3/comments/setModerationStatus?id=1_2&moderationStatus=published", "", "Bearer fresh")]
    [InlineData("youtube", ActionKind.Hold, "POST /youtube/v3/comments/setModerationStatus?id=1_2&moderationStatus=heldForReview", "", "Bearer fresh")]
    [InlineData("youtube", ActionKind.Approve, "POST /youtube/v3/comments/setModerationStatus?id=1_2&moderationStatus=published", "", "Bearer fresh")]
    [InlineData("youtube", ActionKind.BanAuthor, "POST /youtube/v3/comments/setModerationStatus?id=1_2&moderationStatus=rejected&banAuthor=true", "", "Bearer fresh")]
    [InlineData("youtube", ActionKind.Reply, "POST /youtube/v3/comments?part=snippet", """{"snippet":{"parentId":"1_2","textOriginal":"Ci dispiace!"}}""", "Bearer fresh")]
    [InlineData("github", ActionKind.BanAuthor, "PUT /orgs/us/blocks/Anna", "", "Bearer token")]
    [InlineData("github", ActionKind.UnbanAuthor, "DELETE /orgs/us/blocks/Anna", "", "Bearer token")]
    [InlineData("mastodon", ActionKind.Reply, "POST /api/v1/statuses", """{"status":"Ci dispiace!","in_reply_to_id":"123"}""", "Bearer token")]
    [InlineData("mastodon", ActionKind.RestrictAuthor, "POST /api/v1/accounts/77/mute", "", "Bearer token")]
    [InlineData("mastodon", ActionKind.UnrestrictAuthor, "POST /api/v1/accounts/77/unmute", "", "Bearer token")]
    [InlineData("mastodon", ActionKind.BanAuthor, "POST /api/v1/accounts/77/block", "", "Bearer token")]
    [InlineData("mastodon", ActionKind.UnbanAuthor, "POST /api/v1/accounts/77/unblock", "", "Bearer token")]
    public async Task APlatformIsAskedAsItsInterfaceWants(string platform, ActionKind kind, string asked, string body, string authorization)
    {
        _server.Answer = Obliging;
        await ActAsync(platform, kind);

        var last = _server.Requests.Last();
        var query = last.Query.Count == 0 || !asked.Contains('?', StringComparison.Ordinal) ? "" : $"?{string.Join('&', last.Query.Select(q => $"{q.Key}={q.Value}"))}";
        Assert.Equal(asked, $"{last.Method} {Uri.UnescapeDataString(last.Path)}{query}");
        Assert.Equal(body, last.Body);
        Assert.Equal(authorization, last.Headers.Authorization.ToString());
    }

    [Theory]
    [InlineData(ActionKind.Hide, "minimizeComment", "ABUSE")]
    [InlineData(ActionKind.MarkSpam, "minimizeComment", "SPAM")]
    [InlineData(ActionKind.Unhide, "unminimizeComment", "$id")]
    [InlineData(ActionKind.UnmarkSpam, "unminimizeComment", "$id")]
    [InlineData(ActionKind.Delete, "deleteIssueComment", "$id")]
    [InlineData(ActionKind.Reply, "addComment", "$body")]
    public async Task GitHubIsAskedByItsGraph(ActionKind kind, string mutation, string with)
    {
        _server.Answer = _ => new Answered(200, """{"data":{"addComment":{"commentEdge":{"node":{"id":"new"}}}}}""");
        Assert.Equal(kind == ActionKind.Reply ? "new" : null, await ActAsync("github", kind));
        var asked = Assert.Single(_server.Requests);
        Assert.Equal("POST /graphql", asked.ToString());
        Assert.Contains($"{{{mutation}(", asked.Body, StringComparison.Ordinal);
        Assert.Contains(with, asked.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActionKind.Hide, "action=revisiondelete&type=revision&ids=123&hide=content")]
    [InlineData(ActionKind.Unhide, "action=revisiondelete&type=revision&ids=123&show=content")]
    [InlineData(ActionKind.Delete, "action=edit&pageid=88&undo=123")]
    [InlineData(ActionKind.Approve, "action=patrol&revid=123")]
    [InlineData(ActionKind.Reply, "action=edit&pageid=88&appendtext=%0A%3A+Ci+dispiace%21+~~~~")]
    [InlineData(ActionKind.BanAuthor, "action=block&user=Anna&expiry=infinite")]
    [InlineData(ActionKind.UnbanAuthor, "action=unblock&user=Anna")]
    public async Task AWikiIsAskedWithATokenOfItsOwn(ActionKind kind, string body)
    {
        _server.Answer = Obliging;
        await ActAsync("mediawiki", kind);
        Assert.StartsWith(body, _server.Requests.Last().Body, StringComparison.Ordinal);
        Assert.Contains("&token=wiki%2B%5C", _server.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActionKind.Hide, "hide")]
    [InlineData(ActionKind.Reply, "reply")]
    [InlineData(ActionKind.BanAuthor, "banAuthor")]
    public async Task ASiteOfOnesOwnIsAskedBySignedWebhooks(ActionKind kind, string name)
    {
        _server.Answer = _ => new Answered(200, """{"id":"new"}""");
        Assert.Equal("new", await ActAsync("standard", kind));
        await ActAsync("standard", kind);

        var asked = _server.Requests.First();
        var (id, sent) = (asked.Headers["webhook-id"].ToString(), asked.Headers["webhook-timestamp"].ToString());
        Assert.Equal(
            Moderato.Actions.Webhooks.WebhookSender.Sign(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), id, sent, asked.Body), asked.Headers["webhook-signature"].ToString());
        Assert.Single(_server.Requests.Select(r => r.Headers["webhook-id"].ToString()).Distinct());
        Assert.Contains($"\"kind\":\"{name}\"", asked.Body, StringComparison.Ordinal);
        Assert.Equal(kind == ActionKind.Reply, asked.Body.Contains("Ci dispiace!", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(409, "{}", FailureKind.AlreadyDone)]
    [InlineData(200, """{"already":true}""", FailureKind.AlreadyDone)]
    [InlineData(410, "{}", FailureKind.Gone)]
    [InlineData(503, "{}", FailureKind.Later)]
    [InlineData(400, "{}", FailureKind.Refused)]
    public async Task WhatASiteOfOnesOwnAnswersIsUnderstood(int status, string body, FailureKind kind)
    {
        _server.Answer = _ => new Answered(status, body);
        Assert.Equal(kind, (await Assert.ThrowsAsync<PlatformException>(() => ActAsync("standard", ActionKind.Hide))).Kind);
    }

    [Fact]
    public void ACommentUnderANameOfItsOwnIsActedOnWhereItCameFrom()
    {
        var comment = new Comment
        {
            Community = CommunityId.Parse("demo"),
            Key = new CommentKey(PlatformId.Parse("our-forum"), "1"),
            Channel = "x",
            Text = "",
            FirstReceivedAt = At,
            ReceivedAt = At,
        };
        Assert.Null(Actors.Find(comment));
        Assert.Equal("standard", Actors.Find(comment with { Source = "standard/site" })?.Platform.ToString());
    }

    [Fact]
    public async Task AnswersThatAreSentAgainCarryTheSameKey()
    {
        _server.Answer = Obliging;
        await ActAsync("discord", ActionKind.Reply);
        await ActAsync("discord", ActionKind.Reply);
        Assert.Single(_server.Requests.Select(r => r.Body).Distinct());
        Assert.Contains("\"enforce_nonce\":true", _server.Requests.First().Body, StringComparison.Ordinal);

        await ActAsync("mastodon", ActionKind.Reply);
        Assert.Equal("123-asked-1", _server.Requests.Last().Headers["Idempotency-Key"].ToString());
    }

    [Theory]
    [InlineData("wordpress", ActionKind.Hold, "hold")]
    [InlineData("wordpress", ActionKind.Approve, "approved")]
    [InlineData("wordpress", ActionKind.UnmarkSpam, "approved")]
    [InlineData("woocommerce", ActionKind.Restore, "hold")]
    public async Task AStatusThatACommentHasIsNotSetAgain(string platform, ActionKind kind, string status)
    {
        _server.Answer = _ => new Answered(200, $$"""{"status":"{{status}}"}""");
        var done = await Assert.ThrowsAsync<PlatformException>(() => ActAsync(platform, kind));
        Assert.Equal(FailureKind.AlreadyDone, done.Kind);
        Assert.Equal("GET", Assert.Single(_server.Requests).Method);
    }

    [Theory]
    [InlineData("facebook", 400, """{"error":{"code":190,"error_subcode":460}}""", FailureKind.Credential, null)]
    [InlineData("facebook", 400, """{"error":{"code":100,"error_subcode":33}}""", FailureKind.Gone, null)]
    [InlineData("facebook", 400, """{"error":{"code":100}}""", FailureKind.Refused, null)]
    [InlineData("facebook", 400, """{"error":{"code":4}}""", FailureKind.Later, null)]
    [InlineData("facebook", 400, """{"error":{"code":368}}""", FailureKind.Later, 21600)]
    [InlineData("facebook", 403, """{"error":{"code":200}}""", FailureKind.Refused, null)]
    [InlineData("instagram", 500, """{"error":{"code":2,"is_transient":true}}""", FailureKind.Later, null)]
    [InlineData("x", 404, """{"type":"https://api.x.com/2/problems/resource-not-found"}""", FailureKind.Gone, null)]
    [InlineData("x", 403, """{"type":"https://api.x.com/2/problems/not-authorized-for-resource"}""", FailureKind.Refused, null)]
    [InlineData("telegram", 429, """{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":5}}""", FailureKind.Later, 5)]
    [InlineData("telegram", 400, """{"ok":false,"description":"Bad Request: message to delete not found"}""", FailureKind.Gone, null)]
    [InlineData("telegram", 400, """{"ok":false,"description":"Bad Request: message can't be deleted"}""", FailureKind.Refused, null)]
    [InlineData("telegram", 401, """{"ok":false,"description":"Unauthorized"}""", FailureKind.Credential, null)]
    [InlineData("discourse", 429, """{"error_type":"rate_limit","extras":{"wait_seconds":12}}""", FailureKind.Later, 12)]
    [InlineData("discourse", 422, "{}", FailureKind.AlreadyDone, null)]
    [InlineData("slack", 200, """{"ok":false,"error":"message_not_found"}""", FailureKind.Gone, null)]
    [InlineData("slack", 200, """{"ok":false,"error":"cant_delete_message"}""", FailureKind.Refused, null)]
    [InlineData("slack", 200, """{"ok":false,"error":"token_revoked"}""", FailureKind.Credential, null)]
    [InlineData("discord", 404, """{"code":10008,"message":"Unknown Message"}""", FailureKind.Gone, null)]
    [InlineData("discord", 429, """{"retry_after":64.57,"global":false}""", FailureKind.Later, 65)]
    [InlineData("discord", 403, """{"code":50013}""", FailureKind.Refused, null)]
    [InlineData("github", 200, """{"errors":[{"type":"NOT_FOUND"}]}""", FailureKind.Gone, null)]
    [InlineData("github", 200, """{"errors":[{"type":"FORBIDDEN"}]}""", FailureKind.Refused, null)]
    [InlineData("linkedin", 401, "{}", FailureKind.Credential, null)]
    [InlineData("linkedin", 404, "{}", FailureKind.Gone, null)]
    [InlineData("linkedin", 502, "<html>", FailureKind.Later, null)]
    public async Task WhatAPlatformAnswersIsUnderstood(string platform, int status, string body, FailureKind kind, int? wait)
    {
        _server.Answer = _ => new Answered(status, body);
        var failure = await Assert.ThrowsAsync<PlatformException>(() => ActAsync(platform, platform is "telegram" or "slack" or "discord" or "linkedin" ? ActionKind.Delete : ActionKind.Hide));
        Assert.Equal((kind, wait), (failure.Kind, (int?)failure.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData("github", 403, "x-ratelimit-remaining", "0", 60)]
    [InlineData("github", 429, "Retry-After", "7", 7)]
    [InlineData("slack", 429, "Retry-After", "30", 30)]
    [InlineData("facebook", 503, "Retry-After", "9", 9)]
    public async Task ALimitSaysHowLongToWait(string platform, int status, string header, string value, int wait)
    {
        _server.Answer = _ => new Answered(status, "{}", (header, value));
        var failure = await Assert.ThrowsAsync<PlatformException>(() => ActAsync(platform, ActionKind.Reply));
        Assert.Equal((FailureKind.Later, wait), (failure.Kind, (int)failure.RetryAfter!.Value.TotalSeconds));
    }

    [Fact]
    public async Task YouTubesReasonsAreUnderstood()
    {
        foreach (var (reason, kind) in new[] { ("quotaExceeded", FailureKind.Later), ("commentNotFound", FailureKind.Gone), ("forbidden", FailureKind.Refused) })
        {
            _server.Answer = asked => asked.Path == "/token" ? Obliging(asked) : new Answered(403, $$"""{"error":{"code":403,"errors":[{"reason":"{{reason}}"}]} }""");
            Assert.Equal(kind, (await Assert.ThrowsAsync<PlatformException>(() => ActAsync("youtube", ActionKind.Hide))).Kind);
        }
        _server.Answer = _ => new Answered(400, """{"error":"invalid_grant"}""");
        Assert.Equal(FailureKind.Credential, (await Assert.ThrowsAsync<PlatformException>(() => ActAsync("youtube", ActionKind.Hide))).Kind);
    }

    [Fact]
    public async Task ABrokenConnectionLeavesOpenWhetherItArrived()
    {
        _server.Answer = _ => Answered.Broken;
        var broken = await Assert.ThrowsAsync<PlatformException>(() => ActAsync("x", ActionKind.Reply));
        Assert.Equal((FailureKind.Later, true), (broken.Kind, broken.MayHaveArrived));

        _server.Answer = _ =>
        {
            using var never = new ManualResetEventSlim();
            never.Wait(TimeSpan.FromSeconds(3)); // longer than the client's patience
            return new Answered(200);
        };
        var slow = await Assert.ThrowsAsync<PlatformException>(() => ActAsync("x", ActionKind.Reply));
        Assert.Equal((FailureKind.Later, true), (slow.Kind, slow.MayHaveArrived));
    }

    /// <summary>What can be taken back is taken back by something the platform can do, and whose own opposite is the first again.</summary>
    [Fact]
    public void TheMatrixOfWhatCanBeTakenBackIsSound()
    {
        foreach (var actor in Actors.All)
        {
            Assert.Distinct(actor.Levers.Select(l => l.Kind));
            foreach (var lever in actor.Levers.Where(l => l.TakenBackBy is not null))
            {
                var opposite = Assert.Single(actor.Levers, l => l.Kind == lever.TakenBackBy);
                Assert.Equal(lever.Kind, opposite.TakenBackBy);
            }
        }
        Assert.Distinct(Actors.All.Select(a => a.Platform));
    }

    [Fact]
    public void EveryPlatformThatCanBeReadIsThere() => Assert.Equal(
        Moderato.Ingest.Platforms.Connectors.All.Select(c => c.Platform.ToString()).Order(), Actors.All.Select(a => a.Platform.ToString()).Order());

    private static Answered Obliging(Asked asked) => asked switch
    {
        { Path: "/token" or "/v1/oauth/oauth-business-users-for-applications/accesstoken" } => new Answered(200, """{"access_token":"fresh"}"""),
        { Method: "GET", Path: "/w/api.php" } => new Answered(200, """{"query":{"tokens":{"csrftoken":"wiki+\\","patroltoken":"wiki+\\"}}}"""),
        { Method: "GET" } => new Answered(200, """{"status":"other"}"""),
        _ => new Answered(200, """{"ok":true,"id":"new","result":{"message_id":8}}"""),
    };

    private Task<string?> ActAsync(string platform, ActionKind kind)
    {
        var (id, thread) = platform switch
        {
            "telegram" => ("-100/7", null),
            "slack" => ("C1/1740060997.732449", null),
            "linkedin" => ("urn:li:comment:(urn:li:activity:70,71)", "urn:li:activity:70"),
            "discourse" or "wordpress" or "woocommerce" or "mediawiki" or "mastodon" => ("shop/123", "shop/88"),
            "trustpilot" => ("123", null),
            _ => ("1_2", "thread"),
        };
        var own = id.StartsWith("shop/", StringComparison.Ordinal);
        var source = new Source("shop", PlatformId.Parse(platform), CommunityId.Parse("demo"), [])
        {
            Account = "us",
            Address = platform == "mediawiki" ? new Uri(_server.Address, "w/api.php") : _server.Address,
            ActionToken = platform switch { "youtube" => "client|secret|refresh", "standard" => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", _ => "token" },
        };
        var comment = new Comment
        {
            Community = source.Community,
            Key = new CommentKey(source.Platform, id),
            Channel = platform == "discord" ? "290" : "us",
            ThreadId = thread,
            Permalink = platform == "discourse" ? "https://forum.example/t/orari/88/5" : null,
            Author = new Author(own ? "shop/77" : "77", "Anna"),
            Text = "",
            FirstReceivedAt = At,
            ReceivedAt = At,
        };
        var action = new PlatformAction
        {
            Id = "asked-1",
            Community = comment.Community,
            Key = comment.Key,
            Kind = kind,
            Revision = 1,
            RequestedBy = "person:carla",
            RequestedAt = At,
            Text = kind == ActionKind.Reply ? "Ci dispiace!" : null,
        };
        return Actors.Find(source.Platform)!.ActAsync(new PlatformHttp(_http, new FakeTime(At)), new Order(source, comment, action), CancellationToken.None);
    }
}
