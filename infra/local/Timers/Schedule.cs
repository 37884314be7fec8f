using System.Diagnostics.CodeAnalysis;
using NCrontab;

namespace Moderato.Local.Timers;

/// <summary>
/// When a timer runs: a cron expression of six fields (second minute hour day month weekday) or five, in a time zone.
/// </summary>
/// <remarks>
/// When the clocks change, as in Vixie cron: a schedule with fixed hours runs once a day, at the end of the gap if its time is
/// skipped, and the first time if its time comes twice. One whose hour field begins with <c>*</c> goes on evenly.
/// </remarks>
internal sealed class Schedule
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset End = DateTimeOffset.MaxValue - TimeSpan.FromDays(2);

    private readonly CrontabSchedule _cron;
    private readonly TimeZoneInfo _zone;
    private readonly bool _fixedHours;

    private Schedule(CrontabSchedule cron, TimeZoneInfo zone, bool fixedHours) => (_cron, _zone, _fixedHours) = (cron, zone, fixedHours);

    public TimeZoneInfo Zone => _zone;

    public static bool TryParse(string text, TimeZoneInfo zone, [NotNullWhen(true)] out Schedule? schedule)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var cron = fields.Length is 5 or 6
            ? CrontabSchedule.TryParse(string.Join(' ', fields), new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 })
            : null;
        schedule = cron is null ? null : new Schedule(cron, zone, !fields[^4].StartsWith('*'));
        return schedule is not null;
    }

    /// <summary>The first run after a moment; null if there is none, as for the 30th of February.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment)
    {
        // Walks from one change of the clocks to the next; in between local time is even, and cron's arithmetic right.
        var (after, offset) = (moment.ToUniversalTime(), _zone.GetUtcOffset(moment));
        while (true)
        {
            var local = _cron.GetNextOccurrence((after + offset).DateTime);
            if (local >= End.DateTime)
                return null;

            var next = new DateTimeOffset(local, offset).ToUniversalTime();
            if (ChangeBetween(after, next, offset) is not { } change)
            {
                if (!_fixedHours || !IsSecondTime(local, offset))
                    return next;
                after = next;
                continue;
            }

            var newOffset = _zone.GetUtcOffset(change);
            var skipped = newOffset > offset && local < (change + newOffset).DateTime;
            if (skipped && _fixedHours)
                return change;
            (after, offset) = (change.AddTicks(-1), newOffset);
        }
    }

    /// <summary>A moment as the zone's clocks show it.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);

    /// <summary>Of a local time that comes twice, the second has the smaller offset.</summary>
    private bool IsSecondTime(DateTime local, TimeSpan offset) =>
        _zone.IsAmbiguousTime(local) && _zone.GetAmbiguousTimeOffsets(local).Max() != offset;

    /// <summary>The first moment in (after, until] at which the zone's offset differs; null if it stays.</summary>
    private DateTimeOffset? ChangeBetween(DateTimeOffset after, DateTimeOffset until, TimeSpan offset)
    {
        // A day at a time, since no zone changes its clocks and back within one; then to the exact second.
        var low = after;
        while (low < until)
        {
            var high = until - low > Day ? low + Day : until;
            if (_zone.GetUtcOffset(high) != offset)
                return Bisect(low, high, offset);
            low = high;
        }

        return null;
    }

    private DateTimeOffset Bisect(DateTimeOffset low, DateTimeOffset high, TimeSpan offset)
    {
        while (high - low > TimeSpan.FromTicks(1))
        {
            var middle = low + (high - low) / 2;
            if (_zone.GetUtcOffset(middle) == offset)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
