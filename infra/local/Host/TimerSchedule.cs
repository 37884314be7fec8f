using NCrontab;

namespace Moderato.Local.Host;

/// <summary>
/// When a timer is due: an NCrontab expression of five or six fields, in a time zone. A local time that does not exist is taken at
/// the end of the gap; one that exists twice is taken once, the first time.
/// </summary>
public sealed class TimerSchedule
{
    private readonly CrontabSchedule _cron;
    private readonly TimeZoneInfo _zone;

    private TimerSchedule(CrontabSchedule cron, TimeZoneInfo zone) => (_cron, _zone) = (cron, zone);

    /// <exception cref="LocalHostException">The expression is no NCrontab expression.</exception>
    public static TimerSchedule Parse(string expression, TimeZoneInfo zone)
    {
        var seconds = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        var cron = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = seconds });
        return cron is null
            ? throw new LocalHostException($"'{expression}' is no NCrontab expression such as '0 */5 * * * *'.")
            : new TimerSchedule(cron, zone);
    }

    /// <summary>The first time after an instant.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, _zone).DateTime;
        while (true)
        {
            local = _cron.GetNextOccurrence(local);
            var next = InstantOf(local);
            if (next > after)
                return next;
        }
    }

    private DateTimeOffset InstantOf(DateTime local)
    {
        if (_zone.IsInvalidTime(local))
        {
            // Within the gap the clock would still be counting by the offset before it; an hour's gap makes that the time after it.
            var before = _zone.GetUtcOffset(local.AddHours(-3));
            return new DateTimeOffset(local, before).ToUniversalTime();
        }
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
