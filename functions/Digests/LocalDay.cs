using System.Globalization;

namespace Moderato.Digests;

/// <summary>
/// A day as people in a time zone live it: 23, 24 or 25 hours from one local midnight to the next. Counted in whole UTC hours; in the
/// few zones that differ from UTC by half or quarter hours, an hour belongs to the day in which it begins.
/// </summary>
public readonly record struct LocalDay(DateOnly Date, TimeZoneInfo Zone)
{
    /// <summary>The day in which an instant lies.</summary>
    public static LocalDay Of(DateTimeOffset instant, TimeZoneInfo zone) =>
        new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime), zone);

    /// <summary>Its first whole UTC hour.</summary>
    public DateTimeOffset FirstHour => CeilingToHour(StartOf(Date));

    /// <summary>The first whole UTC hour of the next day.</summary>
    public DateTimeOffset EndHour => CeilingToHour(StartOf(Date.AddDays(1)));

    public LocalDay Previous => this with { Date = Date.AddDays(-1) };

    /// <summary>What a record writes by itself would name every day before this one, without end.</summary>
    public override string ToString() => $"{Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {Zone.Id}";

    private DateTimeOffset StartOf(DateOnly date)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward at midnight the day begins later.
        while (Zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        // Where they go back over midnight it happens twice: the day begins with the first.
        var offset = Zone.IsAmbiguousTime(midnight) ? Zone.GetAmbiguousTimeOffsets(midnight).Max() : Zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    private static DateTimeOffset CeilingToHour(DateTimeOffset instant)
    {
        var over = instant.Ticks % TimeSpan.TicksPerHour;
        return over == 0 ? instant : instant.AddTicks(TimeSpan.TicksPerHour - over);
    }
}
