using Azure;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// Marks of hours whose outcomes changed after their roll-up was made. The mark is written before the change, so that whoever is stopped
/// between the two leaves an hour that is rebuilt for nothing, never one that is wrong.
/// </summary>
public sealed class StaleHours(TableSet tables, TimeProvider time)
{
    /// <summary>How long after its mark a change is written at the latest: no function runs longer.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(10);

    public async Task MarkAsync(CommunityId community, IEnumerable<DateTimeOffset> firstReceived, CancellationToken cancellationToken)
    {
        // Younger ones are rebuilt anyway.
        var young = RollUp.HourOf(time.GetUtcNow()).AddHours(1 - RollUp.HoursBack);
        foreach (var hour in firstReceived.Select(RollUp.HourOf).Distinct().Where(h => h < young))
        {
            var row = new TableEntity(Keys.SettingsPartition(community), Keys.StaleHourRow(hour)) { ["Hour"] = hour, ["MarkedAt"] = time.GetUtcNow() };
            await tables.Settings.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<StaleHour>> ReadAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.StaleHourRange;
        var rows = tables.Settings.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.SettingsPartition(community)} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken);
        return await rows.Select(r => new StaleHour(r.Time("Hour"), r.Time("MarkedAt"), r.ETag.ToString())).ToListAsync(cancellationToken);
    }

    public async Task ClearAsync(CommunityId community, StaleHour hour, CancellationToken cancellationToken)
    {
        if (hour.MarkedAt > time.GetUtcNow() - LongestWrite)
            return;
        try
        {
            await tables.Settings.DeleteEntityAsync(Keys.SettingsPartition(community), Keys.StaleHourRow(hour.Hour), new ETag(hour.Tag), cancellationToken);
        }
        catch (RequestFailedException markedAgain) when (markedAgain.Status == 412)
        {
            // The next run rebuilds it once more.
        }
    }
}
