using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

/// <summary>Slack, Discord, GitHub, LinkedIn and Trustpilot.</summary>
public sealed class TeamPayloadTests
{
    [Fact]
    public async Task SlacksHandshakeIsAnswered()
    {
        var (status, body) = await SignatureTests.ExecuteAsync(Deliveries.Read("slack", """{"type":"url_verification","challenge":"3eZ","token":"x"}""").Answer!);
        Assert.Equal((200, """{"challenge":"3eZ"}"""), (status, body));
    }

    [Fact]
    public void ASlackMessageIsReadInFull()
    {
        var delivery = Slack("""
            "channel":"C1","user":"U1","text":"ciao <@U2> e <#C9|generale>, vedi <https://example.com|qui> &amp; <https://b.example>","ts":"1740060997.732449","thread_ts":"1740060900.000100"
            """);
        var comment = delivery.Only();
        Assert.Equal(("C1/1740060997.732449", "C1", "C1/1740060900.000100", "C1/1740060900.000100"), (comment.Key.Id, comment.Channel, comment.ThreadId, comment.ParentId));
        Assert.Equal("ciao @U2 e #generale, vedi qui https://example.com & https://b.example", comment.Text);
        Assert.Equal((new Author("U1", null), Deliveries.At("2025-02-20T14:16:37Z")), (comment.Author, comment.CreatedAt));
        Assert.Equal("Ev1", delivery.Arrivals[0].EventId);
    }

    [Fact]
    public void ASlackMessageThatWasChangedOrDeletedKeepsItsId()
    {
        var edited = Slack("""
            "subtype":"message_changed","channel":"C1","ts":"1740061002.000200","message":{"type":"message","user":"U1","text":"hello","ts":"1740060997.732449",
             "edited":{"user":"U1","ts":"1740061002.000000"}},"previous_message":{"text":"hi","ts":"1740060997.732449"}
            """).Only();
        Assert.Equal(("C1/1740060997.732449", "hello", Deliveries.At("2025-02-20T14:16:42Z")), (edited.Key.Id, edited.Text, edited.EditedAt));

        var removed = Slack(""" "subtype":"message_deleted","channel":"C1","ts":"1740061100.000300","deleted_ts":"1740060997.732449" """).Only();
        Assert.Equal(("C1/1740060997.732449", true), (removed.Key.Id, removed.Removed));
    }

    [Theory]
    [InlineData(""" "subtype":"bot_message","channel":"C1","text":"x","ts":"1740060997.000000" """)]
    [InlineData(""" "bot_id":"B1","channel":"C1","text":"x","ts":"1740060997.000000" """)]
    [InlineData(""" "subtype":"channel_join","channel":"C1","user":"U1","text":"joined","ts":"1740060997.000000" """)]
    [InlineData(""" "subtype":"message_changed","channel":"C1","message":{"text":"a","ts":"1740060997.000000"},"previous_message":{"text":"a"} """)]
    [InlineData(""" "subtype":"message_changed","channel":"C1","message":{"text":"a","ts":"1740060997.000000","edited":{"ts":"1740060998.000000"}},"previous_message":{"text":"a"} """)]
    public void SlacksNotesAreIgnored(string message) => Slack(message).IsIgnored();

    [Theory]
    [InlineData("""{"type":"event_callback","event":{"type":"reaction_added","item":{"ts":"1"}}}""")]
    [InlineData("""{"type":"app_rate_limited","team_id":"T1"}""")]
    public void SlacksOtherEventsAreIgnored(string body) => Deliveries.Read("slack", body).IsIgnored();

    [Theory]
    [InlineData("""{"version":1,"application_id":"1","type":0}""", 204, "")]
    [InlineData("""{"type":1}""", 200, """{"type":1}""")]
    public async Task DiscordsProbesAreAnswered(string body, int status, string answer)
    {
        var delivery = Deliveries.Read("discord", body);
        Assert.Empty(delivery.Ignored);
        Assert.Equal((status, answer), await SignatureTests.ExecuteAsync(delivery.Answer!));
    }

    [Fact]
    public void ADiscordMessageIsReadInFull()
    {
        var comment = Discord("LOBBY_MESSAGE_CREATE", """
            {"id":"1397729799727878254","type":0,"content":"benvenuti!","lobby_id":"139","channel_id":"140","timestamp":"2026-07-11T17:27:07.299000+00:00",
             "author":{"id":"539","username":"mason","global_name":"Mason"}}
            """).Only();
        Assert.Equal(("1397729799727878254", "140", new Author("539", "Mason"), "benvenuti!"), (comment.Key.Id, comment.Channel, comment.Author, comment.Text));
        Assert.Equal(Deliveries.At("2026-07-11T17:27:07.299Z"), comment.CreatedAt);
    }

