using System.Globalization;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>What it takes to know something again tomorrow.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Since">Its first day.</param>
/// <param name="Terms">What it was about when it was last there, the seed first.</param>
public sealed record Trace(string Id, DateOnly Since, IReadOnlyList<uint> Terms);

/// <summary>What was there on a day: also what was not shown, so that it keeps its id when it is.</summary>
public sealed record Traces(IReadOnlyList<Trace> Causes, IReadOnlyList<Trace> Questions)
{
    /// <summary>How many of each are kept.</summary>
    public const int Most = 20;

    /// <summary>How many days something may be silent and is the same afterwards.</summary>
    public const int LongestGap = 3;

    /// <summary>So many terms in common make two causes one.</summary>
    private const int EnoughTerms = 2;

    public static readonly Traces None = new([], []);

    /// <summary>Gives each cause the id that it had, or a new one.</summary>
    /// <param name="causes">The causes of a day, most people first: the greater one chooses first.</param>
    /// <param name="day">The day.</param>
    /// <param name="known">What was there on the days before, the newest day first.</param>
    public static IReadOnlyList<(Cause Cause, Trace Trace)> Follow(IEnumerable<Cause> causes, DateOnly day, IReadOnlyList<Trace> known)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var followed = new List<(Cause, Trace)>();
        foreach (var cause in causes)
        {
            var before = known.Where(t => !taken.Contains(t.Id))
                .Select(t => (Trace: t, Shared: t.Terms.Intersect(cause.Terms).Count(), IsSeed: t.Terms.Count > 0 && t.Terms[0] == cause.Seed))
                .Where(t => t.IsSeed || t.Shared >= EnoughTerms)
                .OrderByDescending(t => t.IsSeed).ThenByDescending(t => t.Shared).ThenBy(t => t.Trace.Since).ThenBy(t => t.Trace.Id, StringComparer.Ordinal)
                .Select(t => t.Trace).FirstOrDefault();
            var id = before?.Id ?? string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}-{cause.Seed:x8}");
            taken.Add(id);
            followed.Add((cause, new Trace(id, before?.Since ?? day, cause.Terms)));
        }
        return followed;
    }
}
