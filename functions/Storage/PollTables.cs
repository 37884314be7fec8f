using System.Text.Json;
using Azure.Storage.Queues;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>How far platforms have been read, and the queue of what is to be asked.</summary>
public sealed class PollTables(TableSet tables, StorageConnection connection) : IPollStore
{
    private readonly QueueClient _fetches = connection.Queues.GetQueueClient(QueueNames.Fetches);

    public async Task<PollState> ReadAsync(Source source, CancellationToken cancellationToken)
    {
        var row = await tables.Settings.FindAsync(Keys.SettingsPartition(source.Community), Keys.PollRow(source.Platform, source.Id), cancellationToken);
        return row is null ? PollState.Start : new PollState(row.GetString("Cursor"), row.Time("NextAt"), row.GetInt32("Failures") ?? 0);
    }

    public Task SaveAsync(Source source, PollState state, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.SettingsPartition(source.Community), Keys.PollRow(source.Platform, source.Id))
        {
            ["NextAt"] = state.NextAt,
            ["Failures"] = state.Failures,
        };
        row.SetIfAny("Cursor", state.Cursor);
        return tables.Settings.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    public Task EnqueueAsync(Fetch fetch, TimeSpan delay, CancellationToken cancellationToken) => _fetches.KeepAsync(
        JsonSerializer.SerializeToUtf8Bytes(fetch, JsonSerializerOptions.Web), delay, cancellationToken);
}
