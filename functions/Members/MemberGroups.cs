using System.Globalization;
using System.Text.Json;

namespace Moderato.Members;

/// <summary>What somebody is to a community; several may hold at once.</summary>
public enum MemberGroup
{
    /// <summary>First seen within <see cref="MemberGroups.NewDays"/> days, with at most <see cref="MemberGroups.NewComments"/> comments.</summary>
    FirstTimer,

    /// <summary>At least <see cref="MemberGroups.RegularComments"/> comments on at least <see cref="MemberGroups.RegularDays"/> days within <see cref="MemberGroups.RegularWithin"/> days.</summary>
    Regular,

    /// <summary>
    /// Helped or was thanked at least <see cref="MemberGroups.BearerTimes"/> times by at least <see cref="MemberGroups.BearerPeople"/> different
    /// people within <see cref="MemberGroups.BearerWithin"/> days, without a strike in that time.
    /// </summary>
    StandardBearer,

    /// <summary>
    /// Was a regular or a standard-bearer within the last year, or wrote at least <see cref="MemberGroups.KnownComments"/> comments in
    /// <see cref="MemberGroups.KnownWithin"/> days; and now the mood of the last 30 days is clearly negative (<see cref="MoodChange"/>: at most
    /// -0.5, and 0.5 below that of the 150 days before), or nothing came for <see cref="MemberGroups.SilentDays"/> days.
    /// </summary>
    AtRisk,

    /// <summary>Was angry, wrote again without anger within <see cref="MemberGroups.CalmWithin"/> days, and has not been angry since.</summary>
    WonBack,

    /// <summary>
    /// At least <see cref="MemberGroups.OffenderStrikes"/> strikes, or at least <see cref="MemberGroups.OffenderWithheld"/> comments held, hidden
    /// or deleted, within <see cref="MemberGroups.OffenderWithin"/> days.
    /// </summary>
    Offender,
}

/// <summary>A group and why somebody is in it.</summary>
/// <param name="Group">The group's name outside the program, such as <c>first-timer</c>.</param>
/// <param name="Reason">Why, in the community's language.</param>
public sealed record GroupReason(string Group, string Reason);

/// <summary>
/// Decides who belongs to which group, from a member's dates and the time of asking: a row that was written weeks ago says who is a
/// first-timer today. A span of n days is today and the n - 1 days before, UTC.
/// </summary>
public static class MemberGroups
{
    public const int NewDays = 7;
    public const int NewComments = 2;
    public const int RegularComments = 5;
    public const int RegularDays = 3;
    public const int RegularWithin = 30;
    public const int BearerTimes = 3;
    public const int BearerPeople = 2;
    public const int BearerWithin = 90;
    public const int KnownComments = 5;
    public const int KnownWithin = 180;
    public const int SilentDays = 30;
    public const int CalmWithin = 14;
    public const int OffenderStrikes = 2;
    public const int OffenderWithheld = 3;
    public const int OffenderWithin = 90;

