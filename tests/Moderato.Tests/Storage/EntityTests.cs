using Azure;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class EntityTests
{
    public static TheoryData<object> Values() => new(
        "",
        "Perché no? 💚 \"quoted\" \\ {braces} \r\n\t <b>&amp;</b> \u2028 --changeset HTTP/1.1 500",
        0,
        int.MinValue,
        int.MaxValue,
        0L,
        long.MinValue,
        long.MaxValue,
        0.0,
        1.0,
        -2.0,
        0.1,
        1e20,
        double.MaxValue,
        double.Epsilon,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        true,
        false,
        new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero).AddTicks(1234567),
        new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Guid.Parse("7f3b9b5e-52f3-4f6b-9b57-0d2f0c7a3a11"),
        Array.Empty<byte>(),
        new byte[] { 0, 1, 254, 255 });

    [Theory]
    [MemberData(nameof(Values))]
    public async Task EveryTypeOfPropertyComesBackAsItWas(object value)
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "single") { ["Value"] = value });
        await table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, new TableEntity("p", "together") { ["Value"] = value })]);

        foreach (var key in new[] { "single", "together" })
        {
            TableEntity read = await table.GetEntityAsync<TableEntity>("p", key);
            Assert.IsType(value.GetType(), read["Value"]);
            Assert.Equal(value, read["Value"]);
        }

        await foreach (var read in table.QueryAsync<TableEntity>())
        {
            Assert.Equal(value, read["Value"]);
        }
    }

    [Fact]
    public async Task ManyPropertiesKeepTheirTypes()
    {
        var table = await Azurite.CreateTableAsync();
        var row = new TableEntity("p", "r");
        foreach (var (index, value) in Values().Cast<object[]>().Select(v => v[0]).Index())
        {
            row[$"P{index}"] = value;
        }

        await table.AddEntityAsync(row);

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.All(row, p => Assert.Equal(p.Value, read[p.Key]));
    }

    [Fact]
    public async Task HalfACharacterIsReplacedAndDoesNotStopTheRow()
    {
        var table = await Azurite.CreateTableAsync();

        await table.AddEntityAsync(new TableEntity("p", "r\ud83d") { ["Text"] = "a\ud83d\"b" });

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r\ud83d");
        Assert.Equal("a\ufffd\"b", read.GetString("Text"));
        Assert.Equal("r\ufffd", read.RowKey);
    }

    [Fact]
    public async Task ATimeIsStoredInUtc()
    {
        var table = await Azurite.CreateTableAsync();
        var inRome = new DateTimeOffset(2026, 7, 1, 14, 0, 0, TimeSpan.FromHours(2));

        await table.AddEntityAsync(new TableEntity("p", "r") { ["At"] = inRome, ["Naive"] = new DateTime(2026, 7, 1, 12, 0, 0) });

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(inRome.ToUniversalTime(), read.GetDateTimeOffset("At"));
        Assert.Equal(TimeSpan.Zero, read.GetDateTimeOffset("At")!.Value.Offset);
        Assert.Equal(inRome.UtcDateTime, read.GetDateTime("Naive"));
    }

    [Fact]
    public async Task ARowComesWithItsTimeAndVersion()
    {
        var table = await Azurite.CreateTableAsync();

        var added = await table.AddEntityAsync(new TableEntity("p", "r"));

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.NotNull(read.Timestamp);
        Assert.Equal(added.Headers.ETag, read.ETag);
    }

    [Fact]
    public async Task APropertyThatIsNullIsNotStored()
    {
        var table = await Azurite.CreateTableAsync();

        await table.AddEntityAsync(new TableEntity("p", "r") { ["Nothing"] = null, ["Something"] = 1 });

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.False(read.ContainsKey("Nothing"));
        Assert.Null(read.GetString("Nothing"));
    }

    [Fact]
    public async Task OnlyTheSelectedPropertiesCome()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1L, ["B"] = 2 });

        TableEntity one = await table.GetEntityAsync<TableEntity>("p", "r", ["A"]);
        var all = await table.QueryAsync<TableEntity>(select: ["A", "RowKey"]).SingleAsync();

        Assert.Equal(1, one.GetInt64("A"));
        Assert.False(one.ContainsKey("B"));
        Assert.Equal(("r", 1L), (all.RowKey, all.GetInt64("A")));
        Assert.False(all.ContainsKey("B"));
    }

    [Fact]
    public async Task ARowThatIsNotThereIsA404()
    {
        var table = await Azurite.CreateTableAsync();

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));

        Assert.Equal(404, e.Status);
        Assert.Equal(TableErrorCode.ResourceNotFound, e.ErrorCode);
    }

    [Fact]
    public async Task ARowThatIsNotThereHasNoValue()
    {
        var table = await Azurite.CreateTableAsync();

        var answer = await table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.False(answer.HasValue);
        Assert.Equal(404, answer.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => answer.Value);
    }

    [Fact]
    public async Task ASecondInsertIsAConflict()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "first" });

        var e = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "second" }));

        Assert.Equal(409, e.Status);
        Assert.Equal(TableErrorCode.EntityAlreadyExists, e.ErrorCode);
        Assert.Equal("first", (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetString("A"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, true)]
    [InlineData(TableUpdateMode.Replace, false)]
    public async Task AnUpsertInsertsThenMergesOrReplaces(TableUpdateMode mode, bool oldPropertyStays)
    {
        var table = await Azurite.CreateTableAsync();

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Old"] = 1 }, mode);
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["New"] = 2 }, mode);

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(2, read.GetInt32("New"));
        Assert.Equal(oldPropertyStays, read.ContainsKey("Old"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, true)]
    [InlineData(TableUpdateMode.Replace, false)]
    public async Task AnUpdateOfTheVersionThatWasReadMergesOrReplaces(TableUpdateMode mode, bool oldPropertyStays)
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Old"] = 1 });
        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["New"] = 2 }, read.ETag, mode);

        read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(2, read.GetInt32("New"));
        Assert.Equal(oldPropertyStays, read.ContainsKey("Old"));
    }

    [Fact]
    public async Task AnUpdateOfAnOlderVersionChangesNothing()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        TableEntity old = await table.GetEntityAsync<TableEntity>("p", "r");
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, ETag.All);

        old["A"] = 3;
        var e = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(old, old.ETag));

        Assert.Equal(412, e.Status);
        Assert.Equal(TableErrorCode.UpdateConditionNotSatisfied, e.ErrorCode);
        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("A"));
    }

    [Fact]
    public async Task AnUpdateNeverInserts()
    {
        var table = await Azurite.CreateTableAsync();

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));
        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));

        Assert.Equal(404, e.Status);
        Assert.Empty(await table.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task ADeletedRowIsGoneAndDeletingItAgainIsNoFailure()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(204, (await table.DeleteEntityAsync("p", "r")).Status);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "r")).Status);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task ARowThatChangedSinceItWasReadIsNotDeleted()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        TableEntity old = await table.GetEntityAsync<TableEntity>("p", "r");
        var changed = await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 });

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", old.ETag));

        Assert.Equal(412, e.Status);
        Assert.Equal(204, (await table.DeleteEntityAsync("p", "r", changed.Headers.ETag!.Value)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("l'amore dell'oste")]
    [InlineData("100%")]
    [InlineData("%27 %2F %25")]
    [InlineData("a+b c")]
    [InlineData("a&b=c;d,e:f@g!h*i(j)k$l~m")]
    [InlineData("..")]
    [InlineData("città 💚 日本")]
    [InlineData("[{\"<>|^`}]")]
    public async Task AnyKeyAddressesItsRow(string key)
    {
        var table = await Azurite.CreateTableAsync();
        foreach (var (partition, row) in new[] { (key, "r"), ("p", key), (key, key) })
        {
            await table.AddEntityAsync(new TableEntity(partition, row) { ["A"] = 1 });
            await table.UpsertEntityAsync(new TableEntity(partition, row) { ["B"] = 2 });
            await table.UpdateEntityAsync(new TableEntity(partition, row) { ["C"] = 3 }, ETag.All);
            TableEntity read = await table.GetEntityAsync<TableEntity>(partition, row);
            Assert.Equal((partition, row), (read.PartitionKey, read.RowKey));
            Assert.Equal((1, 2, 3), (read.GetInt32("A"), read.GetInt32("B"), read.GetInt32("C")));
        }

        Assert.Equal(3, await table.QueryAsync<TableEntity>().CountAsync());
        foreach (var (partition, row) in new[] { (key, "r"), ("p", key), (key, key) })
        {
            Assert.Equal(204, (await table.DeleteEntityAsync(partition, row)).Status);
        }
    }

    [Fact]
    public async Task AValueThatTheServiceCannotStoreIsRefusedByName()
    {
        var table = await Azurite.CreateTableAsync();

        var e = await Assert.ThrowsAsync<NotSupportedException>(
            () => table.AddEntityAsync(new TableEntity("p", "r") { ["Price"] = 12.5m }));

        Assert.Contains("Price", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("12", e.Message, StringComparison.Ordinal);
    }
}
