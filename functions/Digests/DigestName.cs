using System.Globalization;
using System.Runtime.InteropServices;

namespace Moderato.Digests;

/// <summary>What a digest is of, as addresses name it: a day such as <c>2026-03-10</c>, or an ISO week from Monday to Sunday such as <c>2026-W11</c>.</summary>
/// <param name="Date">The day; a week's Monday.</param>
/// <param name="Days">1, or <see cref="WeekDays"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DigestName(DateOnly Date, int Days)
{
    public const int WeekDays = 7;

    private const string DateFormat = "yyyy-MM-dd";

    public bool IsWeek => Days == WeekDays;

    /// <summary>The day after it: when its mail is due.</summary>
    public DateOnly DueOn => Date.AddDays(Days);

    public static DigestName Day(DateOnly date) => new(date, 1);

    /// <summary>The week in which a day lies.</summary>
    public static DigestName WeekOf(DateOnly date) => new(date.AddDays(-(((int)date.DayOfWeek + 6) % 7)), WeekDays);

    /// <summary>Its first whole UTC hour, and the one in which it is over, where the community is.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span(TimeZoneInfo zone) => (new LocalDay(Date, zone).FirstHour, new LocalDay(DueOn.AddDays(-1), zone).EndHour);

    public static bool TryParse(string? text, out DigestName name)
    {
        name = default;
        if (DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            name = Day(date);
            return true;
        }
        if (text is not { Length: 8 } || text.AsSpan(4, 2) is not "-W"
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1 or > 9_998
            || !int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var week) || week < 1 || week > ISOWeek.GetWeeksInYear(year))
            return false;
        name = new DigestName(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)), WeekDays);
        return true;
    }

    public override string ToString()
    {
        var monday = Date.ToDateTime(TimeOnly.MinValue);
        return IsWeek
            ? string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday):d4}-W{ISOWeek.GetWeekOfYear(monday):d2}")
            : Date.ToString(DateFormat, CultureInfo.InvariantCulture);
    }
}
