using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

/// <summary>Platforms that people run themselves: Discourse, WordPress, Mastodon. Their ids are unique on their server only.</summary>
public sealed class ForumPayloadTests
{
    private static readonly Source Forum = Deliveries.Source("discourse", "a-secret-for-tests") with { Address = new Uri("https://forum.example"), Account = "moderato" };

    [Fact]
    public void APostIsReadInFull()
    {
        var comment = Deliveries.Read("discourse", Post(""), Forum).Only();
        Assert.Equal(("shop/2401", "news", "shop/88", "shop/88/2"), (comment.Key.Id, comment.Channel, comment.ThreadId, comment.ParentId));
        Assert.Equal((new Author("shop/17", "Anna Bianchi"), "Mi *piace*!"), (comment.Author, comment.Text));
        Assert.Equal(("https://forum.example/t/orari/88/5", Deliveries.At("2026-07-29T08:00:03.123Z")), (comment.Permalink, comment.CreatedAt));
        Assert.Null(comment.EditedAt);
    }

    [Fact]
    public void ALaterVersionIsAnEdit() => Assert.Equal(
        Deliveries.At("2026-07-29T09:00:00Z"), Deliveries.Read("discourse", Post(""" "version":2,"updated_at":"2026-07-29T09:00:00Z", """), Forum).Only().EditedAt);

    [Theory]
    [InlineData(""" "deleted_at":"2026-07-29T09:00:00Z", """)]
    [InlineData(""" "user_deleted":true, """)]
    public void TheBodySaysThatAPostWasRemoved(string fields) => Assert.True(Deliveries.Read("discourse", Post(fields), Forum).Only().Removed);

    [Theory]
    [InlineData(""" "post_type":3, """)]
    [InlineData(""" "user_id":-1, """)]
    [InlineData(""" "topic_archetype":"private_message", """)]
    [InlineData(""" "username":"moderato", """)]
    public void WhatIsNoPostOfOthersIsIgnored(string fields) => Deliveries.Read("discourse", Post(fields), Forum).IsIgnored();

    [Theory]
    [InlineData("""{"ping":"OK"}""")]
    [InlineData("""{"topic":{"id":1}}""")]
    public void OtherEventsAreIgnored(string body) => Deliveries.Read("discourse", body, Forum).IsIgnored();

    [Fact]
    public void NoLinkLeadsToAnotherServer() => Assert.Null(Deliveries.Read("discourse", Post(""" "post_url":"//evil.example/x", """), Forum).Only().Permalink);

