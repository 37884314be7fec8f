using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

public sealed class XPayloadTests
{
    [Fact]
    public void AReplyIsReadInFull()
    {
        var comment = Deliveries.Read("x", Activity("post.reply.create", """
            {"created_at":"2026-08-12T18:00:00.000Z","edit_history_tweet_ids":["2090"],"conversation_id":"2080","in_reply_to_tweet_id":"2085",
             "text":"@shop Bello &amp; utile","author_id":"222","id":"2090","lang":"it"}
            """, """{"users":[{"id":"222","name":"Anna B","username":"annab"}]}""")).Only();
        Assert.Equal(("x", "2090", "111", "2080", "2085"), (comment.Key.Platform.ToString(), comment.Key.Id, comment.Channel, comment.ThreadId, comment.ParentId));
        Assert.Equal((new Author("222", "Anna B"), "@shop Bello & utile", "https://x.com/i/status/2090"), (comment.Author, comment.Text, comment.Permalink));
        Assert.Equal((Deliveries.At("2026-08-12T18:00:00Z"), (DateTimeOffset?)null), (comment.CreatedAt, comment.EditedAt));
    }

    [Fact]
    public void AnEditIsTheFirstPostsNewVersion()
    {
        var comment = Deliveries.Read("x", Activity("post.mention.create",
            """{"created_at":"2026-08-12T18:30:00.000Z","edit_history_tweet_ids":["2090","2095"],"text":"better","author_id":"222","id":"2095"}""")).Only();
        Assert.Equal(("2090", Deliveries.At("2026-08-12T18:30:00Z")), (comment.Key.Id, comment.EditedAt));
    }

    [Fact]
    public void AReplyThatAlsoMentionsUsIsOneEvent()
    {
        const string post = """{"created_at":"2026-08-12T18:00:00.000Z","text":"hi","author_id":"222","id":"2090"}""";
        var events = new[] { "post.reply.create", "post.mention.create" }.Select(type => Deliveries.Read("x", Activity(type, post)).Arrivals[0]);
        Assert.Single(events.Distinct());
    }

    [Fact]
    public void ALongPostIsReadToItsEnd() => Assert.Equal("all of it", Deliveries.Read("x", Activity(
        "post.quote.create", """{"text":"all…","note_tweet":{"text":"all of it"},"author_id":"222","id":"2090"}""")).Only().Text);

    [Fact]
    public void ADirectMessageIsReadInFull()
    {
        var comment = Deliveries.Read("x", Activity("dm.received", """
            {"direct_message_events":[{"type":"message_create","id":"2080765901528535096","created_timestamp":"1784928224372",
              "message_create":{"target":{"recipient_id":"111"},"sender_id":"222","message_data":{"text":"Dov'è il mio pacco?"}}}],
             "users":{"222":{"data":{"id":"222","username":"annab","name":"Anna B"}}}}
            """)).Only();
        Assert.Equal(("2080765901528535096", "messages/222", new Author("222", "Anna B")), (comment.Key.Id, comment.ThreadId, comment.Author));
        Assert.Equal(("Dov'è il mio pacco?", Deliveries.At("2026-07-24T21:23:44.372Z")), (comment.Text, comment.CreatedAt));
    }

    [Theory]
    [InlineData("post.reply.create", """{"text":"own","author_id":"111","id":"1"}""")]
    [InlineData("post.delete", """{"id":"1","author_id":"111"}""")]
    [InlineData("like.create", """{"id":"1"}""")]
    [InlineData("follow.followed", "{}")]
    [InlineData("oauth.revoke", """{"user_id":"111"}""")]
    [InlineData("dm.received", """{"direct_message_events":[{"id":"1","message_create":{"sender_id":"111","message_data":{"text":"own"}}}]}""")]
    public void WhatIsNoPostOfOthersIsIgnored(string type, string payload) => Deliveries.Read("x", Activity(type, payload)).IsIgnored();

    [Fact]
    public void TheEndOfAReplayIsAcknowledged() =>
        Deliveries.Read("x", """{"replay_job_status":{"webhook_id":"1","job_state":"Complete","job_id":"2"}}""").IsIgnored();

    [Fact]
    public void TheOldInterfaceIsReadWithoutItsRoundedIds()
    {
        var delivery = Deliveries.Read("x", """
            {"for_user_id":"160","tweet_create_events":[
              {"created_at":"Mon May 19 14:01:46 +0000 2025","id":1924465506158879000,"id_str":"1924465506158878979","text":"Le prime…","truncated":true,
               "in_reply_to_status_id_str":"1924465506158800000","user":{"id_str":"222","name":"Anna","screen_name":"annab"},
               "extended_tweet":{"full_text":"Le prime e le ultime"},"lang":"it"},
              {"id_str":"7","text":"own","user":{"id_str":"160"}},
              {"id_str":"8","text":"RT","retweeted_status":{"id_str":"1"},"user":{"id_str":"222"}}],
             "favorite_events":[{"id":"1"}]}
            """);
        var comment = Assert.Single(delivery.Arrivals).Comment;
        Assert.Equal(("1924465506158878979", "1924465506158800000", "Le prime e le ultime"), (comment.Key.Id, comment.ParentId, comment.Text));
        Assert.Equal((new Author("222", "Anna"), Deliveries.At("2025-05-19T14:01:46Z")), (comment.Author, comment.CreatedAt));
        Assert.Equal(3, delivery.Ignored.Count);
    }

    private static string Activity(string type, string payload, string includes = "{}") => $$"""
        {"data":{"event_uuid":"-309","filter":{"user_id":"111"},"event_type":"{{type}}","tag":"t","payload":{{payload}},"includes":{{includes}} } }
        """;
}
