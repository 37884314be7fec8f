using System.Text.Json;
using Azure;
using Moderato.Comments;
using Moderato.Mood;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>The table <c>incidents</c>: one partition a community, its book first, then incidents, newest first, and protections.</summary>
public sealed class IncidentTables(TableSet tables) : IIncidentStore, IProtectionStore
{
    /// <summary>How long after it calmed down an incident is still in the book: quiet hours may keep a mail about it.</summary>
    private static readonly TimeSpan StaysInBook = TimeSpan.FromHours(30);

    private static readonly DateTimeOffset Always = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<IncidentBook> ReadBookAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.IncidentRange;
        // The book comes first in the partition: what opens while this is read changes its tag.
        var rows = await tables.Incidents.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.IncidentPartition(community)} and (RowKey eq {Keys.IncidentBookRow} or (RowKey ge {from} and RowKey lt {to} and InBookUntil ge {now}))"),
            cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        var book = rows.FirstOrDefault(r => r.RowKey == Keys.IncidentBookRow);
        return new IncidentBook([.. rows.Where(r => r != book).Select(Read)], book?.ETag.ToString());
    }

    public async Task<StandingIncident?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken) =>
        Incident.TryReadId(id, out var openedAt)
        && await tables.Incidents.FindAsync(Keys.IncidentPartition(community), Keys.IncidentRow(openedAt, id), cancellationToken) is { } row ? Read(row) : null;

    public async Task<bool> OpenAsync(CommunityId community, IReadOnlyList<Incident> incidents, string? bookTag, CancellationToken cancellationToken)
    {
        var book = new TableEntity(Keys.IncidentPartition(community), Keys.IncidentBookRow) { ["LastOpened"] = incidents[^1].Id };
        var turn = bookTag is null
            ? new TableTransactionAction(TableTransactionActionType.Add, book)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, book, new ETag(bookTag));
        try
        {
            await tables.Incidents.SubmitTransactionAsync(
                incidents.Select(i => new TableTransactionAction(TableTransactionActionType.Add, RowOf(community, i))).Prepend(turn), cancellationToken);
            return true;
        }
        catch (RequestFailedException elsewhere) when (elsewhere.Status is 409 or 412)
        {
            return false;
        }
    }

    public async Task<string?> ReplaceAsync(CommunityId community, StandingIncident standing, Incident next, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await tables.Incidents.UpdateEntityAsync(RowOf(community, next), new ETag(standing.Tag), TableUpdateMode.Replace, cancellationToken);
            return answer.Headers.ETag?.ToString() ?? throw new InvalidOperationException("Storage named no tag of a row that it replaced.");
        }
        catch (RequestFailedException elsewhere) when (elsewhere.Status == 412)
        {
            return null;
        }
    }

    public async Task<(IReadOnlyList<Incident> Incidents, string? Next)> PageAsync(CommunityId community, IncidentQuery query, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.IncidentRowsBetween(query.From, query.To);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.IncidentPartition(community)} and RowKey gt {query.After ?? from} and RowKey le {to}");
        if (query.State is { } state)
            filter += TableClient.CreateQueryFilter($" and State eq {state.ToString()}");
        var rows = await tables.Incidents.QueryAsync<TableEntity>(filter, query.Limit + 1, cancellationToken: cancellationToken).Take(query.Limit + 1).ToListAsync(cancellationToken);
        return ([.. rows.Take(query.Limit).Select(r => Read(r).Incident)], rows.Count > query.Limit ? rows[query.Limit - 1].RowKey : null);
    }

    public async Task<IReadOnlyList<Protection>> LastingAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.ProtectionRange;
        return await tables.Incidents.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.IncidentPartition(community)} and RowKey ge {from} and RowKey lt {to} and Until gt {now}"),
            cancellationToken: cancellationToken).Select(ReadProtection).ToListAsync(cancellationToken);
    }

    public async Task<StandingProtection> FindAsync(CommunityId community, PlatformId platform, string channel, CancellationToken cancellationToken) =>
        await tables.Incidents.FindAsync(Keys.IncidentPartition(community), Keys.ProtectionRow(platform, channel), cancellationToken) is { } row
            ? new StandingProtection(ReadProtection(row), row.ETag.ToString())
            : new StandingProtection(null, null);

    public Task<bool> SaveAsync(CommunityId community, StandingProtection standing, Protection next, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.IncidentPartition(community), Keys.ProtectionRow(next.Platform, next.Channel))
        {
            ["Platform"] = next.Platform.ToString(),
            ["Channel"] = next.Channel,
            ["Since"] = next.Since,
            ["Until"] = next.Until,
        };
        row.SetIfAny("Incident", next.Incident);
        row.SetIfAny("By", next.By);
        return standing.Tag is { } tag ? tables.Incidents.TryReplaceAsync(row, tag, cancellationToken) : tables.Incidents.TryAddAsync([row], cancellationToken);
    }

    private static Protection ReadProtection(TableEntity row) =>
        new(PlatformId.Parse(row.Text("Platform")), row.Text("Channel"), row.Time("Since"), row.Time("Until"), row.GetString("Incident"), row.GetString("By"));

    private static TableEntity RowOf(CommunityId community, Incident incident)
    {
        var row = new TableEntity(Keys.IncidentPartition(community), Keys.IncidentRow(incident.OpenedAt, incident.Id))
        {
            ["State"] = incident.State.ToString(),
            ["OpenedAt"] = incident.OpenedAt,
            ["InBookUntil"] = incident.CalmAt + StaysInBook ?? Always,
        };
        row.SetLongText("Body", JsonSerializer.Serialize(incident, StoredJson.Options));
        return row;
    }

    private static StandingIncident Read(TableEntity row) => new(
        JsonSerializer.Deserialize<Incident>(row.LongText("Body"), StoredJson.Options) ?? throw new FormatException("An incident's row is empty."), row.ETag.ToString());
}