    private static readonly string[] AllNames = [.. Enum.GetNames<MemberGroup>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The groups' names outside the program, in order.</summary>
    public static IReadOnlyList<string> Names => AllNames;

    public static string Name(this MemberGroup group) => AllNames[(int)group];

    public static bool TryParse(string name, out MemberGroup group)
    {
        var at = Array.IndexOf(AllNames, name);
        group = (MemberGroup)Math.Max(at, 0);
        return at >= 0;
    }

    public static IReadOnlyList<MemberGroup> Of(Member member, DateTimeOffset now) => [.. Enum.GetValues<MemberGroup>().Where(g => Holds(g, member, now))];

    public static bool Holds(MemberGroup group, Member member, DateTimeOffset now)
    {
        var today = Portrait.DayOf(now);
        return group switch
        {
            MemberGroup.FirstTimer => IsNew(member, now, NewDays) && member.Comments <= NewComments,
            MemberGroup.Regular => IsRegular(member, today),
            MemberGroup.StandardBearer => IsBearer(member, today),
            MemberGroup.AtRisk => WasDear(member, today) && (IsSilent(member, now) || TurnedNegative(member, now)),
            MemberGroup.WonBack => member is { LastAngry: { } angry, CalmAgain: { } calm } && calm - angry <= TimeSpan.FromDays(CalmWithin),
            _ => Within(member, today, OffenderWithin).Sum(d => d.Strikes) >= OffenderStrikes
                || Within(member, today, OffenderWithin).Sum(d => d.Withheld) >= OffenderWithheld,
        };
    }

    /// <summary>Strikes of so many days up to a day.</summary>
    public static int Strikes(Member member, DateOnly until, int days) => Within(member, until, days).Sum(d => d.Strikes);

    /// <summary>Whether somebody was seen for the first time within so many days.</summary>
    public static bool IsNew(Member member, DateTimeOffset now, int days) => now - member.FirstSeen < TimeSpan.FromDays(days);

    /// <summary>The groups with their reasons.</summary>
    /// <param name="member">Whose.</param>
    /// <param name="now">The time of asking.</param>
    /// <param name="language">The language of the reasons, <c>it</c> or <c>en</c>.</param>
    public static IReadOnlyList<GroupReason> Explain(Member member, DateTimeOffset now, string language)
    {
        return [.. Of(member, now).Select(g => new GroupReason(g.Name(), Explain(g, member, now, language)))];
    }

    /// <summary>Why somebody is in a group that holds, as a sentence.</summary>
    public static string Explain(MemberGroup group, Member member, DateTimeOffset now, string language) => $"{Reason(group, member, now, language == "it")}.";

    private static string Reason(MemberGroup group, Member member, DateTimeOffset now, bool italian)
    {
        var today = Portrait.DayOf(now);
        var recent = Within(member, today, RegularWithin).ToList();
        var watched = Within(member, today, OffenderWithin).ToList();
        var occasions = OccasionsWithin(member, today).ToList();
        return group switch
        {
            MemberGroup.FirstTimer => italian
                ? $"primo commento il {Date(member.FirstSeen)}, {member.Comments} in tutto"
                : $"first comment on {Date(member.FirstSeen)}, {member.Comments} in all",
            MemberGroup.Regular => italian
                ? $"{recent.Sum(d => d.Comments)} commenti in {recent.Count} giorni diversi negli ultimi {RegularWithin}"
                : $"{recent.Sum(d => d.Comments)} comments on {recent.Count} different days of the last {RegularWithin}",
            MemberGroup.StandardBearer => italian
                ? $"ha aiutato o è stato ringraziato {occasions.Count} volte, da {People(occasions)} persone, negli ultimi {BearerWithin} giorni, senza richiami"
                : $"helped or was thanked {occasions.Count} times, by {People(occasions)} people, in the last {BearerWithin} days, without a strike",
            MemberGroup.AtRisk => RiskReason(member, now, italian),
            MemberGroup.WonBack => italian
                ? $"in collera il {Date(member.LastAngry!.Value)}, di nuovo sereno dal {Date(member.CalmAgain!.Value)}"
                : $"angry on {Date(member.LastAngry!.Value)}, calm again since {Date(member.CalmAgain!.Value)}",
            _ => italian
                ? $"{watched.Sum(d => d.Strikes)} richiami e {watched.Sum(d => d.Withheld)} commenti trattenuti o nascosti negli ultimi {OffenderWithin} giorni"
                : $"{watched.Sum(d => d.Strikes)} strikes and {watched.Sum(d => d.Withheld)} comments withheld in the last {OffenderWithin} days",
        };
    }

    private static string RiskReason(Member member, DateTimeOffset now, bool italian)
    {
        var mood = MoodChange.Of(member, now);
        if (IsSilent(member, now))
        {
            var days = (int)(now - member.LastSeen).TotalDays;
            return italian ? $"scriveva spesso e tace da {days} giorni" : $"used to write and has been silent for {days} days";
        }
        var (now30, before) = (Number(mood.Now), Number(mood.Before));
        return italian ? $"l'umore degli ultimi 30 giorni è {now30}, prima era {before}" : $"the mood of the last 30 days is {now30}, before it was {before}";
    }

    private static bool IsRegular(Member member, DateOnly on)
    {
        var days = Within(member, on, RegularWithin).ToList();
        return days.Count >= RegularDays && days.Sum(d => d.Comments) >= RegularComments;
    }

    private static bool IsBearer(Member member, DateOnly on)
    {
        var occasions = OccasionsWithin(member, on).ToList();
        return occasions.Count >= BearerTimes && People(occasions) >= BearerPeople && Strikes(member, on, BearerWithin) == 0;
    }

    private static bool WasDear(Member member, DateOnly today) =>
        Within(member, today, KnownWithin).Sum(d => d.Comments) >= KnownComments
        || member.Days.Any(d => IsRegular(member, d.Date))
        || member.Occasions.Any(o => IsBearer(member, o.Date));

    private static bool IsSilent(Member member, DateTimeOffset now) => now - member.LastSeen >= TimeSpan.FromDays(SilentDays);

    private static bool TurnedNegative(Member member, DateTimeOffset now) =>
        MoodChange.Of(member, now) is { Trend: MoodTrend.Falling, Now: <= -MoodChange.Clear };

    private static IEnumerable<MemberDay> Within(Member member, DateOnly until, int days) =>
        member.Days.Where(d => d.Date <= until && d.Date > until.AddDays(-days));

    private static IEnumerable<Occasion> OccasionsWithin(Member member, DateOnly until) =>
        member.Occasions.Where(o => o.Date <= until && o.Date > until.AddDays(-BearerWithin));

    private static int People(IEnumerable<Occasion> occasions) => occasions.Select(o => o.Who).Distinct(StringComparer.Ordinal).Count();

    private static string? Number(double? mood) => mood?.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
