using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;
using static Moderato.Storage.Tables.TableTransactionActionType;

namespace Moderato.Tests.Storage;

public sealed class TransactionTests
{
    [Fact]
    public async Task EveryKindOfActionHappens()
    {
        var table = await Azurite.CreateTableAsync();
        foreach (var key in new[] { "merge", "replace", "delete", "upsertMerge", "upsertReplace" })
        {
            await table.AddEntityAsync(Row(key, "Old"));
        }

        var answers = await table.SubmitTransactionAsync(
        [
            new(Add, Row("add", "New")),
            new(UpdateMerge, Row("merge", "New")),
            new(UpdateReplace, Row("replace", "New")),
            new(Delete, Row("delete", "New")),
            new(UpsertMerge, Row("upsertMerge", "New")),
            new(UpsertReplace, Row("upsertReplace", "New")),
            new(UpsertReplace, Row("upsertNew", "New")),
        ]);

        Assert.Equal([204, 204, 204, 204, 204, 204, 204], answers.Value.Select(a => a.Status));
        var rows = await table.QueryAsync<TableEntity>().ToDictionaryAsync(r => r.RowKey);
        Assert.Equal(
            ["add", "merge", "replace", "upsertMerge", "upsertNew", "upsertReplace"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows.Values, r => Assert.Equal(1, r.GetInt32("New")));
        Assert.Equal(["merge", "upsertMerge"], rows.Values.Where(r => r.ContainsKey("Old")).Select(r => r.RowKey).Order(StringComparer.Ordinal));
        Assert.Equal(rows["add"].ETag, answers.Value[0].Headers.ETag);
        Assert.Equal(rows["merge"].ETag, answers.Value[1].Headers.ETag);
    }

    [Fact]
    public async Task AHundredRowsAreWrittenInOneRequest()
    {
        var table = await Azurite.CreateTableAsync();

        var answers = await table.SubmitTransactionAsync(Adds(100));

        Assert.Equal(100, answers.Value.Count);
        Assert.Equal(100, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task AFailureLeavesNothingBehindAndNamesTheAction()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(Row("there", "Old"));

        var e = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(Add, Row("first", "New")),
            new(UpsertReplace, Row("second", "New")),
            new(Add, Row("there", "New")),
            new(Add, Row("fourth", "New")),
        ]));

        Assert.Equal(409, e.Status);
        Assert.Equal(TableErrorCode.EntityAlreadyExists, e.ErrorCode);
        Assert.Equal(2, e.FailedTransactionActionIndex);
        var left = await table.QueryAsync<TableEntity>().SingleAsync();
        Assert.Equal("there", left.RowKey);
        Assert.True(left.ContainsKey("Old"));
    }

    [Theory]
    [InlineData(UpdateMerge)]
    [InlineData(UpdateReplace)]
    [InlineData(Delete)]
    public async Task AnActionOnAnOlderVersionFails(TableTransactionActionType type)
    {
        var table = await Azurite.CreateTableAsync();
        var old = await table.AddEntityAsync(Row("r", "Old"));
        await table.UpsertEntityAsync(Row("r", "Newer"));

        var e = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [new(Add, Row("first", "New")), new(type, Row("r", "New"), old.Headers.ETag!.Value)]));

        Assert.Equal(412, e.Status);
        Assert.Equal(TableErrorCode.UpdateConditionNotSatisfied, e.ErrorCode);
        Assert.Equal(1, e.FailedTransactionActionIndex);
        Assert.Equal(["r"], await table.QueryAsync<TableEntity>().Select(r => r.RowKey).ToListAsync());
    }

    [Theory]
    [InlineData(UpdateMerge)]
    [InlineData(UpdateReplace)]
    [InlineData(Delete)]
    public async Task AnActionOnARowThatIsNotThereFails(TableTransactionActionType type)
    {
        var table = await Azurite.CreateTableAsync();

        var e = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync([new(type, Row("missing", "New"))]));

        Assert.Equal((404, 0), (e.Status, e.FailedTransactionActionIndex));
        Assert.Empty(await table.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task ATransactionThatTheServiceWouldRefuseIsNotSent()
    {
        var count = new CountRequests();
        var options = new TableClientOptions();
        options.AddPolicy(count, Azure.Core.HttpPipelinePosition.PerCall);
        var table = await Azurite.CreateTableAsync(options);
        var before = count.Requests;
        var text = new string('x', 32_000);

        var tooMany = await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(Adds(101)));
        await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(
            [new(Add, new TableEntity("p", "r")), new(Add, new TableEntity("q", "r"))]));
        await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(
            Enumerable.Range(0, 70).Select(i => new TableTransactionAction(Add, new TableEntity("p", $"{i}") { ["A"] = text, ["B"] = text }))));

        Assert.Contains("100", tooMany.Message, StringComparison.Ordinal);
        Assert.Contains("101", tooMany.Message, StringComparison.Ordinal);
        Assert.Equal(before, count.Requests);
    }

    [Theory]
    [InlineData("l'oste")]
    [InlineData("100% a+b c")]
    [InlineData("città 💚")]
    [InlineData("a&b=c;d,e:f@g!h*i")]
    public async Task AnyKeyWorksInATransaction(string key)
    {
        var table = await Azurite.CreateTableAsync();

        await table.SubmitTransactionAsync([new(Add, new TableEntity(key, "a" + key)), new(UpsertReplace, new TableEntity(key, "b" + key))]);
        await table.SubmitTransactionAsync([new(UpdateMerge, new TableEntity(key, "a" + key) { ["A"] = 1 }), new(Delete, new TableEntity(key, "b" + key))]);

        var left = await table.QueryAsync<TableEntity>().SingleAsync();
        Assert.Equal((key, "a" + key, 1), (left.PartitionKey, left.RowKey, left.GetInt32("A")));
    }

    [Fact]
    public async Task AMissingTableIsATransactionThatFailed()
    {
        var azurite = await Azurite.SharedAsync();
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient(Azurite.UniqueName());

        var e = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(Adds(2)));

        Assert.Equal(404, e.Status);
        Assert.Equal(TableErrorCode.TableNotFound, e.ErrorCode);
    }

    private static TableEntity Row(string key, string property) => new("p", key) { [property] = 1 };

    private static IEnumerable<TableTransactionAction> Adds(int count) =>
        Enumerable.Range(0, count).Select(i => new TableTransactionAction(Add, Row($"{i:D3}", "A")));
}
