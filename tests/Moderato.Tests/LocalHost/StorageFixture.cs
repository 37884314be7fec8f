using Azure.Storage.Queues;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.LocalHosting;

/// <summary>An account of the emulator for the tests of the local host. Each test has queues of its own.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync() => ConnectionString = await Azurite.NewAccountAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>A queue as its senders see it: texts become base64.</summary>
    public async Task<QueueClient> CreateQueueAsync()
    {
        var queue = Queue($"q{Guid.NewGuid():N}");
        await queue.CreateAsync();
        return queue;
    }

    public QueueClient Queue(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });
}

/// <summary>One after the other: each of these tests starts processes, and they share one emulator.</summary>
[CollectionDefinition(Name)]
public sealed class LocalHostTests : ICollectionFixture<StorageFixture>
{
    public const string Name = "Local host";
}
