using System.Text.Json.Nodes;
using Moderato.Ingest;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

public sealed class StandardWebhooksTests
{
    [Fact]
    public void ACommentIsReadAsOverHttp()
    {
        var delivery = Read("""
            {"type":"comment.created","timestamp":"2026-11-03T20:26:10.344522Z","data":{"platform":"example-forum","id":"c-1001","threadId":"t-7","permalink":"https://forum.example/t/7#c-1001",
              "author":{"id":"u-9","name":"Anna"},"text":"Ciao","stars":4,"createdAt":"2026-11-03T20:26:09Z"} }
            """);
        var comment = delivery.Only();
        Assert.Equal(("example-forum", "c-1001", "t-7", 4), (comment.Key.Platform.ToString(), comment.Key.Id, comment.ThreadId, comment.Stars));
        Assert.Equal("msg_1", delivery.Arrivals[0].EventId);
    }

    [Fact]
    public void AnEditWithoutATimeHasItsEvents() => Assert.Equal(Deliveries.At("2026-11-03T20:30:00Z"), Read(
        """{"type":"comment.edited","timestamp":"2026-11-03T20:30:00Z","data":{"platform":"example-forum","id":"c-1001","text":"Di nuovo ciao"} }""").Only().EditedAt);

    [Fact]
    public void ARemovalNeedsNoText() => Assert.True(Read(
        """{"type":"comment.deleted","timestamp":"2026-11-03T20:31:00Z","data":{"platform":"example-forum","id":"c-1001"} }""").Only().Removed);

    [Fact]
    public void OtherEventsAreIgnored() => Read("""{"type":"user.created","data":{} }""").IsIgnored();

    [Theory]
    [InlineData("{}", "type")]
    [InlineData("""{"type":"comment.created"}""", "data")]
    [InlineData("""{"type":"comment.created","data":{"platform":"x y","stars":9} }""", "data.platform", "data.id", "data.text", "data.stars")]
    [InlineData("""{"type":"comment.batch","data":{"events":[]} }""", "data.events")]
    public async Task ASenderIsToldEverythingThatIsWrong(string body, params string[] fields)
    {
        var delivery = Read(body);
        Assert.Empty(delivery.Arrivals);
        var (status, answer) = await SignatureTests.ExecuteAsync(delivery.Answer!);
        Assert.Equal(400, status);
        Assert.Equal(fields, JsonNode.Parse(answer)!["errors"]!.AsArray().Select(e => (string?)e!["field"]));
    }

    [Fact]
    public void OneBadEventOfABatchIsParkedAndTheOthersAreTaken()
    {
        var delivery = Read("""
            {"type":"comment.batch","data":{"events":[
              {"type":"comment.created","data":{"platform":"f","id":"1","text":"a"} },
              {"type":"comment.created","data":{"platform":"f","text":"b"} },
              {"type":"comment.deleted","data":{"platform":"f","id":"3"} }]} }
            """);
        Assert.Equal(["1", "3"], delivery.Arrivals.Select(a => a.Comment.Key.Id));
        Assert.Equal(["msg_1.0", "msg_1.2"], delivery.Arrivals.Select(a => a.EventId));
        Assert.Equal("an event of a batch is not valid: data.id", Assert.Single(delivery.Unreadable).Reason);
        Assert.Null(delivery.Answer);
    }

    private static Delivery Read(string body) => Deliveries.Read("standard", body, Deliveries.Source("standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
}
