using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// How many outcomes lie in which hours, as far as hours were rolled up. A hint where to look: what is found there is read from the rows.
/// </summary>
internal sealed class HourCounts
{
    /// <summary>As many hours as one request brings.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(40);

    /// <summary>How many an hour has where nothing is known.</summary>
    private const double Unknown = 100;

    private readonly Dictionary<DateTimeOffset, int> _known;
    private readonly double _average;

    private HourCounts(Dictionary<DateTimeOffset, int> known) =>
        (_known, _average) = (known, known.Count > 0 ? known.Values.Average() : Unknown);

    public int Total => _known.Values.Sum();

    /// <summary>The hours of a span; of a longer one than a request brings, its last.</summary>
    public static Task<HourCounts> LastAsync(TableSet tables, CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadAsync(tables, community, from < to - Reach ? to - Reach : from, to, cancellationToken);

    /// <summary>All hours of a span.</summary>
    public static async Task<HourCounts> ReadAsync(TableSet tables, CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (first, last) = (Keys.RollupPartition(community, from), Keys.RollupPartition(community, to));
        var known = new Dictionary<DateTimeOffset, int>();
        var rows = tables.Rollups.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}"), select: ["PartitionKey", "RowKey", "Outcomes"], cancellationToken: cancellationToken);
        await foreach (var row in rows)
        {
            if (row.GetInt32("Outcomes") is { } count && Keys.RollupHour(row.PartitionKey, row.RowKey) is var hour && hour < to && hour.AddHours(1) > from)
                known[hour] = count;
        }
        return new HourCounts(known);
    }

    /// <summary>Where a span that ends at a time must begin to hold about so many outcomes.</summary>
    public DateTimeOffset Before(DateTimeOffset end, DateTimeOffset earliest, double wanted)
    {
        var low = end;
        while (low > earliest)
        {
            var hour = HourOf(low.AddTicks(-1));
            var inSlice = (_known.TryGetValue(hour, out var count) ? count : _average) * ((low - hour) / TimeSpan.FromHours(1));
            if (inSlice >= wanted)
                return Max(earliest, low - ((low - hour) * (wanted / inSlice)));
            (wanted, low) = (wanted - inSlice, hour);
        }
        return earliest;
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
