using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Hosting.Worker;
using Xunit;

namespace Moderato.Tests.Hosting;

public sealed class InvocationRequestTests
{
    [Theory]
    [InlineData("""{"type":"comments"}""")]
    [InlineData("ciao")]
    [InlineData("")]
    [InlineData("[1,2]")]
    [InlineData("perché «😀» \n\t\\ /")]
    public void TextComesThroughHoweverOftenItWasEncoded(string message)
    {
        var encoded = message;
        for (var times = 0; times < 4; times++)
        {
            Assert.Equal(message, Read(new { Data = new { message = encoded } }).TextOf("message"));
            encoded = JsonSerializer.Serialize(encoded);
        }
    }

    [Theory]
    [InlineData("\"ciao\" disse \"addio\"")]
    [InlineData("\"")]
    [InlineData("\"ciao")]
    [InlineData("ciao\"")]
    [InlineData("\"\\\"")]
    [InlineData("\"a\nb\"")]
    public void TextThatMerelyHasQuotationMarksKeepsThem(string message) =>
        Assert.Equal(message, Read(new { Data = new { message } }).TextOf("message"));

    [Fact]
    public void AJsonDocumentIsNeverChanged() => Prop.ForAll(
        Gen.Elements("\"", "\\", "ciao", "😀", "\n", "{", "}").ListOf().Select(p => JsonSerializer.Serialize(new { text = string.Concat(p) })).ToArbitrary(),
        message => Read(new { Data = new { message = JsonSerializer.Serialize(message) } }).TextOf("message") == message).QuickCheckThrowOnFailure();

    [Fact]
    public void NumbersAndObjectsAreTheirOwnText()
    {
        var request = Read("""{"Data":{"n":5,"o":{"IsPastDue":true},"t":true,"z":null}}""");
        Assert.Equal(("5", """{"IsPastDue":true}""", "true", "null"), (request.TextOf("n"), request.TextOf("o"), request.TextOf("t"), request.TextOf("z")));
    }

    [Theory]
    [InlineData("""{"Data":{"other":"zzwordszz"}}""")]
    [InlineData("""{"Data":"zzwordszz"}""")]
    [InlineData("""{"Metadata":{"message":"zzwordszz"}}""")]
    [InlineData("\"zzwordszz\"")]
    [InlineData("[]")]
    public void WithoutItsBindingItIsRefused(string body)
    {
        var refusal = Assert.Throws<FormatException>(() => Read(body).TextOf("message"));
        Assert.DoesNotContain("zzwordszz", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCameBesideIsFoundByItsNameInAnyCase()
    {
        var metadata = Read("""{"Data":{},"Metadata":{"Id":"\"a-b\"","DequeueCount":"2","sys":{"MethodName":"X"},"n":7}}""").Metadata();
        Assert.Equal(("a-b", "2", "7", """{"MethodName":"X"}"""), (metadata["id"], metadata["dequeuecount"], metadata["N"], metadata["sys"]));
    }

    [Theory]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Metadata":null}""")]
    [InlineData("""{"Metadata":[]}""")]
    [InlineData("[]")]
    public void NothingBesideIsNothing(string body) => Assert.Empty(Read(body).Metadata());

    private static InvocationRequest Read(object body) => Read(JsonSerializer.Serialize(body));

    private static InvocationRequest Read(string body) => new(JsonDocument.Parse(Encoding.UTF8.GetBytes(body)));
}
