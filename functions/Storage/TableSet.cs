using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Every table, by name.</summary>
public sealed class TableSet(TableServiceClient service)
{
    public TableClient Comments { get; } = service.GetTableClient("comments");
    public TableClient Outcomes { get; } = service.GetTableClient("outcomes");
    public TableClient Authors { get; } = service.GetTableClient("authors");
    public TableClient Members { get; } = service.GetTableClient("members");
    public TableClient Rollups { get; } = service.GetTableClient("rollups");
    public TableClient Digests { get; } = service.GetTableClient("digests");
    public TableClient Settings { get; } = service.GetTableClient("settings");
    public TableClient DeadLetters { get; } = service.GetTableClient("deadletters");
    public TableClient Actions { get; } = service.GetTableClient("actions");
    public TableClient Webhooks { get; } = service.GetTableClient("webhooks");
    public TableClient Replays { get; } = service.GetTableClient("replays");
    public TableClient Reviews { get; } = service.GetTableClient("reviews");
    public TableClient Handoffs { get; } = service.GetTableClient("handoffs");
    public TableClient Audit { get; } = service.GetTableClient("audit");
    public TableClient Erasures { get; } = service.GetTableClient("erasures");
    public TableClient Mails { get; } = service.GetTableClient("mails");
    public TableClient Incidents { get; } = service.GetTableClient("incidents");

    public IReadOnlyList<TableClient> All => [Comments, Outcomes, Authors, Members, Rollups, Digests, Settings, DeadLetters, Actions, Webhooks, Replays, Reviews, Handoffs, Audit, Erasures, Mails, Incidents];
}
