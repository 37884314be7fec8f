using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

/// <summary>Instagram's and Messenger's events, and what the three platforms of Meta share.</summary>
public sealed class MetaPayloadTests
{
    [Fact]
    public void AnInstagramCommentIsReadInFull()
    {
        var comment = Deliveries.Read("instagram", Instagram("""
            {"from":{"id":"1234536447","username":"anna.b","self_ig_scoped_id":"2105722729836161"},"media":{"id":"18172143295349192","media_product_type":"FEED"},
             "id":"17919697626119712","parent_id":"17919697626110000","text":"Che belle!"}
            """)).Only();
        Assert.Equal(("instagram", "17919697626119712"), (comment.Key.Platform.ToString(), comment.Key.Id));
        Assert.Equal(("17841474524784050", "18172143295349192", "17919697626110000"), (comment.Channel, comment.ThreadId, comment.ParentId));
        Assert.Equal(new Author("1234536447", "anna.b"), comment.Author);
        Assert.Equal(("Che belle!", Deliveries.At("2025-08-21T12:28:00Z")), (comment.Text, comment.CreatedAt));
    }

    [Theory]
    [InlineData("""[{"object":"instagram","entry":[{"id":"1","time":1755779280,"field":"comments","value":{"id":"9","text":"x"}}]}]""")]
    [InlineData("""{"object":"instagram","entry":[{"id":"1","time":1755779280,"changes":[{"field":"comments","value":{"comment_id":"9","text":"x"}}]}]}""")]
    [InlineData("""{"object":"instagram","entry":[{"id":"1","time":1755779280,"changes":[{"field":"live_comments","value":{"id":9,"text":"x"}}]}]}""")]
    public void InstagramsOtherShapesAreTheSameComment(string body) => Assert.Equal("9", Deliveries.Read("instagram", body).Only().Key.Id);

    [Theory]
    [InlineData("""{"from":{"id":"17841474524784050","username":"shop"},"id":"1","text":"Grazie!"}""")]
    [InlineData("""{"from":{"id":"77","self_ig_scoped_id":"17841474524784050"},"id":"1","text":"Grazie!"}""")]
    public void OurOwnInstagramCommentIsIgnored(string value) => Deliveries.Read("instagram", Instagram(value)).IsIgnored();

    [Fact]
    public void AMentionIsNoComment() => Deliveries.Read(
        "instagram", """{"object":"instagram","entry":[{"id":"1","changes":[{"field":"mentions","value":{"comment_id":"2","media_id":"3"}}]}]}""").IsIgnored();

    [Fact]
    public void AMessageIsReadInFull()
    {
        var delivery = Deliveries.Read("messenger", Messenger(
            """{"sender":{"id":"987"},"recipient":{"id":"123"},"timestamp":1785312004523,"message":{"mid":"m_1","text":"Avete il 38?","reply_to":{"mid":"m_0"}}}"""));
        var comment = delivery.Only();
        Assert.Equal(("messenger", "m_1", "123", "123/987", "m_0"), (comment.Key.Platform.ToString(), comment.Key.Id, comment.Channel, comment.ThreadId, comment.ParentId));
        Assert.Equal((new Author("987", null), "Avete il 38?"), (comment.Author, comment.Text));
        Assert.Equal(Deliveries.At("2026-07-29T08:00:04.523Z"), comment.CreatedAt);
    }

    [Fact]
    public void AMessageThatWasChangedOrWithdrawnKeepsItsId()
    {
        var edited = Deliveries.Read("messenger", Messenger(
            """{"sender":{"id":"987"},"timestamp":1785312104523,"message_edit":{"mid":"m_1","text":"Avete il 39?","num_edit":"1"}}""")).Only();
        Assert.Equal(("m_1", "Avete il 39?", Deliveries.At("2026-07-29T08:01:44.523Z")), (edited.Key.Id, edited.Text, edited.EditedAt));

        var removed = Deliveries.Read("messenger", Messenger("""{"sender":{"id":"987"},"timestamp":1785312204523,"message":{"mid":"m_1","is_deleted":true}}""")).Only();
        Assert.Equal(("m_1", true), (removed.Key.Id, removed.Removed));
    }

