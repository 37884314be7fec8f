using Azure;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class MappedEntityTests
{
    public enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public async Task AClassOfOnesOwnComesBackAsItWas()
    {
        var table = await Azurite.CreateTableAsync();
        var row = new Row
        {
            PartitionKey = "p",
            RowKey = "r",
            Text = "ciao",
            Count = 3,
            Total = 1L << 40,
            Score = 2.0,
            Done = true,
            At = new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero),
            Day = new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc),
            Id = Guid.Parse("7f3b9b5e-52f3-4f6b-9b57-0d2f0c7a3a11"),
            Bytes = [1, 2, 3],
            Colour = Colour.Green,
        };

        await table.AddEntityAsync(row);

        Row read = await table.GetEntityAsync<Row>("p", "r");
        Assert.NotEqual(default, read.ETag);
        Assert.NotNull(read.Timestamp);
        Assert.Equivalent(row with { ETag = read.ETag, Timestamp = read.Timestamp }, read, strict: true);
        Assert.Equivalent(read, await table.QueryAsync<Row>().SingleAsync(), strict: true);
    }

    [Fact]
    public async Task AColumnThatTheClassDoesNotKnowIsLeftAlone()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Text"] = "a", ["Stranger"] = 1 });

        Row read = await table.GetEntityAsync<Row>("p", "r");
        read.Text = "b";
        await table.UpdateEntityAsync(read, read.ETag);

        TableEntity after = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(("b", 1), (after.GetString("Text"), after.GetInt32("Stranger")));
    }

    [Fact]
    public async Task AColumnOfAnotherTypeIsNamed()
    {
        var table = await Azurite.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Count"] = "many words" });

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => table.GetEntityAsync<Row>("p", "r"));

        Assert.Contains("Count", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("many words", e.Message, StringComparison.Ordinal);
    }

    private sealed record Row : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string? Text { get; set; }

        public int Count { get; set; }

        public long? Total { get; set; }

        public double Score { get; set; }

        public bool Done { get; set; }

        public DateTimeOffset At { get; set; }

        public DateTime Day { get; set; }

        public Guid? Id { get; set; }

        public byte[]? Bytes { get; set; }

        public Colour Colour { get; set; }

        public string? Missing { get; set; }
    }
}
