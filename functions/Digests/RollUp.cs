using Moderato.Comments;
using Moderato.Members;

namespace Moderato.Digests;

/// <summary>Rebuilds the roll-ups of whole hours from the rows.</summary>
public sealed class RollUp(IDigestStore store, OwnAccounts own, TimeProvider time)
{
    /// <summary>How far back hours are rebuilt in any case: comments judged late still get into theirs.</summary>
    public const int HoursBack = 3;

    /// <summary>How far back what was missed is made up for.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(31);

    /// <summary>How far back the very first run goes.</summary>
    private static readonly TimeSpan FirstLookBack = TimeSpan.FromDays(2);

    /// <summary>
    /// Rolls up everything that is over and was not, and every hour that was marked. Stopped at any point, the next run does the rest.
    /// </summary>
    public async Task CatchUpAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var thisHour = HourOf(time.GetUtcNow());
        var through = await store.RolledUpThroughAsync(community, cancellationToken) ?? thisHour - FirstLookBack;
        var from = Max(thisHour - LongestSilence, Min(through, thisHour).AddHours(-HoursBack));
        for (var day = from; day < thisHour; day = day.AddDays(1))
            await RebuildAsync(community, day, Min(day.AddDays(1), thisHour), cancellationToken);
        foreach (var hour in await store.StaleHoursAsync(community, cancellationToken))
            await RebuildAsync(community, hour, cancellationToken);
        await store.SaveRolledUpThroughAsync(community, thisHour, cancellationToken);
    }

    /// <summary>The roll-ups of a span as they are now: what was not rolled up yet, or was marked, is rebuilt, at most so many hours.</summary>
    /// <returns>The roll-ups, and how many hours of the span still wait to be rebuilt.</returns>
    public async Task<(IReadOnlyList<HourRollup> Hours, int Waiting)> CurrentAsync(
        CommunityId community, DateTimeOffset from, DateTimeOffset to, int mostRebuilt, CancellationToken cancellationToken)
    {
        var end = Min(HourOf(time.GetUtcNow()).AddHours(1), to);
        var through = await store.RolledUpThroughAsync(community, cancellationToken);
        var stale = (await store.StaleHoursAsync(community, cancellationToken)).Where(s => s.Hour >= from && s.Hour < end).ToDictionary(s => s.Hour);
        var waiting = stale.Keys.ToHashSet();
        // Before its first hour is over a community has no hours that are older than these.
        for (var hour = Max(from, through?.AddHours(-HoursBack) ?? end.AddHours(-mostRebuilt)); hour < end; hour = hour.AddHours(1))
            waiting.Add(hour);
        var rebuilt = waiting.OrderDescending().Take(mostRebuilt).ToList();
        foreach (var (begin, finish) in Spans(rebuilt))
            await RebuildAsync(community, begin, finish, cancellationToken);
        foreach (var hour in rebuilt.Where(stale.ContainsKey))
            await store.ClearStaleAsync(community, stale[hour], cancellationToken);
        return (await store.ReadRollupsAsync(community, from, to, cancellationToken), Math.Max(0, waiting.Count - mostRebuilt));
    }

    /// <summary>The roll-ups of a span, all of it: what is not there yet or no longer right is made. Asks as often for many comments as for few, where nothing is to be made.</summary>
    public async Task<IReadOnlyList<HourRollup>> WholeAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var begun = Min(HourOf(time.GetUtcNow()).AddHours(1), to);
        var (hours, _) = await CurrentAsync(community, from, to, (int)(to - from).TotalHours, cancellationToken);
        var there = hours.Select(h => h.Hour).ToHashSet();
        var missing = new List<DateTimeOffset>();
        for (var hour = from; hour < begun; hour = hour.AddHours(1))
        {
            if (!there.Contains(hour))
                missing.Add(hour);
        }
        if (missing.Count == 0)
            return hours;
        foreach (var (begin, finish) in Spans(missing))
            hours = [.. hours, .. await RebuildAsync(community, begin, finish, cancellationToken)];
        return [.. hours.OrderBy(h => h.Hour)];
    }

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
            rollups.Add(HourRollup.Of(community, hour, [.. outcomes[hour]], completeness, o => IsOwn(community, o)));
        }
        await store.SaveRollupsAsync(rollups, cancellationToken);
        return rollups;
    }

    private bool IsOwn(CommunityId community, Outcome outcome) =>
        outcome.Comment.Author is { } author && own.Includes(community, new AuthorKey(outcome.Key.Platform, author.Id));

    private async Task RebuildAsync(CommunityId community, StaleHour hour, CancellationToken cancellationToken)
    {
        await RebuildAsync(community, hour.Hour, hour.Hour.AddHours(1), cancellationToken);
        await store.ClearStaleAsync(community, hour, cancellationToken);
    }

    /// <summary>Hours that follow each other, together: a rebuilding asks as often for many as for one.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(IEnumerable<DateTimeOffset> hours)
    {
        (DateTimeOffset From, DateTimeOffset To)? span = null;
        foreach (var hour in hours.Order())
        {
            if (span is { } over && over.To != hour)
                yield return over;
            span = (span is { } open && open.To == hour ? open.From : hour, hour.AddHours(1));
        }
        if (span is { } last)
            yield return last;
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

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