    [Theory]
    [InlineData("""{"sender":{"id":"123"},"message":{"mid":"m","text":"x","is_echo":true}}""")]
    [InlineData("""{"sender":{"id":"123"},"message":{"mid":"m","text":"x"}}""")]
    [InlineData("""{"sender":{"id":"9"},"reaction":{"mid":"m","action":"react","emoji":"❤"}}""")]
    [InlineData("""{"sender":{"id":"9"},"read":{"watermark":1}}""")]
    [InlineData("""{"sender":{"id":"9"},"delivery":{"mids":["m"],"watermark":1}}""")]
    [InlineData("""{"sender":{"id":"9"},"postback":{"payload":"x"}}""")]
    public void WhatIsNoMessageOfOthersIsIgnored(string item) => Deliveries.Read("messenger", Messenger(item)).IsIgnored();

    [Fact]
    public void APictureOrAnUnsupportedMessageHasNoText() => Assert.Equal("", Deliveries.Read("messenger", Messenger(
        """{"sender":{"id":"9"},"timestamp":1785312004800,"message":{"mid":"m","is_unsupported":true}}""")).Only().Text);

    [Fact]
    public void OneAddressReadsAPagesCommentsAndItsMessages()
    {
        var delivery = Deliveries.Read("facebook", """
            {"object":"page","entry":[
              {"id":"1","time":1785312500,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_2","post_id":"1_1","from":{"id":"5"},"message":"a"}}]},
              {"id":"1","time":1785312500000,"standby":[{"sender":{"id":"9"},"timestamp":1785312500000,"message":{"mid":"m","text":"b"}}]}]}
            """);
        Assert.Equal(["facebook", "messenger"], delivery.Arrivals.Select(a => a.Comment.Key.Platform.ToString()));
    }

    [Fact]
    public void OneAppsAddressServesEveryPageThatASourceNames()
    {
        var mine = Deliveries.Source("facebook", "one-secret-of-one-app") with { Account = "1" };
        var sisters = mine with { Id = "sisters", Account = "2", Community = CommunityId.Parse("sister") };
        var strangers = Deliveries.Source("facebook", "the-secret-of-another-app") with { Id = "strangers", Account = "3", Community = CommunityId.Parse("stranger") };

        var delivery = Deliveries.Read("facebook", $$"""{"object":"page","entry":[{{Entry("1")}},{{Entry("2")}},{{Entry("3")}},{{Entry("4")}}]}""", mine, sisters, strangers);

        Assert.Equal([("1_9", "demo"), ("2_9", "sister")], delivery.Arrivals.Select(a => (a.Comment.Key.Id, a.Comment.Community.ToString())));
        Assert.Equal(["an account that no source names", "an account that no source names"], delivery.Ignored);
    }

    [Fact]
    public void APartThatCannotBeReadIsParkedAndHidesNoOther()
    {
        var delivery = Deliveries.Read("facebook", $$"""
            {"object":"page","entry":[7,{"id":"1","changes":[{"field":"feed"},{"field":"feed","value":{"item":"comment","verb":"add","message":"no id"} },
              {"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_9","message":"read"} }]}]}
            """);
        Assert.Equal("1_9", Assert.Single(delivery.Arrivals).Comment.Key.Id);
        Assert.Equal(["an element that is no object", "a comment without a value", "a comment without a readable id"], delivery.Unreadable.Select(u => u.Reason));
        Assert.Equal("7"u8.ToArray(), delivery.Unreadable[0].Bytes.ToArray());
    }

    private static string Entry(string page) =>
        $$"""{"id":"{{page}}","changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"{{page}}_9","message":"x"} }]}""";

    private static string Instagram(string value) =>
        $$"""{"object":"instagram","entry":[{"id":"17841474524784050","time":1755779280,"changes":[{"field":"comments","value":{{value}} }]}]}""";

    private static string Messenger(string item) => $$"""{"object":"page","entry":[{"id":"123","time":1785312004871,"messaging":[{{item}}]}]}""";
}
