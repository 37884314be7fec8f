using Azure;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class TableTests
{
    [Fact]
    public async Task ATableIsCreatedAndDeleted()
    {
        var table = await NewTableAsync();

        Assert.Equal(table.Name, (await table.CreateAsync()).Value.Name);
        await table.AddEntityAsync(new TableEntity("p", "r"));
        Assert.Equal(204, (await table.DeleteAsync()).Status);

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal(404, e.Status);
        Assert.Equal(TableErrorCode.TableNotFound, e.ErrorCode);
    }

    [Fact]
    public async Task ATableIsNotCreatedTwice()
    {
        var table = await NewTableAsync();
        await table.CreateAsync();

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync());

        Assert.Equal(409, e.Status);
        Assert.Equal(TableErrorCode.TableAlreadyExists, e.ErrorCode);
    }

    [Fact]
    public async Task ATableThatIsThereSatisfiesCreateIfNotExists()
    {
        var table = await NewTableAsync();

        await table.CreateIfNotExistsAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));
        var again = await table.CreateIfNotExistsAsync();

        Assert.Equal(table.Name, again.Value.Name);
        Assert.Equal(409, again.GetRawResponse().Status);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task AConflictThatIsNotTheTableItselfFailsCreateIfNotExists()
    {
        await using var service = await TableStandIn.StartAsync(context =>
        {
            context.Response.StatusCode = 409;
            context.Response.Headers["x-ms-error-code"] = "TableBeingDeleted";
            return Task.CompletedTask;
        });
        var table = new TableServiceClient(service.Endpoint, new TableSharedKeyCredential("account", "a2V5")).GetTableClient("words");

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateIfNotExistsAsync());

        Assert.Equal(TableErrorCode.TableBeingDeleted, e.ErrorCode);
    }

    [Fact]
    public async Task DeletingATableThatIsNotThereIsNoFailure()
    {
        var table = await NewTableAsync();

        Assert.Equal(404, (await table.DeleteAsync()).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1table")]
    [InlineData("a-table")]
    [InlineData("a/table")]
    [InlineData("Tables('x')")]
    public async Task ANameThatNoTableCanHaveIsRefused(string name)
    {
        var azurite = await Azurite.SharedAsync();

        Assert.Throws<ArgumentException>(() => new TableServiceClient(azurite.ConnectionString).GetTableClient(name));
    }

    private static async Task<TableClient> NewTableAsync()
    {
        var azurite = await Azurite.SharedAsync();
        return new TableServiceClient(azurite.ConnectionString).GetTableClient(Azurite.UniqueName());
    }
}
