using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>Rebuilds the roll-ups of whole hours from the rows.</summary>
public sealed class RollUp(IDigestStore store)
{
    /// <param name="community">The community.</param>
    /// <param name="from">Beginning of the first hour.</param>
    /// <param name="to">End of the last hour.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IReadOnlyList<HourRollup>> RebuildAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = await store.ReadRowsAsync(community, from, to, cancellationToken);
        var outcomes = rows.Outcomes.ToLookup(o => HourOf(o.Comment.FirstReceivedAt));
        var received = rows.Received.ToLookup(r => HourOf(r.FirstReceivedAt));
        var duplicates = rows.Duplicates.CountBy(HourOf).ToDictionary();
        var parked = rows.Parked.ToHashSet();

        var rollups = new List<HourRollup>();
        for (var hour = from; hour < to; hour = hour.AddHours(1))
        {
            var completeness = await AccountAsync(
                community, [.. received[hour]], outcomes[hour].Select(o => o.Key).ToHashSet(), parked, duplicates.GetValueOrDefault(hour), cancellationToken);
            rollups.Add(HourRollup.Of(community, hour, [.. outcomes[hour]], completeness));
        }
        await store.SaveRollupsAsync(rollups, cancellationToken);
        return rollups;
    }

    public static DateTimeOffset HourOf(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>
    /// Intake and moderation keep their books apart; here they are compared. What was received and is neither decided nor parked is
    /// waiting as long as the comment itself is there, since the sweep will find it, and lost if it is not.
    /// </summary>
    private async Task<Completeness> AccountAsync(
        CommunityId community, IReadOnlyList<ReceiptNote> received, HashSet<CommentKey> decided, HashSet<CommentKey> parked, int duplicates,
        CancellationToken cancellationToken)
    {
        var (waiting, lost, parkedHere) = (0, 0, 0);
        foreach (var note in received.Where(r => !decided.Contains(r.Key)))
        {
            if (parked.Contains(note.Key))
                parkedHere++;
            else if (await store.IsStoredAsync(community, note.Key, cancellationToken))
                waiting++;
            else
                lost++;
        }
        return new Completeness(received.Count, received.Count(r => decided.Contains(r.Key)), duplicates, waiting, parkedHere, lost);
    }
}