    [Fact]
    public void ADiscordMessageThatWasChangedOrDeletedKeepsItsId()
    {
        var edited = Discord("LOBBY_MESSAGE_UPDATE", """{"id":"1","content":"b","timestamp":"2026-08-05T20:38:43.660000+00:00","edited_timestamp":"2026-08-05T20:39:19.557970+00:00"}""").Only();
        Assert.Equal(("1", Deliveries.At("2026-08-05T20:39:19.557970Z")), (edited.Key.Id, edited.EditedAt));
        Assert.True(Discord("GAME_DIRECT_MESSAGE_DELETE", """{"id":"1","lobby_id":"2"}""").Only().Removed);
    }

    [Theory]
    [InlineData("LOBBY_MESSAGE_CREATE", """{"id":"1","content":"x","author":{"id":"2","bot":true}}""")]
    [InlineData("LOBBY_MESSAGE_CREATE", """{"id":"1","type":7,"content":"","author":{"id":"2"}}""")]
    [InlineData("ENTITLEMENT_CREATE", "{}")]
    public void DiscordsOtherEventsAreIgnored(string type, string data) => Discord(type, data).IsIgnored();

    [Fact]
    public void AGitHubCommentIsReadInFull()
    {
        var comment = GitHub("created", "issue").Only();
        Assert.Equal(("MDEy", "anna/shop", "MDU6"), (comment.Key.Id, comment.Channel, comment.ThreadId));
        Assert.Equal((new Author("21031067", "annab"), "Hai ragione!"), (comment.Author, comment.Text));
        Assert.Equal(("https://github.com/anna/shop/issues/1#issuecomment-49", Deliveries.At("2026-05-15T15:20:21Z")), (comment.Permalink, comment.CreatedAt));
        Assert.Null(comment.EditedAt);
        Assert.Equal("MDU6", GitHub("created", "discussion").Only().ThreadId);
    }

    [Fact]
    public void AGitHubCommentIsEditedAndDeleted()
    {
        Assert.Equal(Deliveries.At("2026-05-15T16:00:00Z"), GitHub("edited", "issue").Only().EditedAt);
        Assert.True(GitHub("deleted", "issue").Only().Removed);
    }

    [Fact]
    public void GitHubsOtherEventsAreIgnored()
    {
        Deliveries.Read("github", """{"zen":"Keep it logically awesome.","hook_id":1}""").IsIgnored();
        GitHub("pinned", "issue").IsIgnored();
        Deliveries.Read("github", """{"action":"created","comment":{"node_id":"a","body":"x","user":{"id":1,"login":"dependabot[bot]","type":"Bot"}},"repository":{"full_name":"a/b"}}""").IsIgnored();
    }

    [Fact]
    public void ALinkedInNotificationIsReadInFull()
    {
        var delivery = LinkedIn("COMMENT", """
            ,"decoratedGeneratedActivity":{"comment":{"owner":"urn:li:person:anna","text":"Bravi!","entity":"urn:li:comment:(urn:li:activity:70,71)","object":"urn:li:activity:70"}}
            """);
        var comment = delivery.Only();
        Assert.Equal(("urn:li:comment:(urn:li:activity:70,71)", "urn:li:organization:96", "urn:li:activity:70"), (comment.Key.Id, comment.Channel, comment.ThreadId));
        Assert.Equal((new Author("urn:li:person:anna", null), "Bravi!", Deliveries.At("2023-08-09T09:48:26.310Z")), (comment.Author, comment.Text, comment.CreatedAt));
        Assert.Equal("560", delivery.Arrivals[0].EventId);
    }

    [Fact]
    public void ALinkedInCommentIsEditedAndDeleted()
    {
        var edited = LinkedIn("COMMENT_EDIT", ""","decoratedGeneratedActivity":{"comment":{"owner":"urn:li:person:anna","message":{"text":"Bravissimi!"}}}""").Only();
        Assert.Equal(("Bravissimi!", Deliveries.At("2023-08-09T09:48:26.310Z")), (edited.Text, edited.EditedAt));
        Assert.True(LinkedIn("COMMENT_DELETE", "").Only().Removed);
    }

    [Theory]
    [InlineData("ADMIN_COMMENT", "")]
    [InlineData("LIKE", "")]
    [InlineData("COMMENT", ""","decoratedGeneratedActivity":{"comment":{"owner":"urn:li:organization:96","text":"Grazie"}}""")]
    public void LinkedInsOtherEventsAreIgnored(string action, string fields) => LinkedIn(action, fields).IsIgnored();

