using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

/// <summary>Payloads as Meta documents them for the field <c>feed</c> of a page, and as they were captured.</summary>
public sealed class FacebookPayloadTests
{
    private const string Page = "1234567890321";
    private const string Post = "1234567890321_901";

    [Fact]
    public void ANewCommentIsReadInFull()
    {
        var comment = Only("""
            {"item":"comment","verb":"add","comment_id":"901097836652708_903438993085259","post_id":"1234567890321_901097836652708",
             "parent_id":"1234567890321_901097836652708","from":{"id":"7392015648120394","name":"Jane Doe"},
             "post":{"id":"1234567890321_901097836652708","type":"status","status_type":"mobile_status_update","is_published":true,
                     "updated_time":"2026-07-29T08:00:04+0000","permalink_url":"https://www.facebook.com/example/posts/901097836652708",
                     "promotion_status":"inactive"},
             "created_time":1785312003,"message":"Love this!"}
            """);
        Assert.Equal(
            new Comment
            {
                Community = Deliveries.Community,
                Key = new CommentKey(PlatformId.Parse("facebook"), "901097836652708_903438993085259"),
                Source = "facebook/shop",
                Channel = Page,
                ThreadId = "1234567890321_901097836652708",
                Permalink = "https://www.facebook.com/example/posts/901097836652708",
                Author = new Author("7392015648120394", "Jane Doe"),
                Text = "Love this!",
                CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_785_312_003),
                FirstReceivedAt = Deliveries.Now,
                ReceivedAt = Deliveries.Now,
            },
            comment);
    }

    [Fact]
    public void OfSeveralEntriesExactlyOneIsACommentToJudge()
    {
        var (comments, ignored) = Parse("""
            { "object": "page", "entry": [
              { "id": "1234567890321", "time": 1785312500, "changes": [
                { "field": "feed", "value": { "item": "comment", "verb": "add", "comment_id": "901_910", "post_id": "1234567890321_901", "parent_id": "1234567890321_901", "from": { "id": "1", "name": "A" }, "created_time": 1785312499, "message": "one" } },
                { "field": "feed", "value": { "item": "reaction", "verb": "add", "reaction_type": "love", "post_id": "1234567890321_901", "parent_id": "1234567890321_901", "from": { "id": "2", "name": "B" }, "created_time": 1785312499 } } ] },
              { "id": "9876543210", "time": 1785312500, "changes": [
                { "field": "feed", "value": { "item": "comment", "verb": "add", "comment_id": "55_66", "post_id": "9876543210_55", "parent_id": "9876543210_55", "from": { "id": "9876543210", "name": "The Page itself" }, "created_time": 1785312498, "message": "own reply" } } ] } ] }
            """);
        Assert.Equal("901_910", Assert.Single(comments).Key.Id);
        Assert.Equal(["an item other than a comment", "the page's own comment"], ignored);
    }

    [Theory]
    [InlineData("a reaction", """{"item":"reaction","verb":"add","reaction_type":"love","comment_id":"901_903","from":{"id":"2"}}""")]
    [InlineData("a like", """{"item":"like","verb":"add","comment_id":"901_903","from":{"id":"2"}}""")]
    [InlineData("a status", """{"item":"status","verb":"add","post_id":"1_2","message":"x"}""")]
    [InlineData("a photo", """{"item":"photo","verb":"edited","comment_id":"901_903"}""")]
    [InlineData("our own hiding", """{"item":"comment","verb":"hide","comment_id":"901_903","from":{"id":"77","name":"Ann"},"message":"Love this!"}""")]
    [InlineData("our own showing", """{"item":"comment","verb":"unhide","comment_id":"901_903","from":{"id":"77","name":"Ann"},"message":"Love this!"}""")]
    [InlineData("another verb", """{"item":"comment","verb":"mute","comment_id":"901_903","message":"x"}""")]
    [InlineData("no verb", """{"item":"comment","comment_id":"901_903","message":"x"}""")]
    [InlineData("no id", """{"item":"comment","verb":"add","message":"x"}""")]
    [InlineData("an empty id", """{"item":"comment","verb":"add","comment_id":"","message":"x"}""")]
    [InlineData("an id that is none", """{"item":"comment","verb":"add","comment_id":{"a":1},"message":"x"}""")]
    [InlineData("the page's own, with ids as numbers", """{"item":"comment","verb":"add","comment_id":"1","from":{"id":1234567890321},"message":"x"}""")]
    [InlineData("the page's own, in the old shape", """{"item":"comment","verb":"add","comment_id":"1","sender_id":1234567890321,"message":"x"}""")]
    [InlineData("nothing", "{}")]
    public void WhatIsNoCommentIsIgnoredWithAReason(string what, string value)
    {
        var (comments, ignored) = Parse(Delivery(value));
        Assert.True(comments.Count == 0, what);
        Assert.NotEmpty(Assert.Single(ignored));
    }

    [Fact]
    public void AnIdTooLongIsIgnored() => Assert.Empty(Parse(Delivery(Some(id: new string('1', CommentLimits.Id + 1)))).Comments);

    [Theory]
    [InlineData("add", null)]
    [InlineData("edited", 1785312400L)]
    [InlineData("edit", 1785312400L)]
    public void AnEditIsOrderedByItsTime(string verb, long? editedAt)
    {
        var comment = Only(Some(verb: verb, edited: 1785312400));
        Assert.Equal(editedAt is { } t ? DateTimeOffset.FromUnixTimeSeconds(t) : null, comment.EditedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_785_312_003), comment.CreatedAt);
    }

    [Fact]
    public void AnEditWithoutATimeIsOrderedByItsDelivery() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_785_312_500), Only(Some(verb: "edited")).EditedAt);

    [Theory]
    [InlineData("remove")]
    [InlineData("delete")]
    public void ARemovalLeavesATombstone(string verb)
    {
        var comment = Only($$"""
            {"item":"comment","verb":"{{verb}}","comment_id":"901_903","post_id":"{{Post}}","parent_id":"{{Post}}","from":{"id":"77","name":"Ann"},"message":"x"}
            """);
        Assert.True(comment.Removed);
        Assert.Equal(("", null, null), (comment.Text, comment.Author, comment.CreatedAt));
    }

    [Fact]
    public void AReplyKnowsWhatItAnswers() => Assert.Equal("901_903", Only(Some(parent: "901_903")).ParentId);

    [Fact]
    public void ACommentUnderThePostAnswersNobody() => Assert.Null(Only(Some()).ParentId);

    [Fact]
    public void APictureHasNoText() =>
        Assert.Equal("", Only("""{"item":"comment","verb":"add","comment_id":"1","photo":"https://scontent.example/p.jpg"}""").Text);

    [Fact]
    public void AnAuthorWhomTheAppMayNotSeeIsUnknown()
    {
        var comment = Only("""{"item":"comment","verb":"add","comment_id":"1","message":"x"}""");
        Assert.Null(comment.Author);
        Assert.Equal("x", comment.Text);
    }

    [Theory]
    [InlineData("""{"item":"comment","verb":"add","comment_id":"1","from":{"name":"Ann"},"message":"x"}""")]
    [InlineData("""{"item":"comment","verb":"add","comment_id":"1","from":null,"message":"x"}""")]
    [InlineData("""{"item":"comment","verb":"add","comment_id":"1","from":[],"message":"x"}""")]
    [InlineData("""{"item":"comment","verb":"add","comment_id":"1","from":{"id":{}},"message":"x"}""")]
    public void AnAuthorWithoutAnIdIsUnknown(string value) => Assert.Null(Only(value).Author);

    [Fact]
    public void TheOldShapeNamesASender() => Assert.Equal(
        new Author("9007199254740993", "Ann"),
        Only("""{"item":"comment","verb":"add","comment_id":"1","sender_id":9007199254740993,"sender_name":"Ann","message":"x"}""").Author);

    [Fact]
    public void NumbersAreIdsDigitByDigit()
    {
        var (comments, _) = Parse("""
            {"object":"page","entry":[{"id":9007199254740993,"changes":[{"field":"feed","value":
              {"item":"comment","verb":"add","comment_id":18446744073709551617,"post_id":9007199254740995,"from":{"id":9007199254740997},"message":"x"}}]}]}
            """);
        var comment = Assert.Single(comments);
        Assert.Equal(("18446744073709551617", "9007199254740995", "9007199254740993", "9007199254740997"), (comment.Key.Id, comment.ThreadId, comment.Channel, comment.Author!.Id));
    }

    [Fact]
    public void AMalformedChangeDoesNotHideTheOthers()
    {
        var (comments, ignored) = Parse($$"""
            {"object":"page","entry":[7,null,{"id":"1"},{"id":"1","changes":"x"},{"id":"1","changed_fields":["feed"],"changes":[
              5,null,[],{},{"field":"feed"},{"field":"feed","value":null},{"field":"feed","value":[]},{"field":["feed"],"value":{} },
              {"field":"feed","value":{"item":["comment"],"verb":{},"comment_id":true} },
              {"field":"feed","value":{{Some(id: "good")}} },
              {"field":"mention","value":{{Some(id: "mention")}} },{"field":"parking","value":{} } ] } ] }
            """);
        Assert.Equal("good", Assert.Single(comments).Key.Id);
        Assert.Equal(14, ignored.Count);
    }

    [Theory]
    [InlineData("[{}]")]
    [InlineData("null")]
    [InlineData("\"page\"")]
    [InlineData("{}")]
    [InlineData("""{"object":"permissions","entry":[{"id":"1","changes":[{"field":"comments","value":{"id":"1","text":"x"}}]}]}""")]
    public void WhatIsNoPageEventIsIgnored(string body)
    {
        var (comments, ignored) = Parse(body);
        Assert.Empty(comments);
        Assert.Equal(["not a page event"], ignored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("object=page")]
    public void WhatIsNoJsonThrows(string body) => Assert.ThrowsAny<JsonException>(() => Parse(body));

    [Fact]
    public void EscapesAreReadAsTheirCharacters() => Assert.Equal(
        "äöå perché 😀 http://x.example/", Only(Some(message: """\u00e4\u00f6\u00e5 perch\u00e9 \ud83d\ude00 http:\/\/x.example\/""")).Text);

    [Theory]
    [InlineData("""cut \ud83d""", "cut \ufffd")]
    [InlineData("""\\ud83d\ude00""", "\\ud83d\ufffd")]
    public void HalfASurrogatePairCostsOneCharacter(string message, string expected) => Assert.Equal(expected, Only(Some(message: message)).Text);

    [Fact]
    public void BytesThatAreNoUtf8CostOneCharacter()
    {
        var body = Encoding.UTF8.GetBytes(Delivery(Some(message: "perch?")));
        body[body.AsSpan().IndexOf("perch?"u8) + 5] = 0xE8;
        var delivery = new Delivery(Deliveries.Source("facebook", "a-secret-for-tests"), new Sources([]), Deliveries.Now);
        new Facebook().Read(Deliveries.Post(body, []), delivery);
        Assert.Equal("perch\ufffd", delivery.Only().Text);
    }

    [Fact]
    public void ATextTooLongLosesItsEndAndNoHalfACharacterStays()
    {
        var text = Only(Some(message: new string('x', CommentLimits.Text - 1) + "😀😀")).Text;
        Assert.Equal(CommentLimits.Text, text.Length);
        Assert.Equal('\ufffd', text[^1]);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/example/posts/1")]
    [InlineData("https://x.example/ onclick=x")]
    public void OnlyAWebAddressIsAPermalink(string address) =>
        Assert.Null(Only($$$"""{"item":"comment","verb":"add","comment_id":"1","post":{"permalink_url":"{{{address}}}"},"message":"x"}""").Permalink);

    [Fact]
    public void WhatIsTooLongForItsFieldIsLeftOut()
    {
        var (comments, _) = Parse($$$"""
            {"object":"page","entry":[{"id":"{{{new string('7', 200)}}}","changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1",
             "post_id":"{{{new string('8', 600)}}}","parent_id":"{{{new string('9', 600)}}}","from":{"id":"a","name":"{{{new string('n', 300)}}}"},"message":"x",
             "post":{"permalink_url":"https://x.example/{{{new string('p', 3000)}}}"} } }]}]}
            """);
        var comment = Assert.Single(comments);
        Assert.Equal(("facebook", null, null, null), (comment.Channel, comment.ThreadId, comment.ParentId, comment.Permalink));
        Assert.Equal(CommentLimits.Name, comment.Author!.Name!.Length);
    }

    [Theory]
    [InlineData("17853120030000")]
    [InlineData("0")]
    [InlineData("\"soon\"")]
    [InlineData("-9223372036854775808")]
    public void ATimeThatCannotBeIsUnknown(string time) =>
        Assert.Null(Only($$"""{"item":"comment","verb":"add","comment_id":"1","created_time":{{time}},"message":"x"}""").CreatedAt);

    private static string Some(string id = "901_903", string verb = "add", string parent = Post, string message = "Love this!", long edited = 0) => $$"""
        {"item":"comment","verb":"{{verb}}","comment_id":"{{id}}","post_id":"{{Post}}","parent_id":"{{parent}}","from":{"id":"77","name":"Ann"},
         "created_time":1785312003,{{(edited > 0 ? $"\"edited_time\":{edited}," : "")}}"message":"{{message}}"}
        """;

    private static string Delivery(string value) =>
        $$"""{"object":"page","entry":[{"id":"{{Page}}","time":1785312500,"changes":[{"field":"feed","value":{{value}} }]}]}""";

    private static Comment Only(string value) => Deliveries.Read("facebook", Delivery(value)).Only();

    private static (IReadOnlyList<Comment> Comments, IReadOnlyList<string> Ignored) Parse(string body)
    {
        var delivery = Deliveries.Read("facebook", body);
        return ([.. delivery.Arrivals.Select(a => a.Comment)], [.. delivery.Ignored, .. delivery.Unreadable.Select(u => u.Reason)]);
    }
}
