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
    public async Task WithoutAnythingItIsTheLastSevenDays() => Assert.Equal(
        new OutcomeQuery { Community = Community, From = Now.AddMinutes(1).AddDays(-7), To = Now.AddMinutes(1), Limit = 100 }, await AcceptedAsync(""));

    [Fact]
    public async Task EveryFieldFindsItsPlace() => Assert.Equal(
        new OutcomeQuery
        {
            Community = Community,
            From = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero),
            Decision = Decision.Hold,
            State = OutcomeState.Acted,
            Sentiment = Sentiment.Negative,
            Intent = Intent.QuestionOrder,
            Toxicity = 0.8,
            Language = "it",
            Platform = PlatformId.Parse("facebook"),
            Channel = "La Bottega",
            Author = "7 7",
            Thread = "1_2",
            Route = "care",
            Rule = "spam",
            Label = "vip",
            Contains = "rimborso",
            NewestFirst = true,
            Limit = 5,
        },
        await AcceptedAsync("?from=2026-03-01&to=2026-03-02T09:30:00%2B01:00&decision=HOLD&state=acted&sentiment=negative&intent=question-order&toxicity=0.8&language=it&platform=facebook"
            + "&channel=La%20Bottega&author=7%207&thread=1_2&route=care&rule=spam&label=vip&contains=rimborso&order=newest&limit=5"));

    [Fact]
    public async Task EmptyFieldsAreAsGoodAsAbsent() => Assert.Equal(await AcceptedAsync(""), await AcceptedAsync("?from=&to=&decision=&sentiment=&platform=&author=&limit=&cursor="));

    [Fact]
    public async Task EverythingWrongIsSaidAtOnceAndNoValueIsRepeated()
    {
        var errors = await RefusedAsync("?from=zzvaluezz&to=zzvaluezz&decision=zzvaluezz&state=zzvaluezz&sentiment=zzvaluezz&intent=zzvaluezz&toxicity=zzvaluezz&platform=Zzvaluezz&order=zzvaluezz&limit=zzvaluezz&cursor=zzvaluezz&lang=zzvaluezz");
        Assert.Equal(["cursor", "decision", "from", "intent", "lang", "limit", "order", "platform", "sentiment", "state", "to", "toxicity"], errors.Select(e => e.Field).Order(StringComparer.Ordinal));
        Assert.All(errors, e => Assert.DoesNotContain("zzvaluezz", e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1000", 1000)]
    public async Task ALimitIsTaken(string limit, int expected) => Assert.Equal(expected, (await AcceptedAsync($"?limit={limit}")).Limit);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1001")]
    [InlineData("99999999999")]
    [InlineData("1.5")]
    [InlineData("%201")]
    [InlineData("1&limit=2")]
    public async Task ALimitOutOfBoundsIsRefused(string limit) => Assert.Equal("limit", Assert.Single(await RefusedAsync($"?limit={limit}")).Field);

    [Theory]
    [InlineData("2026-03-01T10:30:00+01:00")]
    [InlineData("2026-03-01T10:30:00%2B01:00")]
    [InlineData("2026-03-01T10:30%2B01:00")]
    [InlineData("2026-03-01T09:30:00Z")]
    [InlineData("2026-03-01T09:30:00.000Z")]
    [InlineData("2026-03-01T09:30:00")]
    [InlineData("2026-03-01T09:30")]
    public async Task ATimeMayLoseItsPlusOnTheWay(string from) => Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), (await AcceptedAsync($"?from={from}")).From);

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
    public async Task WhatIsNoIsoTimeIsRefusedRatherThanGuessed(string from) => Assert.Equal("from", Assert.Single(await RefusedAsync($"?from={from}")).Field);

    [Theory]
    [InlineData("?from=2026-03-02&to=2026-03-01")]
    [InlineData("?from=2026-03-01&to=2026-03-01")]
    [InlineData("?from=2026-03-11")]
    public async Task ASpanEndsAfterItBegins(string query) => Assert.Equal("from", Assert.Single(await RefusedAsync(query)).Field);

    [Theory]
    [InlineData("decision", "0")]
    [InlineData("decision", "Hold,Hide")]
    [InlineData("decision", "hold&decision=hide")]
    [InlineData("sentiment", "1")]
    [InlineData("sentiment", "angry")]
    public async Task AChoiceIsOneOfItsNames(string field, string value) => Assert.Equal(field, Assert.Single(await RefusedAsync($"?{field}={value}")).Field);

    [Fact]
    public async Task WordsAreLookedForInASpanThatIsNamed()
    {
        Assert.Equal("contains", Assert.Single(await RefusedAsync("?contains=rimborso")).Field);
        Assert.Equal("contains", Assert.Single(await RefusedAsync($"?from=2026-03-01&contains={new string('x', 201)}")).Field);
    }

    [Fact]
    public async Task ACursorGoesOnWhereItsPageEnded()
    {
        const string query = "?decision=hold&author=a";
        var cursor = await CursorOfAsync(query);
        Assert.Equal("position ~ 😀 | x", (await AcceptedAsync($"{query}&limit=7&cursor={cursor}")).After);
        // Time moves on while somebody reads page after page: the span is the one that was asked for.
        var (read, _) = await Reader($"{query}&cursor={cursor}", Now.AddHours(5)).ReadAsync(1000, [], CancellationToken.None);
        Assert.Equal(("position ~ 😀 | x", Now.AddMinutes(1), Now.AddMinutes(1).AddDays(-7)), (read!.After, read.To, read.From));
        Assert.Equal(cursor, await CursorOfAsync(query));
    }

    [Fact]
    public async Task ACursorSaysNothing()
    {
        var bytes = Base64Url.DecodeFromChars(await CursorOfAsync("?author=anna"));
        Assert.DoesNotContain("position", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("anna", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?decision=hide")]
    [InlineData("?decision=hold&sentiment=negative")]
    [InlineData("")]
    [InlineData("?decision=hold&from=2026-03-09")]
    [InlineData("?decision=hold&author=hold")]
    [InlineData("?decision=hold&order=newest")]
    public async Task ACursorOfAnotherQueryIsRefused(string query)
    {
        var cursor = await CursorOfAsync("?decision=hold");
        Assert.Equal("cursor", Assert.Single(await RefusedAsync($"{query}{(query.Length == 0 ? '?' : '&')}cursor={cursor}")).Field);
    }

    [Fact]
    public async Task ACursorOfAnotherCommunityIsRefused()
    {
        var elsewhere = await new QueryReader(Query(""), CommunityId.Parse("other"), Now, new Cursors(new SomeSecret())).CursorAsync(Any, "p", CancellationToken.None);
        Assert.Equal("cursor", Assert.Single(await RefusedAsync($"?cursor={elsewhere}")).Field);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[\"x\",\"y\"]")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task AnInventedCursorIsRefused(string text) =>
        Assert.Equal("cursor", Assert.Single(await RefusedAsync($"?cursor={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))}")).Field);

    [Fact]
    public async Task ACursorCutShortOrChangedIsRefused()
    {
        var cursor = await CursorOfAsync("");
        for (var length = 1; length < cursor.Length; length++)
            Assert.Equal("cursor", Assert.Single(await RefusedAsync($"?cursor={cursor[..length]}")).Field);
        for (var at = 0; at < cursor.Length - 1; at++) // the last letter has bits that mean nothing
            Assert.Equal("cursor", Assert.Single(await RefusedAsync($"?cursor={cursor[..at]}{(cursor[at] == 'A' ? 'B' : 'A')}{cursor[(at + 1)..]}")).Field);
    }

    private static readonly OutcomeQuery Any = new() { Community = Community, From = Now.AddMinutes(1).AddDays(-7), To = Now.AddMinutes(1), Limit = 1 };

    private static Task<string> CursorOfAsync(string query) => Reader(query).CursorAsync(Any, "position ~ 😀 | x", CancellationToken.None);

    private static async Task<OutcomeQuery> AcceptedAsync(string query)
    {
        var (read, errors) = await Reader(query).ReadAsync(1000, [], CancellationToken.None);
        Assert.Empty(errors);
        return read!;
    }

    private static async Task<IReadOnlyList<FieldError>> RefusedAsync(string query)
    {
        var (read, errors) = await Reader(query).ReadAsync(1000, [], CancellationToken.None);
        Assert.Null(read);
        return errors;
    }

    private static QueryReader Reader(string query, DateTimeOffset? now = null) => new(Query(query), Community, now ?? Now, new Cursors(new SomeSecret()));

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));

    private sealed class SomeSecret : IOwnSecrets
    {
        public Task<byte[]> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new byte[32]);
    }
}
