using System.Text.Json;
using Moderato.Comments;
using Moderato.Mood;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Noted events in the table <c>settings</c>, by their beginning: those that touch a span are one short read.</summary>
public sealed class EventTables(TableSet tables) : IEventStore
{
    public async Task<IReadOnlyList<NotedEvent>> EventsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // What began earlier than the longest event lasts is over.
        var (first, end) = Keys.NotedEventRange(from - NotedEvent.Longest, to);
        var rows = tables.Settings.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.SettingsPartition(community)} and RowKey ge {first} and RowKey lt {end} and To gt {from}"), cancellationToken: cancellationToken);
        return await rows.Select(Read).ToListAsync(cancellationToken);
    }

    public Task AddAsync(CommunityId community, NotedEvent noted, CancellationToken cancellationToken) => tables.Settings.TryAddAsync(
        [
            new TableEntity(Keys.SettingsPartition(community), Keys.NotedEventRow(noted.From, noted.Id))
            {
                ["Id"] = noted.Id,
                ["Kind"] = noted.Kind.ToString(),
                ["Title"] = noted.Title,
                ["From"] = noted.From,
                ["To"] = noted.To,
                ["Expects"] = noted.Expects.ToString(),
                ["Channels"] = JsonSerializer.Serialize(noted.Channels, StoredJson.Options),
                ["By"] = noted.By,
            },
        ],
        cancellationToken);

    public Task RemoveAsync(CommunityId community, NotedEvent noted, CancellationToken cancellationToken) =>
        tables.Settings.DeleteEntityAsync(Keys.SettingsPartition(community), Keys.NotedEventRow(noted.From, noted.Id), cancellationToken: cancellationToken);

    private static NotedEvent Read(TableEntity row) => new(
        row.Text("Id"), Enum.Parse<EventKind>(row.Text("Kind")), row.Text("Title"), row.Time("From"), row.Time("To"), Enum.Parse<Expectation>(row.Text("Expects")),
        JsonSerializer.Deserialize<List<EventChannel>>(row.Text("Channels"), StoredJson.Options)!, row.Text("By"));
}
