using Azure.Storage.Queues;
using Moderato.Local.Up;
using Xunit;

namespace Moderato.Tests.LocalHosting;

/// <summary>The storage emulator for the tests of the local host, started as <c>up</c> starts it. Each test has queues of its own.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async Task InitializeAsync() =>
        _azurite = await AzuriteProcess.StartInMemoryAsync(Path.Combine(TestApp.Repository, "infra", "local", "azurite.js"), TimeProvider.System);

    public async Task DisposeAsync() => await _azurite!.DisposeAsync();

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
