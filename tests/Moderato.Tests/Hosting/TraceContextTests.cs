using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Xunit;

namespace Moderato.Tests.Hosting;

/// <summary>A trace goes on in a message.</summary>
public sealed class TraceContextTests : IDisposable
{
    private static readonly byte[] Message = """{"type":"action","text":"così \"detto\""}"""u8.ToArray();

    private readonly ActivityListener _everything = new()
    {
        ShouldListenTo = source => source.Name == Spans.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public TraceContextTests() => ActivitySource.AddActivityListener(_everything);

    public void Dispose() => _everything.Dispose();

    [Fact]
    public void WhatIsCarriedIsReadAgainAndTheMessageStaysWhatItWas()
    {
        using var span = Spans.Request(Request(), "ReceiveWebhook", "/api/webhooks/{platform}/{source}");
        var carried = TraceContext.Carry(Message);
        Assert.Equal(Message.Length + TraceContext.Bytes, carried.Length);
        var read = TraceContext.Of(Encoding.UTF8.GetString(carried))!.Value;
        Assert.Equal((span!.TraceId, span.SpanId, true), (read.TraceId, read.SpanId, read.IsRemote));

        var json = JsonNode.Parse(carried)!.AsObject();
        json.Remove("traceparent");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Message), json));
    }

    [Fact]
    public void ALongMessageStillFitsAQueue()
    {
        const int longestInBase64 = 64 * 1024;
        Assert.InRange((CommentsMessage.LongestMessage + TraceContext.Bytes + 2) / 3 * 4, 1, longestInBase64);
    }

    [Fact]
    public void WithoutASpanOfOursNothingIsAdded()
    {
        Assert.Same(Message, TraceContext.Carry(Message));
        using var foreign = new Activity("somebody's").Start();
        foreign.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        Assert.Same(Message, TraceContext.Carry(Message));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("text")]
    public void WhatIsNoObjectWithSomethingInItIsLeftAlone(string message)
    {
        using var span = Spans.Request(Request(), "F", "/r");
        var bytes = Encoding.UTF8.GetBytes(message);
        Assert.Same(bytes, TraceContext.Carry(bytes));
    }

    [Theory]
    [InlineData("""{"type":"comments"}""")]
    [InlineData("""{"traceparent":"00-""")]
    [InlineData("""{"traceparent":"00-zzzz3577b34da6a3ce929d0e0e4736aa-00f067aa0ba902b7-01","type":"comments"}""")]
    [InlineData("""{"traceparent":"00-00000000000000000000000000000000-00f067aa0ba902b7-01","type":"comments"}""")]
    public void WhatIsNoTraceIsNone(string message) => Assert.Null(TraceContext.Of(message));

    [Fact]
    public void ASpanHasNoPathAndNoQuery()
    {
        var request = Request();
        request.Request.Path = "/api/incidents/a-link-that-opens";
        request.Request.QueryString = new QueryString("?author=anna");
        using var span = Spans.Request(request, "GetIncidentPage", "/api/incidents/{token}");
        Assert.DoesNotContain(span!.TagObjects, tag => tag.Value is string text && (text.Contains("a-link", StringComparison.Ordinal) || text.Contains("anna", StringComparison.Ordinal)));
    }

    [Fact]
    public void ABrokenTraceOfACallerIsNotTakenOver()
    {
        var request = Request();
        request.Request.Headers.TraceParent = "00-nonsense";
        using var span = Spans.Request(request, "F", "/r");
        Assert.Equal(default, span!.ParentSpanId);
    }

    private static DefaultHttpContext Request()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        return context;
    }
}
