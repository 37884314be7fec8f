using System.Runtime.InteropServices;

namespace Moderato.Mood;

/// <summary>What speaks for a level in one span.</summary>
/// <param name="People">Different unhappy people.</param>
/// <param name="Window">The span.</param>
/// <param name="PerWeek">How often a week so many or more would come by chance, over all that is looked at.</param>
/// <param name="Anger">Mean anger of what they wrote, 0 to 1.</param>
/// <param name="Silence">How long ago the last of them wrote.</param>
/// <param name="OneCause">Whether they are unhappy about one thing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Evidence(int People, TimeSpan Window, double PerWeek, double Anger, TimeSpan Silence, bool OneCause);

/// <summary>What a level takes. Measured on synthetic weeks, see the room's README.</summary>
internal static class Thresholds
{
    public static readonly TimeSpan Short = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static readonly Bar Unrest = new(People: 3, PerWeek: 0.1);
    private static readonly Bar Crisis = new(People: 6, PerWeek: 1e-3);
    private static readonly Bar Mutiny = new(People: 10, PerWeek: 1e-5);

    /// <summary>A crowd is angry from this mean on. Most unhappy comments of the demo's mutiny are less angry than 0.5; their mean is 0.35.</summary>
    private const double AngryFrom = 0.2;

    /// <summary>What stands falls when it would no longer be reached with chances so many times as high, and with this share of the people.</summary>
    private const double Easier = 50;
    private const double FewerPeople = 0.6;
    private const double CalmerAnger = 0.75;

    /// <summary>A day's people say nothing of now if nobody wrote for so long; what stands waits longer, so that a night's lull does not end it.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(2);
    private static readonly TimeSpan LongestSilenceOfStanding = TimeSpan.FromHours(6);

    /// <summary>A crowd is fast if it gathers in an hour.</summary>
    private static readonly TimeSpan Fast = Hour;

    /// <param name="evidence">What was found.</param>
    /// <param name="standing">Whether it is asked whether a level still holds.</param>
    public static Level LevelOf(in Evidence evidence, bool standing)
    {
        if (evidence.Silence > (standing ? LongestSilenceOfStanding : LongestSilence))
            return Level.Calm;
        if (Reaches(Mutiny, evidence, standing) && evidence.OneCause && evidence.Window <= Fast && evidence.Anger >= AngryFrom * (standing ? CalmerAnger : 1))
            return Level.Mutiny;
        if (Reaches(Crisis, evidence, standing))
            return Level.Crisis;
        return Reaches(Unrest, evidence, standing) ? Level.Unrest : Level.Calm;
    }

    private static bool Reaches(Bar bar, in Evidence evidence, bool standing) => standing
        ? evidence.PerWeek <= bar.PerWeek * Easier && evidence.People >= Math.Max(2, FewerPeople * bar.People)
        : evidence.PerWeek <= bar.PerWeek && evidence.People >= bar.People;

    /// <summary>
    /// How many looks at a span count as independent in a week: neighbouring ones see nearly the same people, so it is the spans that fit into the
    /// week, twice since they slide (J. Naus, Approximations for distributions of scan statistics, JASA 77, 1982, has factors of this size).
    /// </summary>
    public static double LooksAWeek(TimeSpan window) => 2 * TimeSpan.FromDays(7) / window;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Bar(int People, double PerWeek);
}
