using System.Runtime.InteropServices;

namespace Moderato.Members;

/// <summary>How a span of days felt.</summary>
/// <param name="From">The first day, UTC.</param>
/// <param name="Comments">How many comments there were.</param>
/// <param name="Negative">How many were negative.</param>
/// <param name="Neutral">How many were neither.</param>
/// <param name="Positive">How many were positive.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MemberMood(DateOnly From, int Comments, int Negative, int Neutral, int Positive)
{
    /// <summary>Positive less negative ones as a share of all, -1 (all negative) to 1; null without comments.</summary>
    public double? Value => Comments == 0 ? null : Math.Round((double)(Positive - Negative) / Comments, 2);

    /// <summary>The mood of the days from one to another, the last excluded.</summary>
    public static MemberMood Of(IReadOnlyList<MemberDay> days, DateOnly from, DateOnly to)
    {
        var within = days.Where(d => d.Date >= from && d.Date < to).ToList();
        return new MemberMood(from, within.Sum(d => d.Comments), within.Sum(d => d.Negative), within.Sum(d => d.Neutral), within.Sum(d => d.Positive));
    }

    /// <summary>The calendar months up to today's, oldest first.</summary>
    public static IReadOnlyList<MemberMood> ByMonth(IReadOnlyList<MemberDay> days, DateOnly today, int months)
    {
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - months);
        return [.. Enumerable.Range(0, months).Select(m => Of(days, first.AddMonths(m), first.AddMonths(m + 1)))];
    }

    /// <summary>The weeks from Monday up to today's, oldest first.</summary>
    public static IReadOnlyList<MemberMood> ByWeek(IReadOnlyList<MemberDay> days, DateOnly today, int weeks)
    {
        var first = today.AddDays(-(((int)today.DayOfWeek + 6) % 7) - (7 * (weeks - 1)));
        return [.. Enumerable.Range(0, weeks).Select(w => Of(days, first.AddDays(7 * w), first.AddDays(7 * (w + 1))))];
    }
}

/// <summary>Where a mood is going.</summary>
public enum MoodTrend
{
    /// <summary>Too few comments to say.</summary>
    Unknown,
    Falling,
    Steady,
    Rising,
}

/// <summary>The last 30 days beside the 150 before.</summary>
/// <param name="Now">Mood of the last 30 days, -1 to 1; null without comments.</param>
/// <param name="Before">Mood of the 150 days before them.</param>
/// <param name="Trend">Falling or rising by at least <see cref="Clear"/>.</param>
public sealed record MoodChange(double? Now, double? Before, MoodTrend Trend)
{
    /// <summary>A difference that is worth speaking of, and how far below zero a mood is clearly negative.</summary>
    public const double Clear = 0.5;

    /// <summary>A single comment is no mood.</summary>
    public const int FewestComments = 2;

    public static MoodChange Of(Member member, DateTimeOffset at)
    {
        var tomorrow = Portrait.DayOf(at).AddDays(1);
        var now = MemberMood.Of(member.Days, tomorrow.AddDays(-30), tomorrow);
        var before = MemberMood.Of(member.Days, tomorrow.AddDays(-180), tomorrow.AddDays(-30));
        return new MoodChange(now.Value, before.Value, TrendOf(now, before));
    }

    private static MoodTrend TrendOf(MemberMood now, MemberMood before)
    {
        if (now.Comments < FewestComments || before.Comments < FewestComments)
            return MoodTrend.Unknown;
        return (now.Value - before.Value) switch
        {
            <= -Clear => MoodTrend.Falling,
            >= Clear => MoodTrend.Rising,
            _ => MoodTrend.Steady,
        };
    }
}
