using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Ingest;
using Xunit;

namespace Moderato.Tests.Ingest;

public sealed class CommentReaderTests
{
    private static readonly CommunityId Community = CommunityId.Parse("demo");
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void EveryFieldFindsItsPlace()
    {
        var comment = Accepted("""
            {"platform":"forum","id":"42","text":" Ciao! ","textFormat":"plain","channel":"negozio","threadId":"t","parentId":"p",
             "permalink":"https://forum.example/42","author":{"id":"a","name":"Anna","age":7},"createdAt":"2026-03-01T10:30:00+01:00",
             "editedAt":1772359200,"removed":false,"mood":"fine"}
            """);
        Assert.Equal(
            new Comment
            {
                Community = Community,
                Key = new CommentKey(PlatformId.Parse("forum"), "42"),
                Channel = "negozio",
                ThreadId = "t",
                ParentId = "p",
                Permalink = "https://forum.example/42",
                Author = new Author("a", "Anna"),
                Text = "Ciao!",
                CreatedAt = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero),
                EditedAt = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
                FirstReceivedAt = Now,
                ReceivedAt = Now,
            },
            comment);
        Assert.Equal(TimeSpan.Zero, comment.CreatedAt!.Value.Offset);
    }

    [Fact]
    public void WhatIsNotThereIsUnknown()
    {
        var comment = Accepted("""{"platform":"forum","id":"1","text":""}""");
        Assert.Equal("forum", comment.Channel);
        Assert.Equal("", comment.Text);
        Assert.Null(comment.Author ?? (object?)comment.ThreadId ?? comment.ParentId ?? comment.Permalink);
        Assert.Null(comment.CreatedAt ?? comment.EditedAt);
        Assert.Equal(1, comment.Revision);
    }

    [Fact]
    public void ANullIsAsGoodAsAbsent()
    {
        var nulls = Accepted("""
            {"platform":"forum","id":"1","text":"x","textFormat":null,"channel":null,"threadId":null,"parentId":null,"permalink":null,
             "author":null,"createdAt":null,"editedAt":null,"removed":null}
            """);
        Assert.Equal(Accepted("""{"platform":"forum","id":"1","text":"x"}"""), nulls);
    }

    [Fact]
    public void EverythingWrongIsSaidAtOnceAndNoValueIsRepeated()
    {
        const string secret = "zzsecretzz";
        var errors = Refused($$$"""
            {"platform":"{{{secret}}} !","id":["{{{secret}}}"],"text":{"{{{secret}}}":1},"textFormat":"{{{secret}}}","channel":true,
             "threadId":"{{{new string('x', 600)}}}","parentId":{},"permalink":"javascript:{{{secret}}}","author":"{{{secret}}}",
             "createdAt":"{{{secret}}}","editedAt":"2026-03-01T09:30:00","removed":"{{{secret}}}"}
            """);
        Assert.Equal(
            ["author", "channel", "createdAt", "editedAt", "id", "parentId", "permalink", "platform", "removed", "threadId"],
            errors.Select(e => e.Field).Where(f => f is not ("text" or "textFormat")).Order(StringComparer.Ordinal));
        Assert.All(errors, e => Assert.DoesNotContain(secret, e.Message, StringComparison.Ordinal));
        Assert.All(errors, e => Assert.StartsWith($"'{e.Field}' ", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void TextAndItsFormatAreRefusedTogether() =>
        Assert.Equal(["textFormat", "text"], Refused("""{"platform":"forum","id":"1","textFormat":"markdown"}""").Select(e => e.Field));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("7")]
    public void OnlyAnObjectIsAComment(string json) => Assert.Equal("", Assert.Single(Refused(json)).Field);

    [Theory]
    [InlineData("platform", """{"id":"1","text":"x"}""")]
    [InlineData("platform", """{"platform":null,"id":"1","text":"x"}""")]
    [InlineData("platform", """{"platform":"","id":"1","text":"x"}""")]
    [InlineData("platform", """{"platform":"Facebook","id":"1","text":"x"}""")]
    [InlineData("platform", """{"platform":"-x","id":"1","text":"x"}""")]
    [InlineData("platform", """{"platform":"a~b","id":"1","text":"x"}""")]
    [InlineData("platform", """{"platform":"abcdefghijabcdefghijabcdefghijabc","id":"1","text":"x"}""")]
    [InlineData("id", """{"platform":"forum","text":"x"}""")]
    [InlineData("id", """{"platform":"forum","id":"  ","text":"x"}""")]
    [InlineData("id", """{"platform":"forum","id":false,"text":"x"}""")]
    [InlineData("text", """{"platform":"forum","id":"1"}""")]
    [InlineData("text", """{"platform":"forum","id":"1","text":null}""")]
    [InlineData("text", """{"platform":"forum","id":"1","text":7}""")]
    [InlineData("text", """{"platform":"forum","id":"1","text":"x","removed":false,"text":[]}""")]
    [InlineData("permalink", """{"platform":"forum","id":"1","text":"x","permalink":"/relative"}""")]
    [InlineData("permalink", """{"platform":"forum","id":"1","text":"x","permalink":"ftp://x.example/"}""")]
    [InlineData("permalink", """{"platform":"forum","id":"1","text":"x","permalink":"data:text/html,hi"}""")]
    [InlineData("removed", """{"platform":"forum","id":"1","text":"x","removed":1}""")]
    [InlineData("author", """{"platform":"forum","id":"1","text":"x","author":[]}""")]
    [InlineData("author.id", """{"platform":"forum","id":"1","text":"x","author":{}}""")]
    [InlineData("author.id", """{"platform":"forum","id":"1","text":"x","author":{"id":"","name":"Anna"}}""")]
    [InlineData("author.name", """{"platform":"forum","id":"1","text":"x","author":{"id":"a","name":{}}}""")]
    public void AMistakeIsNamedByItsField(string field, string json) => Assert.Equal(field, Assert.Single(Refused(json)).Field);

    [Theory]
    [InlineData("id", CommentLimits.Id)]
    [InlineData("text", CommentLimits.Text)]
    [InlineData("channel", CommentLimits.Channel)]
    [InlineData("threadId", CommentLimits.Id)]
    [InlineData("parentId", CommentLimits.Id)]
    [InlineData("permalink", CommentLimits.Permalink)]
    [InlineData("author.id", CommentLimits.Id)]
    [InlineData("author.name", CommentLimits.Name)]
    public void TheLongestIsTakenAndOneMoreIsNot(string field, int longest)
    {
        Accepted(With(field, longest));
        Assert.Equal(field, Assert.Single(Refused(With(field, longest + 1))).Field);

        static string With(string field, int length)
        {
            var fields = new Dictionary<string, object> { ["platform"] = "forum", ["id"] = "1", ["text"] = "x" };
            var value = field == "permalink" ? "https://x.example/".PadRight(length, 'x') : new string('x', length);
            if (field.Split('.') is [var outer, var inner])
                fields[outer] = new Dictionary<string, string> { ["id"] = "a", [inner] = value };
            else
                fields[field] = value;
            return JsonSerializer.Serialize(fields);
        }
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("18446744073709551617")]
    [InlineData("123456789012345678901234567890123456789")]
    public void ANumberIsAnIdDigitByDigit(string number)
    {
        var comment = Accepted($$"""{"platform":"forum","id":{{number}},"text":"x","threadId":{{number}},"author":{"id":{{number}} } }""");
        Assert.Equal((number, number, number), (comment.Key.Id, comment.ThreadId, comment.Author!.Id));
    }

    [Theory]
    [InlineData(null, "a <b> &amp; c", "a <b> &amp; c")]
    [InlineData("plain", "a <b> &amp; c", "a <b> &amp; c")]
    [InlineData("html", "a <b>b</b> &amp; c", "a b & c")]
    public void MarkupIsMarkupOnlyWhereTheSenderSaysSo(string? format, string text, string expected)
    {
        var json = JsonSerializer.Serialize(new { platform = "forum", id = "1", text, textFormat = format });
        Assert.Equal(expected, Accepted(json).Text);
    }

    [Fact]
    public void HtmlThatUnfoldsBeyondTheLongestTextStaysAsItIs()
    {
        // The parser repeats an unclosed link in each paragraph, and with it the link's address.
        var html = $"<p><a href=\"https://x.example/{new string('x', 8_000)}\">{string.Concat(Enumerable.Repeat("<p>a", 2_000))}";
        Assert.Equal(html, Accepted(JsonSerializer.Serialize(new { platform = "forum", id = "1", text = html, textFormat = "html" })).Text);
    }

    [Theory]
    [InlineData("\"1969-01-01T00:00:00Z\"")]
    [InlineData("\"2026-03-12T00:00:00Z\"")]
    [InlineData("\"9999-12-31T23:59:59Z\"")]
    [InlineData("0")]
    [InlineData("99999999999")]
    public void ATimeThatCannotBeTrueIsLeftOut(string time)
    {
        var comment = Accepted($$"""{"platform":"forum","id":"1","text":"x","createdAt":{{time}},"editedAt":{{time}}}""");
        Assert.Null(comment.CreatedAt ?? comment.EditedAt);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-03-01\"")]
    [InlineData("\"2026-02-30T00:00:00Z\"")]
    [InlineData("\"2026-03-01T09:30:00\"")]
    [InlineData("\"01/03/2026 09:30\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1e99")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void WhatIsNoTimeIsRefused(string time) =>
        Assert.Equal("createdAt", Assert.Single(Refused($$"""{"platform":"forum","id":"1","text":"x","createdAt":{{time}}}""")).Field);

    [Fact]
    public void ARemovedCommentNeedsNoTextAndKeepsNone()
    {
        Assert.True(Accepted("""{"platform":"forum","id":"1","removed":true}""").Removed);
        var comment = Accepted(
            """{"platform":"forum","id":"1","removed":true,"text":"parole","permalink":"https://x.example/","author":{"id":"a","name":"Anna"},"threadId":"t"}""");
        Assert.Equal(("", null, null, "t"), (comment.Text, comment.Author, comment.Permalink, comment.ThreadId));
    }

    [Theory]
    [InlineData("ciao \\ud83d", "ciao \ufffd")]
    [InlineData("\\ude00 ciao", "\ufffd ciao")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\ufffd😀")]
    [InlineData("\\ud83d\\ude00\\ude00", "😀\ufffd")]
    [InlineData("\\ude00\\ud83d", "\ufffd\ufffd")]
    [InlineData("\\\\ud83d \\ud83d", "\\ud83d \ufffd")]
    [InlineData("\\\\ud83d\\ude00", "\\ud83d\ufffd")]
    [InlineData("\\ud83d\\\\ude00", "\ufffd\\ude00")]
    [InlineData("\\\\\\ud83d\\n\\\"", "\\\ufffd\n\"")]
    public void HalfASurrogatePairCostsOneCharacter(string escaped, string expected)
    {
        var comment = Accepted($$"""{"platform":"forum","id":"{{escaped}}","text":"{{escaped}}","author":{"id":"a","name":"{{escaped}}"} }""");
        Assert.Equal(expected, comment.Key.Id);
        Assert.Equal(expected, comment.Author!.Name);
        Assert.Equal(expected, comment.Text);
    }

    [Fact]
    public void BytesThatAreNoUtf8CostOneCharacter()
    {
        byte[] json = [.. "{\"platform\":\"forum\",\"id\":\"1\",\"text\":\"perch"u8, 0xE8, .. " \\ud83d?\"}"u8];
        using var document = JsonText.Parse(json);
        var (comment, errors) = CommentReader.Read(document.RootElement, Community, Now);
        Assert.Empty(errors);
        Assert.Equal("perch\ufffd \ufffd?", comment!.Text);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"platform":"forum","id":"1","text":"x"}""")]
    [InlineData("""{"platform":"forum","id":"1","text":"x","\ud800":1}""")]
    [InlineData("""{"platform":"forum","id":"1","text":"x","tex\ud800":1,"i\ud800":2}""")]
    public void ANameThatIsNoUnicodeIsAnUnknownField(string json) => Assert.Equal("x", Accepted(json).Text);

    [Fact]
    public void DeepHtmlIsReadToTheEnd()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 3_900)) + "x";
        Assert.Equal("x", Accepted(JsonSerializer.Serialize(new { platform = "forum", id = "1", text = html, textFormat = "html" })).Text);
    }

    private static Comment Accepted(string json)
    {
        var (comment, errors) = Read(json);
        Assert.Empty(errors);
        return comment!;
    }

    private static IReadOnlyList<FieldError> Refused(string json)
    {
        var (comment, errors) = Read(json);
        Assert.Null(comment);
        return errors;
    }

    private static (Comment? Comment, IReadOnlyList<FieldError> Errors) Read(string json)
    {
        using var document = JsonText.Parse(Encoding.UTF8.GetBytes(json));
        return CommentReader.Read(document.RootElement, Community, Now);
    }
}
