using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Outcomes;
using Xunit;

namespace Moderato.Tests.Outcomes;

public sealed class QueryReaderTests
{
    private static readonly CommunityId Community = CommunityId.Parse("demo");
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void WithoutAnythingItIsTheLastSevenDays() => Assert.Equal(
        new OutcomeQuery { Community = Community, From = Now.AddMinutes(1).AddDays(-7), To = Now.AddMinutes(1), Limit = 100 }, Accepted(""));

    [Fact]
    public void EveryFieldFindsItsPlace() => Assert.Equal(
        new OutcomeQuery
        {
            Community = Community,
            From = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero),
            Decision = Decision.Hold,
            Sentiment = Sentiment.Negative,
            Platform = PlatformId.Parse("facebook"),
            Author = "7 7",
            Limit = 5,
        },
        Accepted("?from=2026-03-01&to=2026-03-02T09:30:00%2B01:00&decision=HOLD&sentiment=negative&platform=facebook&author=7%207&limit=5"));

    [Fact]
    public void EmptyFieldsAreAsGoodAsAbsent() => Assert.Equal(Accepted(""), Accepted("?from=&to=&decision=&sentiment=&platform=&author=&limit=&cursor="));

    [Fact]
    public void EverythingWrongIsSaidAtOnceAndNoValueIsRepeated()
    {
        var errors = Refused("?from=zzvaluezz&to=zzvaluezz&decision=zzvaluezz&sentiment=zzvaluezz&platform=Zzvaluezz&limit=zzvaluezz&cursor=zzvaluezz&lang=zzvaluezz");
        Assert.Equal(["cursor", "decision", "from", "lang", "limit", "platform", "sentiment", "to"], errors.Select(e => e.Field).Order(StringComparer.Ordinal));
        Assert.All(errors, e => Assert.DoesNotContain("zzvaluezz", e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1000", 1000)]
    public void ALimitIsTaken(string limit, int expected) => Assert.Equal(expected, Accepted($"?limit={limit}").Limit);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1001")]
    [InlineData("99999999999")]
    [InlineData("1.5")]
    [InlineData("%201")]
    [InlineData("1&limit=2")]
    public void ALimitOutOfBoundsIsRefused(string limit) => Assert.Equal("limit", Assert.Single(Refused($"?limit={limit}")).Field);

    [Theory]
    [InlineData("2026-03-01T10:30:00+01:00")]
    [InlineData("2026-03-01T10:30:00%2B01:00")]
    [InlineData("2026-03-01T10:30%2B01:00")]
    [InlineData("2026-03-01T09:30:00Z")]
    [InlineData("2026-03-01T09:30:00.000Z")]
    [InlineData("2026-03-01T09:30:00")]
    [InlineData("2026-03-01T09:30")]
    public void ATimeMayLoseItsPlusOnTheWay(string from) =>
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), Accepted($"?from={from}").From);

    [Theory]
    [InlineData("2026-03-01 09:30")]
    [InlineData("12:30")]
    [InlineData("03/04/2026")]
    [InlineData("4 March 2026")]
    [InlineData("March 2026")]
    [InlineData("2026-02-30")]
    [InlineData("1772359200")]
    [InlineData("1969-12-31")]
    [InlineData("9999-12-31")]
    [InlineData("2026-03-01&from=2026-03-02")]
    public void WhatIsNoIsoTimeIsRefusedRatherThanGuessed(string from) => Assert.Equal("from", Assert.Single(Refused($"?from={from}")).Field);

    [Theory]
    [InlineData("?from=2026-03-02&to=2026-03-01")]
    [InlineData("?from=2026-03-01&to=2026-03-01")]
    [InlineData("?from=2026-03-11")]
    public void ASpanEndsAfterItBegins(string query) => Assert.Equal("from", Assert.Single(Refused(query)).Field);

    [Theory]
    [InlineData("decision", "0")]
    [InlineData("decision", "Hold,Hide")]
    [InlineData("decision", "hold&decision=hide")]
    [InlineData("sentiment", "1")]
    [InlineData("sentiment", "angry")]
    public void AChoiceIsOneOfItsNames(string field, string value) => Assert.Equal(field, Assert.Single(Refused($"?{field}={value}")).Field);

    [Fact]
    public void ACursorGoesOnWhereItsPageEnded()
    {
        const string query = "?decision=hold&author=a";
        Assert.Equal("position ~ 😀", Accepted($"{query}&limit=7&cursor={CursorOf(query)}").After);
        // Time moves on while somebody reads page after page.
        var (read, _) = Reader($"{query}&cursor={CursorOf(query)}", Now.AddHours(5)).Read();
        Assert.Equal("position ~ 😀", read!.After);
    }

    [Theory]
    [InlineData("?decision=hide")]
    [InlineData("?decision=hold&sentiment=negative")]
    [InlineData("")]
    [InlineData("?decision=hold&from=2026-03-09")]
    [InlineData("?decision=hold&author=hold")]
    public void ACursorOfAnotherQueryIsRefused(string query)
    {
        var cursor = CursorOf("?decision=hold");
        Assert.Equal("cursor", Assert.Single(Refused($"{query}{(query.Length == 0 ? '?' : '&')}cursor={cursor}")).Field);
    }

    [Fact]
    public void ACursorOfAnotherCommunityIsRefused()
    {
        var elsewhere = new QueryReader(Query(""), CommunityId.Parse("other"), Now).CursorAt("p");
        Assert.Equal("cursor", Assert.Single(Refused($"?cursor={elsewhere}")).Field);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[null,null]")]
    [InlineData("[\"x\",\"y\"]")]
    [InlineData("[1,2]")]
    [InlineData("[\"x\"")]
    [InlineData("\"\\ud800\"")]
    public void AnInventedCursorIsRefused(string json) =>
        Assert.Equal("cursor", Assert.Single(Refused($"?cursor={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))}")).Field);

    [Fact]
    public void ACursorCutShortIsRefused()
    {
        var cursor = CursorOf("");
        for (var length = 1; length < cursor.Length; length++)
            Assert.Equal("cursor", Assert.Single(Refused($"?cursor={cursor[..length]}")).Field);
    }

    private static string CursorOf(string query) => Reader(query).CursorAt("position ~ 😀");

    private static OutcomeQuery Accepted(string query)
    {
        var (read, errors) = Reader(query).Read();
        Assert.Empty(errors);
        return read!;
    }

    private static IReadOnlyList<FieldError> Refused(string query)
    {
        var (read, errors) = Reader(query).Read();
        Assert.Null(read);
        return errors;
    }

    private static QueryReader Reader(string query, DateTimeOffset? now = null) => new(Query(query), Community, now ?? Now);

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));
}
