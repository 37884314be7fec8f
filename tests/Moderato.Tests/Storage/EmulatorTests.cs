using Azure.Storage.Queues;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class EmulatorTests
{
    /// <summary>Disposing closes its standard input and waits for it to end, which it does by itself or not at all.</summary>
    [Fact]
    public async Task TheEmulatorEndsWithItsStandardInputAndKeepsItsData()
    {
        var folder = Directory.CreateTempSubdirectory("azurite-");
        try
        {
            await using (var first = await Azurite.StartAsync("--location", folder.FullName))
            {
                var table = new TableServiceClient(first.ConnectionString).GetTableClient("words");
                await table.CreateAsync();
                await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "kept" });
            }

            await using var second = await Azurite.StartAsync("--location", folder.FullName);
            TableEntity read = await new TableServiceClient(second.ConnectionString).GetTableClient("words").GetEntityAsync<TableEntity>("p", "r");

            Assert.Equal("kept", read.GetString("A"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task TheSharedEmulatorTakesQueuesToo()
    {
        var azurite = await Azurite.SharedAsync();
        var queue = new QueueClient(azurite.ConnectionString, Azurite.UniqueName("q"));
        await queue.CreateAsync();

        await queue.SendMessageAsync("hello");

        Assert.Equal("hello", (await queue.ReceiveMessageAsync()).Value.MessageText);
    }
}
