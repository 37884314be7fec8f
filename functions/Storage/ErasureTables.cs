using System.Text.Json;
using Azure.Storage.Queues;
using Moderato.Comments;
using Moderato.Privacy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Receipts of erasures, a row each, and the queue of their pieces.</summary>
public sealed class ErasureTables(TableSet tables, StorageConnection connection, AuthorEraser eraser) : IErasureStore
{
    private readonly QueueClient _queue = connection.Queues.GetQueueClient(QueueNames.Erasures);

    public Task EnqueueAsync(ErasureMessage message, TimeSpan delay, CancellationToken cancellationToken) => _queue.KeepAsync(message.ToBytes(), delay, cancellationToken);

    public async Task<StandingErasure> AddAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        await tables.Erasures.TryAddAsync([RowOf(erasure)], cancellationToken);
        var there = await tables.Erasures.GetEntityAsync<TableEntity>(Keys.ErasurePartition(erasure.Community), Keys.ErasureRow(erasure.Id), cancellationToken: cancellationToken);
        return new StandingErasure(Read(there.Value), there.Value.ETag.ToString());
    }

    public async Task<Erasure?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken) =>
        await tables.Erasures.FindAsync(Keys.ErasurePartition(community), Keys.ErasureRow(id), cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<Erasure>> NewestAsync(CommunityId community, int most, CancellationToken cancellationToken)
    {
        var rows = tables.Erasures.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ErasurePartition(community)}"), cancellationToken: cancellationToken);
        return await rows.Select(Read).OrderByDescending(e => e.StartedAt).Take(most).ToListAsync(cancellationToken);
    }

    public Task<bool> ReplaceAsync(StandingErasure standing, Erasure next, CancellationToken cancellationToken) =>
        tables.Erasures.TryReplaceAsync(RowOf(next), standing.Tag, cancellationToken);

    public Task<ErasedPiece> EraseAsync(ErasureSubject subject, ErasurePhase phase, bool secondLook, string? cursor, CancellationToken cancellationToken) =>
        eraser.EraseAsync(subject, phase, secondLook, cursor, cancellationToken);

    private static TableEntity RowOf(Erasure erasure) => new(Keys.ErasurePartition(erasure.Community), Keys.ErasureRow(erasure.Id))
    {
        ["Body"] = JsonSerializer.Serialize(erasure, StoredJson.Options),
    };

    private static Erasure Read(TableEntity row) => JsonSerializer.Deserialize<Erasure>(row.Text("Body"), StoredJson.Options)!;
}
