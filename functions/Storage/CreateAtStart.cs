using Microsoft.Extensions.Hosting;
using Moderato.Comments;

namespace Moderato.Storage;

/// <summary>Makes every table and queue before the first request is taken, so that nothing else needs to ask whether they are there.</summary>
public sealed class CreateAtStart(StorageConnection connection, TableSet tables) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
        tables.All.Select(t => (Task)t.CreateIfNotExistsAsync(cancellationToken))
            .Concat(QueueNames.All.Select(q => connection.Queues.GetQueueClient(q).CreateIfNotExistsAsync(cancellationToken: cancellationToken))));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
