using Moderato.Scoring;

namespace Moderato.Mood;

/// <summary>Newcomers who write the same, or link to the same place, on one channel within minutes. No event explains that.</summary>
internal static class Raids
{
    private const int FewestPeople = 5;

    /// <summary>So few keep a raid going that was one.</summary>
    private const int FewestOfStanding = 3;

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>Comments may come late, and a raid pauses.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(30);

    public static IEnumerable<Finding> In(Heard heard, IReadOnlyDictionary<Scope, Level> standing)
    {
        foreach (var channel in heard.Channels)
        {
            var scope = Scope.OfRaid(channel.Key.Platform, channel.Key.Channel);
            var newcomers = heard.Within(channel.Where(v => v.Newcomer && (v.Fingerprint != 0 || v.Hosts.Count > 0)), Recent);
            var raid = Largest(newcomers);
            if (raid.Length > 0 && Findings.People(raid) >= (standing.ContainsKey(scope) ? FewestOfStanding : FewestPeople))
                yield return Findings.Of(scope, Level.Crisis, raid, Within, Shared(raid));
        }
    }

    /// <summary>What most people wrote alike within some ten minutes.</summary>
    private static Voice[] Largest(Voice[] newcomers)
    {
        var (largest, most) = (Array.Empty<Voice>(), 0);
        foreach (var alike in Alike(newcomers).Where(a => a.Length >= FewestOfStanding))
        {
            for (var first = 0; first < alike.Length; first++)
            {
                var until = alike[first].At + Within;
                var together = alike[first..].TakeWhile(v => v.At <= until).ToArray();
                if (Findings.People(together) is var people && people > most)
                    (largest, most) = (together, people);
            }
        }
        return largest;
    }

    /// <summary>Those near to one another, and those that link to one host.</summary>
    private static IEnumerable<Voice[]> Alike(Voice[] voices)
    {
        foreach (var host in voices.SelectMany(v => v.Hosts).Distinct().Order())
            yield return [.. voices.Where(v => v.Hosts.Contains(host))];
        var left = voices.ToList();
        while (left.Count > 0)
        {
            var first = left[0];
            Voice[] near = [.. left.Where(v => v == first || Fingerprint.AreNear(v.Fingerprint, first.Fingerprint))];
            left.RemoveAll(near.Contains);
            yield return near;
        }
    }

    private static uint[] Shared(Voice[] raid) =>
        [.. raid.SelectMany(v => v.Terms.Distinct()).GroupBy(t => t).Where(g => g.Count() * 2 > raid.Length).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key)];
}
