using System.Runtime.InteropServices;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>Finds crowds: people who are unhappy about one thing, and more unhappy people on a channel than usual.</summary>
internal sealed class Crowds(Heard heard, IReadOnlyDictionary<Scope, Level> standing)
{
    /// <summary>Fewer different people are no crowd.</summary>
    private const int FewestPeople = 3;

    /// <summary>Where so many unhappy comments came in a day, a cause of it needs one person more: fewer could never be told from chance.</summary>
    private const int CommentsOfOneMore = 500;

    private static readonly TimeSpan[] Windows = [Thresholds.Short, Thresholds.Hour, Thresholds.Day];

    /// <summary>What a raised cause explains is not counted again on its channels.</summary>
    private readonly HashSet<string> _explained = [];

    /// <summary>One crowd in one span.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Look(Voice[] Voices, IReadOnlyList<uint> Terms, Evidence Evidence, double Expected, double Probability, bool Capped);

    /// <summary>The causes above calm, or standing. Asked first, since what they explain is no matter of channels.</summary>
    public IReadOnlyList<Finding> OfCauses()
    {
        // A day's causes are broader: what broke out within the hour may be drowned in them, so it is looked for by itself.
        var groups = Causes.Group(heard.Within(heard.Unhappy, Thresholds.Hour), FewestPeople).Concat(Causes.Group(heard.Unhappy, StillPeople + (heard.Unhappy.Length / CommentsOfOneMore)));
        var candidates = groups.Select(c => (Cause: c, Scope: ScopeOf(c), Looks: Windows.SelectMany(w => LookAt(c, w)).ToArray())).Where(c => c.Looks.Length > 0)
            .Select(c => (c.Cause, c.Scope, Finding: Judge(c.Scope, c.Looks)))
            .OrderByDescending(c => standing.ContainsKey(c.Scope)).ThenByDescending(c => c.Finding.Level).ThenBy(c => c.Finding.Probability)
            .ThenByDescending(c => c.Finding.People).ThenBy(c => c.Cause.Seed).ThenByDescending(c => c.Cause.Voices.Count);

        var findings = new List<Finding>();
        var scopes = new HashSet<Scope>();
        foreach (var (cause, scope, finding) in candidates)
        {
            var isKnown = heard.Within(cause.Voices, finding.Window).Count(v => _explained.Contains(v.OutcomeId)) * 2 > finding.Comments;
            if ((finding.Level == Level.Calm && !standing.ContainsKey(scope)) || isKnown || !scopes.Add(scope))
                continue;
            findings.Add(finding);
            if (finding.Level >= Level.Unrest)
                _explained.UnionWith(cause.Voices.Select(v => v.OutcomeId));
        }
        return findings;
    }

    public IReadOnlyList<Finding> OfChannels()
    {
        var findings = new List<Finding>();
        foreach (var channel in heard.Channels)
        {
            var unhappy = channel.Where(v => v.Unhappy && !_explained.Contains(v.OutcomeId)).ToArray();
            var scope = Scope.OfChannel(channel.Key.Platform, channel.Key.Channel);
            Look[] looks = [.. Windows.SelectMany(w => LookAt(channel.Key, unhappy, w))];
            if (looks.Length > 0)
                findings.Add(Judge(scope, looks));
        }
        return findings;
    }

    /// <summary>An open incident of a cause goes on under its name, though by now another term may have most people.</summary>
    private Scope ScopeOf(Cause cause)
    {
        var own = Scope.OfCause(cause.Seed);
        return standing.ContainsKey(own) ? own : cause.Terms.Select(Scope.OfCause).FirstOrDefault(standing.ContainsKey, own);
    }

    private int StillPeople => standing.Keys.Any(s => s.Kind == ScopeKind.Cause) ? FewestPeople - 1 : FewestPeople;

    private IEnumerable<Look> LookAt(Cause cause, TimeSpan window)
    {
        var voices = heard.Within(cause.Voices, window);
        var people = Findings.People(voices);
        if (people < StillPeople)
            yield break;

        // The term that tells most speaks for the cause; having chosen it among all in use counts against it (Bonferroni).
        var noted = heard.IsNoted(voices, window, Expectation.Comments);
        var (best, mean) = (1.0, 0.0);
        foreach (var term in cause.Terms)
        {
            var saying = Findings.People(voices.Where(v => v.Terms.Contains(term)));
            var expected = heard.ExpectedOf(term, window, noted);
            if (expected.ChanceOf(saying) is var chance && (chance < best || mean == 0))
                (best, mean) = (chance, expected.Mean);
        }
        yield return new Look(
            voices, cause.Terms, EvidenceOf(voices, people, window, best * heard.TermsInUse, oneCause: true), mean, best, heard.IsNoted(voices, window, Expectation.Complaints));
    }

    private IEnumerable<Look> LookAt((PlatformId, string) channel, Voice[] unhappy, TimeSpan window)
    {
        var voices = heard.Within(unhappy, window);
        var people = Findings.People(voices);
        if (voices.Length == 0)
            yield break;
        var expected = heard.ExpectedOf(channel, window, heard.IsNoted(voices, window, Expectation.Comments));
        var chance = expected.ChanceOf(people);
        yield return new Look(
            voices, [], EvidenceOf(voices, people, window, chance * heard.Channels.Count, oneCause: false), expected.Mean, chance, heard.IsNoted(voices, window, Expectation.Complaints));
    }

    private Evidence EvidenceOf(Voice[] voices, int people, TimeSpan window, double chance, bool oneCause) => new(
        people, window, chance * Windows.Length * Thresholds.LooksAWeek(window), voices.Average(v => v.Anger), heard.Now - voices[^1].At, oneCause);

    /// <summary>The worst of the spans; a standing level falls only as far as the lower thresholds let it.</summary>
    private Finding Judge(Scope scope, Look[] looks)
    {
        var (level, told) = Worst(looks, standing: false);
        if (standing.TryGetValue(scope, out var before) && before > level && Worst(looks, standing: true) is var still && still.Level > level)
            (level, told) = (still.Level < before ? still.Level : before, still.Look);
        return Findings.Of(scope, level, told.Voices, told.Evidence.Window, told.Terms) with { Expected = told.Expected, Probability = told.Probability };
    }

    private static (Level Level, Look Look) Worst(Look[] looks, bool standing) => looks
        .Select(l => (Level: CappedLevelOf(l, standing), Look: l))
        .OrderByDescending(l => l.Level).ThenBy(l => l.Look.Evidence.PerWeek).ThenBy(l => l.Look.Evidence.Window).First();

    /// <summary>Where complaints were announced, they are no crisis.</summary>
    private static Level CappedLevelOf(in Look look, bool standing) =>
        Thresholds.LevelOf(look.Evidence, standing) is var level && look.Capped && level > Level.Unrest ? Level.Unrest : level;
}