    [Fact]
    public void AReviewIsReadInFull()
    {
        var comment = Trustpilot("service-review-created", """
            {"id":"53bf","language":"it","title":"Ottimo","text":"Niente da dire.","referenceId":"ABC-1","stars":5,"createdAt":"2026-05-20T09:34:44.000Z","consumer":{"id":"53bc","name":"Anna"}}
            """).Only();
        Assert.Equal(("53bf", "ABC-1", "Ottimo\nNiente da dire.", 5), (comment.Key.Id, comment.ThreadId, comment.Text, comment.Stars));
        Assert.Equal((new Author("53bc", "Anna"), Deliveries.At("2026-05-20T09:34:44Z")), (comment.Author, comment.CreatedAt));
    }

    [Fact]
    public void AReviewIsUpdatedAndDeleted()
    {
        var updated = Trustpilot("service-review-updated", """{"id":"53bf","text":"Ci ho ripensato.","stars":2,"createdAt":"2026-05-20T09:34:44.000Z","updatedAt":"2026-06-01T10:00:00.000Z"}""").Only();
        Assert.Equal((2, Deliveries.At("2026-06-01T10:00:00Z")), (updated.Stars, updated.EditedAt));
        Assert.True(Trustpilot("product-review-deleted", """{"id":"53bf","deletedAt":"2026-06-01T10:00:00.000Z"}""").Only().Removed);
    }

    [Fact]
    public void TrustpilotsOtherEventsAreIgnored() => Trustpilot("service-review-reported", "{}").IsIgnored();

    /// <summary>Whatever a platform sends: nothing throws but a body that is no JSON.</summary>
    [Theory]
    [MemberData(nameof(Platforms))]
    public void NoShapeOfJsonBreaksAConnector(string platform)
    {
        string[] odd = ["[]", "null", "7", "\"x\"", "{}", """{"data":[]}""", """{"entry":{}}""", """{"post":[],"event":7,"object":{},"data":{"payload":7}}""",
            """{"type":"event_callback","event":{"type":"message","ts":7,"channel":{} } }""", """{"notifications":[{"action":"COMMENT","generatedActivity":"urn:li:comment:(x"}]}""",
            """{"events":[{"eventName":"service-review-created","eventData":7}]}""", """{"update_id":[],"message":{"chat":7,"message_id":{} } }""",
            """{"event":"status.created","object":{"content":7,"account":[]} }""", """{"type":"comment.created","data":7}""", """{"type":"comment.batch","data":{"events":[7,{}]}}"""];
        foreach (var body in odd)
            Assert.Empty(Deliveries.Read(platform, body).Arrivals);
    }

    public static TheoryData<string> Platforms => new(Connectors.All.OfType<IWebhookConnector>().Select(c => c.Platform.ToString()));

    private static Delivery Slack(string message) =>
        Deliveries.Read("slack", $$"""{"team_id":"T1","type":"event_callback","event_id":"Ev1","event_time":1740060997,"event":{"type":"message",{{message}} } }""");

    private static Delivery Discord(string type, string data) =>
        Deliveries.Read("discord", $$"""{"version":1,"application_id":"1","type":1,"event":{"type":"{{type}}","timestamp":"2026-10-18T18:41:21.109604","data":{{data}} } }""");

    private static Delivery GitHub(string action, string on) => Deliveries.Read("github", $$"""
        {"action":"{{action}}","{{on}}":{"id":444,"node_id":"MDU6","number":1},"comment":{"html_url":"https://github.com/anna/shop/issues/1#issuecomment-49","id":49,"node_id":"MDEy",
          "user":{"login":"annab","id":21031067,"type":"User"},"created_at":"2026-05-15T15:20:21Z","updated_at":"2026-05-15T16:00:00Z","performed_via_github_app":null,"body":"Hai ragione!"},
         "repository":{"full_name":"anna/shop"},"sender":{"login":"annab","type":"User"} }
        """);

    private static Delivery LinkedIn(string action, string fields) => Deliveries.Read("linkedin", $$"""
        {"type":"ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS","notifications":[{"notificationId":560,"organizationalEntity":"urn:li:organization:96","action":"{{action}}",
          "lastModifiedAt":1691574506310,"sourcePost":"urn:li:activity:70","generatedActivity":"urn:li:comment:(activity:70,71)"{{fields}} }]}
        """);

    private static Delivery Trustpilot(string name, string data) =>
        Deliveries.Read("trustpilot", $$"""{"events":[{"eventName":"{{name}}","version":"1","eventData":{{data}} }]}""");
}