    [Fact]
    public void ABlogsCommentIsReadInFull()
    {
        var comment = Deliveries.Read("wordpress", Blog("created", """ "content":{"rendered":"<p>Bello!</p>","raw":"Bello &amp; buono"}, """)).Only();
        Assert.Equal(("wordpress", "shop/123", "shop/45", "shop/100"), (comment.Key.Platform.ToString(), comment.Key.Id, comment.ThreadId, comment.ParentId));
        Assert.Equal(("Bello & buono", "https://blog.example/orari/#comment-123"), (comment.Text, comment.Permalink));
        Assert.Equal(Deliveries.At("2026-07-29T08:00:03Z"), comment.CreatedAt);
        Assert.StartsWith("shop/guest-", comment.Author!.Id, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@", comment.Author.Id, StringComparison.Ordinal);
        Assert.Equal("Anna", comment.Author.Name);
    }

    [Fact]
    public void ABlogsEditHasItsEventsTime() =>
        Assert.Equal(Deliveries.At("2026-07-29T10:00:00Z"), Deliveries.Read("wordpress", Blog("edited", """ "content":{"raw":"x"}, """)).Only().EditedAt);

    [Fact]
    public void ABlogsDeletedCommentIsRemoved() => Assert.True(Deliveries.Read("wordpress", Blog("deleted", "")).Only().Removed);

    [Fact]
    public void AShopsReviewHasStars() => Assert.Equal(2, Deliveries.Read("wordpress", Blog("created", """ "type":"review","rating":2, """)).Only().Stars);

    [Theory]
    [InlineData("created", """ "type":"pingback", """)]
    [InlineData("created", """ "type":"note", """)]
    [InlineData("shared", "")]
    public void WhatIsNoBlogCommentIsIgnored(string type, string fields) => Deliveries.Read("wordpress", Blog(type, fields)).IsIgnored();

    [Fact]
    public void AStatusIsReadInFull()
    {
        var comment = Deliveries.Read("mastodon", $$"""{"event":"status.created","object":{{Status("")}} }""").Only();
        Assert.Equal(("shop/1032", "shop/1031", "shop/1031"), (comment.Key.Id, comment.ThreadId, comment.ParentId));
        Assert.Equal((new Author("shop/22", "Anna"), "Ciao @shop"), (comment.Author, comment.Text));
        Assert.Equal(("https://mastodon.example/@anna/1032", Deliveries.At("2026-10-26T13:33:59.901Z")), (comment.Permalink, comment.CreatedAt));
    }

    [Fact]
    public void AStatussEditAndItsWarningAreRead()
    {
        var comment = Deliveries.Read("mastodon", $$"""{"event":"status.updated","object":{{Status(""" "edited_at":"2026-10-26T14:00:00.000Z","spoiler_text":"cibo", """)}} }""").Only();
        Assert.Equal(("cibo\nCiao @shop", Deliveries.At("2026-10-26T14:00:00Z")), (comment.Text, comment.EditedAt));
    }

    [Fact]
    public void WhatSomebodyReportedIsJudged() => Assert.Equal("shop/1032", Deliveries.Read("mastodon", $$"""
        {"event":"report.created","object":{"id":"7","category":"spam","target_account":{"id":"22","account":{"id":"22","acct":"anna"} },"statuses":[{{Status("")}}]} }
        """).Only().Key.Id);

    [Theory]
    [InlineData("status.created", """ "account":{"id":"1","acct":"shop"}, """)]
    [InlineData("status.created", """ "reblog":{"id":"1"}, """)]
    [InlineData("account.created", "")]
    public void WhatIsNoStatusOfOthersIsIgnored(string name, string fields) => Deliveries.Read(
        "mastodon", $$"""{"event":"{{name}}","object":{{Status(fields)}} }""", Deliveries.Source("mastodon", "a-secret-for-tests") with { Account = "shop" }).IsIgnored();

    /// <summary>Of a name that comes twice, the later value counts: so a test changes what it is about.</summary>
    private static string Post(string fields) => $$"""
        {"post":{"id":2401,"name":"Anna Bianchi","username":"anna","created_at":"2026-07-29T08:00:03.123Z","updated_at":"2026-07-29T08:00:03.123Z",
          "cooked":"<p>Mi <em>piace</em>!</p>","raw":"Mi *piace*!","post_number":5,"post_type":1,"reply_to_post_number":2,"topic_id":88,"category_slug":"news",
          "topic_archetype":"regular","version":1,"user_id":17,"deleted_at":null,"user_deleted":false,"post_url":"/t/orari/88/5",{{fields}} "hidden":false} }
        """;

    private static string Blog(string type, string fields) => $$"""
        {"type":"comment.{{type}}","timestamp":"2026-07-29T10:00:00Z","data":{"id":123,"post":45,"parent":100,"author":0,"author_name":"Anna","author_email":"Anna@example.org",
          "date":"2026-07-29T10:00:03","date_gmt":"2026-07-29T08:00:03","link":"https://blog.example/orari/#comment-123","status":"hold","type":"comment",{{fields}} "meta":[]} }
        """;

    private static string Status(string fields) => $$"""
        {"id":"1032","created_at":"2026-10-26T13:33:59.901Z","edited_at":null,"in_reply_to_id":"1031","spoiler_text":"","visibility":"public","language":"it",
         "url":"https://mastodon.example/@anna/1032","content":"<p>Ciao <span>@<span>shop</span></span></p>",
         "account":{"id":"22","username":"anna","acct":"anna","display_name":"Anna"},"reblog":null,{{fields}} "tags":[]}
        """;
}
