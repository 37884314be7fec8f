using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Azure;
using Azure.Core;
using Azure.Core.Diagnostics;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Http;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class TablePipelineTests
{
    [Fact]
    public async Task APolicyPerCallSeesEachOperationOnce()
    {
        var count = new CountRequests();
        var options = new TableClientOptions();
        options.AddPolicy(count, HttpPipelinePosition.PerCall);

        var table = await Azurite.CreateTableAsync(options);
        await table.AddEntityAsync(new TableEntity("p", "r"));
        await table.GetEntityAsync<TableEntity>("p", "r");
        await table.QueryAsync<TableEntity>().ToListAsync();
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Delete, new TableEntity("p", "r"))]);

        Assert.Equal(5, count.Requests);
    }

    [Fact]
    public async Task ABrokenConnectionIsTriedAgainAndSignedAgain()
    {
        var table = await Azurite.CreateTableAsync();
        var azurite = await Azurite.SharedAsync();
        var failure = new BreakFirstTry();
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero } };
        options.AddPolicy(failure, HttpPipelinePosition.PerRetry);

        await new TableServiceClient(azurite.ConnectionString, options).GetTableClient(table.Name).AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(2, failure.Tries);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task AServiceThatIsBusyIsAskedAgain()
    {
        var tries = 0;
        await using var service = await TableStandIn.StartAsync(context =>
        {
            context.Response.StatusCode = ++tries < 3 ? 503 : 204;
            return Task.CompletedTask;
        });
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero } };

        await Table(service, options).UpsertEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task AFailureDoesNotRepeatWhatTheServiceRepeats()
    {
        await using var service = await TableStandIn.StartAsync(context =>
        {
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/json";
            context.Response.Headers["x-ms-request-id"] = "4711";
            return context.Response.WriteAsync(
                """{"odata.error":{"code":"InvalidInput","message":{"lang":"en-US","value":"Cannot store: somebody's words"}}}""");
        });

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => Table(service).AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((400, "InvalidInput"), (e.Status, e.ErrorCode));
        Assert.Equal("The table service answered 400 (InvalidInput); request 4711.", e.Message);
        Assert.DoesNotContain("words", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("[]")]
    [InlineData("""{"odata.error":{}}""")]
    public async Task AFailureThatSaysNothingKeepsItsStatus(string body)
    {
        await using var service = await TableStandIn.StartAsync(context =>
        {
            context.Response.StatusCode = 418;
            return context.Response.WriteAsync(body);
        });

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => Table(service).AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((418, null), (e.Status, e.ErrorCode));
        Assert.Equal("The table service answered 418 (without an error code).", e.Message);
    }

    [Fact]
    public async Task TheLogHoldsNoFilterNoSignatureAndNoText()
    {
        var log = new ConcurrentQueue<string>();
        using var listener = new AzureEventSourceListener((_, text) => log.Enqueue(text), EventLevel.Verbose);
        var table = await Azurite.CreateTableAsync();
        var words = $"words{Guid.NewGuid():N}";

        await table.AddEntityAsync(new TableEntity("p", "r") { ["Text"] = words });
        var found = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Text eq {words}")).SingleAsync();

        Assert.Equal(words, found.GetString("Text"));
        Assert.Contains(log, l => l.Contains(table.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(log, l => l.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain(log, l => l.Contains("SharedKeyLite", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACancelledQueryStops()
    {
        var table = await Azurite.CreateTableAsync();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await table.QueryAsync<TableEntity>(cancellationToken: cancel.Token).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await table.QueryAsync<TableEntity>().ToListAsync(cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await table.QueryAsync<TableEntity>().AsPages().ToListAsync(cancel.Token));
    }

    private static TableClient Table(TableStandIn service, TableClientOptions? options = null) =>
        new TableServiceClient(service.Endpoint, new TableSharedKeyCredential("account", "a2V5"), options).GetTableClient("words");

    private sealed class BreakFirstTry : HttpPipelineSynchronousPolicy
    {
        public int Tries { get; private set; }

        public override void OnSendingRequest(HttpMessage message)
        {
            if (++Tries == 1)
            {
                throw new IOException("The connection broke.");
            }
        }
    }
}
