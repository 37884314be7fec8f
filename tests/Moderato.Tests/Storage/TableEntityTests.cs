using Azure;
using Moderato.Storage.Tables;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class TableEntityTests
{
    [Fact]
    public void AMissingPropertyIsNull()
    {
        var row = new TableEntity("p", "r");

        Assert.Null(row["A"]);
        Assert.Null(row.GetString("A"));
        Assert.Null(row.GetInt32("A"));
        Assert.Null(row.GetInt64("A"));
        Assert.Null(row.GetDouble("A"));
        Assert.Null(row.GetBoolean("A"));
        Assert.Null(row.GetGuid("A"));
        Assert.Null(row.GetBinary("A"));
        Assert.Null(row.GetDateTimeOffset("A"));
        Assert.Null(row.Timestamp);
        Assert.Equal(default, row.ETag);
    }

    [Fact]
    public void APropertyOfAnotherTypeIsNamedWithoutItsValue()
    {
        var row = new TableEntity("p", "r") { ["A"] = "somebody's words" };

        var e = Assert.Throws<InvalidOperationException>(() => row.GetInt32("A"));

        Assert.Equal("The property A is String, not Int32.", e.Message);
    }

    [Fact]
    public void TheKeysAndTheVersionAreEntriesLikeTheOthers()
    {
        var row = new TableEntity(new Dictionary<string, object?> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["A"] = 1 })
        {
            ETag = new ETag("W/\"1\""),
        };

        Assert.Equal(("p", "r"), (row.PartitionKey, row.RowKey));
        Assert.Equal(new ETag("W/\"1\""), row.ETag);
        Assert.Equal(["A", "PartitionKey", "RowKey", "odata.etag"], row.Keys.Order(StringComparer.Ordinal));
    }
}
