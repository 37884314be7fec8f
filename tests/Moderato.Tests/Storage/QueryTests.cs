using Azure;
using Microsoft.AspNetCore.Http;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class QueryTests
{
    public static TheoryData<object> Values() => new(
        "plain",
        "l'amore dell'oste",
        "' or PartitionKey ne '",
        "a+b & c=d ? #1 100% %27",
        "città 💚",
        7,
        1L << 40,
        0.5,
        2.0,
        true,
        new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero).AddTicks(1234567),
        Guid.Parse("7f3b9b5e-52f3-4f6b-9b57-0d2f0c7a3a11"),
        new byte[] { 0, 1, 254, 255 });

    [Theory]
    [MemberData(nameof(Values))]
    public async Task AFilterFindsTheRowWithTheValueAndNoOther(object value)
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "wanted") { ["A"] = value });
        await table.AddEntityAsync(new TableEntity("p", "other") { ["A"] = "other" });
        await table.AddEntityAsync(new TableEntity("p", "without"));

        var found = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and A eq {value}")).ToListAsync();

        Assert.Equal(["wanted"], found.Select(r => r.RowKey));
    }

    [Fact]
    public async Task ARangeOfRowKeysComesInOrder()
    {
        var table = await Azurite.CreateTableAsync();
        foreach (var key in new[] { "c", "a", "d", "b" })
        {
            await table.AddEntityAsync(new TableEntity("p", key));
            await table.AddEntityAsync(new TableEntity("q", key));
        }

        var found = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and RowKey ge {"b"} and RowKey lt {"d"}")).ToListAsync();

        Assert.Equal(["b", "c"], found.Select(r => r.RowKey));
    }

    [Fact]
    public async Task MoreRowsThanOnePageHoldsComeOnceEachAndInOrder()
    {
        var table = await Azurite.CreateTableAsync();
        var keys = Enumerable.Range(0, 1050).Select(i => $"{i:D4}").ToArray();
        foreach (var chunk in keys.Chunk(100))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(k => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("l'oste & co", k))));
        }

        var pages = await table.QueryAsync<TableEntity>().AsPages().ToListAsync();
        var inSmallPages = await table.QueryAsync<TableEntity>(maxPerPage: 400).AsPages().ToListAsync();

        Assert.Equal([1000, 50], pages.Select(p => p.Values.Count));
        Assert.Equal([400, 400, 250], inSmallPages.Select(p => p.Values.Count));
        Assert.Null(pages[^1].ContinuationToken);
        Assert.Equal(keys, pages.SelectMany(p => p.Values).Select(r => r.RowKey));
        Assert.Equal(keys, inSmallPages.SelectMany(p => p.Values).Select(r => r.RowKey));
        Assert.Equal(1050, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task AQueryGoesOnWhereAnotherStopped()
    {
        var table = await Azurite.CreateTableAsync();
        foreach (var key in new[] { "a", "b", "c", "d", "e" })
        {
            await table.AddEntityAsync(new TableEntity("p'1", key));
        }

        var first = await table.QueryAsync<TableEntity>().AsPages(pageSizeHint: 2).FirstAsync();
        var rest = await table.QueryAsync<TableEntity>().AsPages(first.ContinuationToken).ToListAsync();

        Assert.Equal(["a", "b"], first.Values.Select(r => r.RowKey));
        Assert.Equal(["c", "d", "e"], rest.SelectMany(p => p.Values).Select(r => r.RowKey));
    }

    [Fact]
    public async Task AnEmptyPageIsNotTheEnd()
    {
        var asked = new List<(string? PartitionKey, string? RowKey, string? Filter)>();
        await using var service = await TableStandIn.StartAsync(async context =>
        {
            var query = context.Request.Query;
            asked.Add((query["NextPartitionKey"], query["NextRowKey"], query["$filter"]));
            context.Response.ContentType = "application/json";
            if (asked.Count == 1)
            {
                context.Response.Headers["x-ms-continuation-NextPartitionKey"] = "1!8!cCtx&=%";
                context.Response.Headers["x-ms-continuation-NextRowKey"] = "1!4!cg--";
                await context.Response.WriteAsync("""{"value":[]}""");
            }
            else if (asked.Count == 2)
            {
                context.Response.Headers["x-ms-continuation-NextPartitionKey"] = "1!8!bGFzdA--";
                await context.Response.WriteAsync("""{"value":[]}""");
            }
            else
            {
                await context.Response.WriteAsync("""{"value":[{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r"}]}""");
            }
        });
        var table = new TableServiceClient(service.Endpoint, new TableSharedKeyCredential("account", "a2V5")).GetTableClient("words");

        var rows = await table.QueryAsync<TableEntity>("A eq 1").ToListAsync();

        Assert.Equal("r", Assert.Single(rows).RowKey);
        Assert.Equal(
            [(null, null, "A eq 1"), ("1!8!cCtx&=%", "1!4!cg--", "A eq 1"), ("1!8!bGFzdA--", null, "A eq 1")],
            asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a&b&c")]
    [InlineData("a&b&$filter=true")]
    public async Task ATokenThatIsNoneIsRefused(string token)
    {
        var table = await Azurite.CreateTableAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () => await table.QueryAsync<TableEntity>().AsPages(token).ToListAsync());
    }

    [Fact]
    public async Task AFilterThatTheServiceDoesNotUnderstandIsA400WithoutTheFilter()
    {
        var table = await Azurite.CreateTableAsync();

        var e = await Assert.ThrowsAsync<RequestFailedException>(
            async () => await table.QueryAsync<TableEntity>("somebodys words eq").ToListAsync());

        Assert.Equal(400, e.Status);
        Assert.DoesNotContain("words", e.ToString(), StringComparison.Ordinal);
    }
}
