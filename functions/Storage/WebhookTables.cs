using Azure.Storage.Queues;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Events sent to the user's own systems: one partition an endpoint, a row a delivery, and one that says whether it is off.</summary>
public sealed class WebhookTables(TableSet tables, StorageConnection connection, ModerationTables moderation) : IWebhookStore
{
    private readonly QueueClient _queue = connection.Queues.GetQueueClient(QueueNames.Webhooks);

    public Task EnqueueAsync(WebhookDelivery delivery, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.KeepAsync(delivery.ToMessage(), delay, cancellationToken);

    public async Task<WebhookDelivery> AddAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (await tables.Webhooks.TryAddAsync([RowOf(delivery)], cancellationToken))
            return await WithoutLinksOfErasedAsync(delivery, cancellationToken);
        var there = await tables.Webhooks.GetEntityAsync<TableEntity>(PartitionOf(delivery), Keys.DeliveryRow(delivery.Id), cancellationToken: cancellationToken);
        return Read(there.Value);
    }

    public Task SaveAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        tables.Webhooks.UpsertEntityAsync(RowOf(delivery), TableUpdateMode.Replace, cancellationToken);

    public async Task<WebhookDelivery?> FindAsync(Endpoint endpoint, string id, CancellationToken cancellationToken) =>
        await tables.Webhooks.FindAsync(Keys.WebhookPartition(endpoint.Community, endpoint.Id), Keys.DeliveryRow(id), cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<WebhookDelivery>> NewestAsync(Endpoint endpoint, int limit, CancellationToken cancellationToken)
    {
        // Thirty days of one endpoint: sorted here, since ids come from what is told and not from the time.
        var all = await Deliveries(endpoint, cancellationToken).Select(Read).ToListAsync(cancellationToken);
        return [.. all.OrderByDescending(d => d.CreatedAt).Take(limit)];
    }

    public async Task<SwitchedOff?> FindSwitchedOffAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        await tables.Webhooks.FindAsync(Keys.WebhookPartition(endpoint.Community, endpoint.Id), Keys.SwitchedOffRow, cancellationToken) is { } row
            ? new SwitchedOff(row.Text("Reason"), row.Time("At"))
            : null;

    public Task SwitchAsync(Endpoint endpoint, SwitchedOff? off, CancellationToken cancellationToken)
    {
        var partition = Keys.WebhookPartition(endpoint.Community, endpoint.Id);
        return off is null
            ? tables.Webhooks.DeleteEntityAsync(partition, Keys.SwitchedOffRow, cancellationToken: cancellationToken)
            : tables.Webhooks.UpsertEntityAsync(new TableEntity(partition, Keys.SwitchedOffRow) { ["Reason"] = off.Reason, ["At"] = off.At }, TableUpdateMode.Replace, cancellationToken);
    }

    public async Task<int> ForgetAsync(Endpoint endpoint, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        await foreach (var row in Deliveries(endpoint, cancellationToken).Where(r => r.Time("CreatedAt") < before))
        {
            await tables.Webhooks.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
            forgotten++;
        }
        return forgotten;
    }

    /// <summary>Asked after the row was written: either this sees that the author was erased, or whoever erases sees the row.</summary>
    private async Task<WebhookDelivery> WithoutLinksOfErasedAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.LinksTo() is not { } key || await moderation.FindCommentAsync(delivery.Community, key, cancellationToken) is not { Erased: true })
            return delivery;
        var without = delivery.WithoutLinks();
        await SaveAsync(without, cancellationToken);
        return without;
    }

    private IAsyncEnumerable<TableEntity> Deliveries(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var partition = Keys.WebhookPartition(endpoint.Community, endpoint.Id);
        return tables.Webhooks.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.DeliveryRow("")}"), cancellationToken: cancellationToken);
    }

    private static string PartitionOf(WebhookDelivery delivery) => Keys.WebhookPartition(delivery.Community, delivery.Endpoint);

    private static TableEntity RowOf(WebhookDelivery delivery)
    {
        var row = new TableEntity(PartitionOf(delivery), Keys.DeliveryRow(delivery.Id))
        {
            ["Id"] = delivery.Id,
            ["Community"] = delivery.Community.ToString(),
            ["Endpoint"] = delivery.Endpoint,
            ["Type"] = delivery.Type,
            ["Body"] = delivery.Body,
            ["CreatedAt"] = delivery.CreatedAt,
            ["State"] = delivery.State.ToString(),
            ["Attempts"] = delivery.Attempts,
        };
        row.SetIfAny("LastResult", delivery.LastResult);
        row.SetIfAny("LastTriedAt", delivery.LastTriedAt);
        row.SetIfAny("NextAt", delivery.NextAt);
        return row;
    }

    internal static WebhookDelivery Read(TableEntity row) => new()
    {
        Id = row.Text("Id"),
        Community = CommunityId.Parse(row.Text("Community")),
        Endpoint = row.Text("Endpoint"),
        Type = row.Text("Type"),
        Body = row.Text("Body"),
        CreatedAt = row.Time("CreatedAt"),
        State = Enum.Parse<DeliveryState>(row.Text("State")),
        Attempts = row.GetInt32("Attempts") ?? 0,
        LastResult = row.GetString("LastResult"),
        LastTriedAt = row.GetDateTimeOffset("LastTriedAt"),
        NextAt = row.GetDateTimeOffset("NextAt"),
    };
}
