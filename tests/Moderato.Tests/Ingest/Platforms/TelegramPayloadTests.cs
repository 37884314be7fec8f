using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

public sealed class TelegramPayloadTests
{
    private const string Group = """{"id":-1001234567890,"title":"Chiacchiere","username":"chiacchiere","type":"supergroup"}""";

    [Fact]
    public void ACommentUnderAChannelsPostIsReadInFull()
    {
        var delivery = Telegram($$"""
            "message":{"message_id":1025,"from":{"id":123456789,"is_bot":false,"first_name":"Anna","last_name":"Bianchi","username":"annab"},"chat":{{Group}},
              "date":1785312003,"message_thread_id":1001,"reply_to_message":{"message_id":1001,"is_automatic_forward":true,"chat":{{Group}} },"text":"Che bello!"}
            """);
        var comment = delivery.Only();
        Assert.Equal(
            ("-1001234567890/1025", "chiacchiere", "-1001234567890/1001", "-1001234567890/1001"),
            (comment.Key.Id, comment.Channel, comment.ThreadId, comment.ParentId));
        Assert.Equal((new Author("123456789", "Anna Bianchi"), "Che bello!"), (comment.Author, comment.Text));
        Assert.Equal(("https://t.me/chiacchiere/1025", Deliveries.At("2026-07-29T08:00:03Z")), (comment.Permalink, comment.CreatedAt));
        Assert.Equal("902", delivery.Arrivals[0].EventId);
    }

    [Fact]
    public void AnEditKeepsItsId()
    {
        var comment = Telegram($$""" "edited_message":{"message_id":1025,"from":{"id":1,"first_name":"Anna"},"chat":{{Group}},"date":1785312003,"edit_date":1785312400,"text":"Che bello! (di più)"} """).Only();
        Assert.Equal(("-1001234567890/1025", Deliveries.At("2026-07-29T08:06:40Z")), (comment.Key.Id, comment.EditedAt));
    }

    [Fact]
    public void APictureHasItsCaptionAndAChannelIsAnAuthor()
    {
        var comment = Telegram($$"""
            "message":{"message_id":1030,"sender_chat":{"id":-1005555555555,"title":"Altro canale","type":"channel"},"from":{"id":136817688,"is_bot":true,"first_name":"Channel"},
              "chat":{"id":-1001234567890,"type":"supergroup","title":"Chiacchiere"},"date":1785312500,"photo":[{"file_id":"A"}],"caption":"guarda"}
            """).Only();
        Assert.Equal((new Author("-1005555555555", "Altro canale"), "guarda", "https://t.me/c/1234567890/1030"), (comment.Author, comment.Text, comment.Permalink));
    }

    [Fact]
    public void AStickerHasNoText() => Assert.Equal(
        "", Telegram($$""" "message":{"message_id":1,"from":{"id":1,"first_name":"A"},"chat":{{Group}},"date":1785312003,"sticker":{"file_id":"A"} } """).Only().Text);

    [Fact]
    public void ABusinessChatTellsWhatWasDeleted()
    {
        var delivery = Telegram(""" "deleted_business_messages":{"business_connection_id":"b","chat":{"id":1,"type":"private"},"message_ids":[10,11]} """);
        Assert.Equal([("1/10", true), ("1/11", true)], delivery.Arrivals.Select(a => (a.Comment.Key.Id, a.Comment.Removed)));
    }

    [Theory]
    [InlineData(""" "message":{"message_id":1,"from":{"id":5,"is_bot":true},"chat":{"id":-1},"date":1785312003,"text":"x"} """)]
    [InlineData(""" "message":{"message_id":1,"is_automatic_forward":true,"sender_chat":{"id":-9},"chat":{"id":-1},"date":1785312003,"text":"our post"} """)]
    [InlineData(""" "message":{"message_id":1,"sender_chat":{"id":-1},"chat":{"id":-1},"date":1785312003,"text":"the anonymous admin"} """)]
    [InlineData(""" "message":{"message_id":1,"from":{"id":5},"chat":{"id":-1},"date":1785312003,"new_chat_members":[{"id":6}]} """)]
    [InlineData(""" "message_reaction":{"chat":{"id":-1},"message_id":1} """)]
    [InlineData(""" "channel_post":{"message_id":1,"chat":{"id":-1},"date":1785312003,"text":"our post"} """)]
    [InlineData(""" "my_chat_member":{"chat":{"id":-1}} """)]
    public void WhatIsNoMessageOfOthersIsIgnored(string update) => Telegram(update).IsIgnored();

    [Theory]
    [InlineData(""" "message":7 """)]
    [InlineData(""" "message":{"from":{"id":5},"chat":{"id":-1},"date":1785312003,"text":"no id"} """)]
    public void AMessageThatCannotBeReadIsParked(string update)
    {
        var delivery = Telegram(update);
        Assert.Empty(delivery.Arrivals);
        Assert.Single(delivery.Unreadable);
    }

    private static Moderato.Ingest.Delivery Telegram(string update) => Deliveries.Read("telegram", $$"""{"update_id":902,{{update}} }""");
}
