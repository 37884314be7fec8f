using System.Text.Json;
using System.Text.Json.Serialization;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Mood;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>What of past hours the mood watch and the digest compare with: one row a day, a column an hour, beside the roll-ups.</summary>
public sealed class HourMoods(TableSet tables) : IPastStore
{
    public async Task<IReadOnlyList<PastHour>> PastAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
    [
        .. (await ReadAsync(community, from, to, cancellationToken)).Select(h => new PastHour(
            h.Hour, [.. h.Channels.Select(c => new PastChannel(c.Platform, c.Channel, c.People, c.Unhappy, c.Newcomers))], h.Terms)),
    ];

    /// <summary>The hours of a span that were rolled up, in their order; the end is excluded.</summary>
    public async Task<IReadOnlyList<HourMood>> ReadAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = tables.Rollups.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.HourMoodPartition(community)} and RowKey ge {Keys.HourCountRow(from)} and RowKey le {Keys.HourCountRow(to)}"),
            cancellationToken: cancellationToken);
        var moods = new List<HourMood>();
        await foreach (var row in rows)
        {
            var day = Keys.HourCountDay(row.RowKey);
            foreach (var hour in Enumerable.Range(0, 24).Select(h => day.AddHours(h)).Where(h => h >= from && h < to))
            {
                if (row.GetString(HourCounts.Column(hour)) is { } kept)
                    moods.Add(JsonSerializer.Deserialize<Kept>(kept, StoredJson.Options)!.Of(hour));
            }
        }
        return moods;
    }

    /// <summary>Writes them. The other hours of their days stay.</summary>
    public async Task SaveAsync(IEnumerable<HourRollup> hours, CancellationToken cancellationToken)
    {
        foreach (var day in hours.GroupBy(h => (h.Community, h.Hour.UtcDateTime.Date)))
        {
            var row = new TableEntity(Keys.HourMoodPartition(day.Key.Community), Keys.HourCountRow(day.First().Hour));
            foreach (var hour in day)
                row[HourCounts.Column(hour.Hour)] = JsonSerializer.Serialize(Kept.Of(HourMood.Of(hour)), StoredJson.Options);
            await tables.Rollups.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
        }
    }

    /// <summary>Short names, since there are 672 of them in 28 days.</summary>
    private sealed record Kept([property: JsonPropertyName("c")] IReadOnlyList<KeptChannel> Channels, [property: JsonPropertyName("t")] IReadOnlyDictionary<uint, int> Terms)
    {
        public static Kept Of(HourMood mood) => new(
            [.. mood.Channels.Select(c => new KeptChannel(c.Platform, c.Channel, [c.Comments, c.Negative, c.People, c.Unhappy, c.Newcomers]))], mood.Terms);

        public HourMood Of(DateTimeOffset hour) => new(
            hour, [.. Channels.Select(c => new ChannelMood(c.Platform, c.Channel, c.Counts[0], c.Counts[1], c.Counts[2], c.Counts[3], c.Counts[4]))], Terms);
    }

    /// <param name="Platform">The platform.</param>
    /// <param name="Channel">The channel.</param>
    /// <param name="Counts">Comments, negative ones, people, unhappy people, newcomers.</param>
    private sealed record KeptChannel(
        [property: JsonPropertyName("p")] PlatformId Platform, [property: JsonPropertyName("c")] string Channel, [property: JsonPropertyName("n")] IReadOnlyList<int> Counts);
}
