using System.Globalization;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// How many outcomes lie in which hours, as far as hours were rolled up. A hint where to look: what is found there is read from the rows.
/// </summary>
internal sealed class HourCounts
{
    /// <summary>How far a page looks back: enough to guess what lies further back, and few rows.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(40);

    /// <summary>How many an hour has where nothing is known.</summary>
    private const double Unknown = 100;

    private readonly Dictionary<DateTimeOffset, int> _known;
    private readonly double _average;

    private HourCounts(Dictionary<DateTimeOffset, int> known) =>
        (_known, _average) = (known, known.Count > 0 ? known.Values.Average() : Unknown);

    public int Total => _known.Values.Sum();

    /// <summary>The hours of a span; of a long one, its last.</summary>
    public static Task<HourCounts> LastAsync(TableSet tables, CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadAsync(tables, community, from < to - Reach ? to - Reach : from, to, cancellationToken);

    /// <summary>All hours of a span.</summary>
    public static async Task<HourCounts> ReadAsync(TableSet tables, CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var known = new Dictionary<DateTimeOffset, int>();
        var rows = tables.Rollups.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.HourCountPartition(community)} and RowKey ge {Keys.HourCountRow(from)} and RowKey le {Keys.HourCountRow(to)}"),
            cancellationToken: cancellationToken);
        await foreach (var row in rows)
        {
            var day = Keys.HourCountDay(row.RowKey);
            foreach (var hour in Enumerable.Range(0, 24).Select(h => day.AddHours(h)).Where(h => h < to && h.AddHours(1) > from))
            {
                if (row.GetInt32(Column(hour)) is { } count)
                    known[hour] = count;
            }
        }
        return new HourCounts(known);
    }

    /// <summary>Writes what was counted. The other hours of its days stay.</summary>
    public static async Task SaveAsync(TableSet tables, IEnumerable<HourRollup> hours, CancellationToken cancellationToken)
    {
        foreach (var day in hours.GroupBy(h => (h.Community, h.Hour.UtcDateTime.Date)))
        {
            var row = new TableEntity(Keys.HourCountPartition(day.Key.Community), Keys.HourCountRow(day.First().Hour));
            foreach (var hour in day)
                row[Column(hour.Hour)] = hour.Outcomes;
            await tables.Rollups.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
        }
    }

    /// <summary>Where a span that ends at a time must begin to hold about so many outcomes.</summary>
    public DateTimeOffset Before(DateTimeOffset end, DateTimeOffset earliest, double wanted)
    {
        var low = end;
        while (low > earliest)
        {
            var hour = RollUp.HourOf(low.AddTicks(-1));
            var inSlice = (_known.TryGetValue(hour, out var count) ? count : _average) * ((low - hour) / TimeSpan.FromHours(1));
            if (inSlice >= wanted)
                return Max(earliest, low - ((low - hour) * (wanted / inSlice)));
            (wanted, low) = (wanted - inSlice, hour);
        }
        return earliest;
    }

    /// <summary>The column of an hour in a row of a day.</summary>
    public static string Column(DateTimeOffset hour) => string.Create(CultureInfo.InvariantCulture, $"H{hour.UtcDateTime.Hour:d2}");

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
