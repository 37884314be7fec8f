namespace Moderato.Mood;

/// <summary>Who stands behind findings, by hashes: so that it can be said whether two findings are about the same people.</summary>
internal sealed class Crowd(IReadOnlyCollection<Voice> voices, DateTimeOffset now)
{
    /// <summary>What is shared by so many is the same.</summary>
    public const double Most = 0.6;

    /// <summary>The first terms of a cause say what it is about; the rest is what else was said.</summary>
    private const int TermsThatTell = 3;

    private readonly Dictionary<(Scope, bool), HashSet<uint>> _people = [];

    /// <summary>Whether most of the people of one finding, in its own span, are among those of another, in a whole day.</summary>
    public bool IsMostly(Finding one, Finding other)
    {
        var (few, many) = (PeopleOf(one, wholeDay: false), PeopleOf(other, wholeDay: true));
        return few.Count > 0 && few.Count(many.Contains) >= Most * few.Count;
    }

    /// <summary>The comments that a finding is about, newest first, one a person.</summary>
    public IReadOnlyList<Voice> OneEach(Finding finding) =>
        [.. VoicesOf(finding, wholeDay: true).OrderByDescending(v => v.At).ThenBy(v => v.OutcomeId, StringComparer.Ordinal).DistinctBy(v => v.Person)];

    /// <summary>How many unhappy comments a finding's people wrote after a time.</summary>
    public int UnhappyAfter(Finding finding, DateTimeOffset after) => VoicesOf(finding, wholeDay: true).Count(v => v.At > after);

    private HashSet<uint> PeopleOf(Finding finding, bool wholeDay)
    {
        if (!_people.TryGetValue((finding.Scope, wholeDay), out var people))
            _people[(finding.Scope, wholeDay)] = people = [.. VoicesOf(finding, wholeDay).Select(v => v.Person)];
        return people;
    }

    private IEnumerable<Voice> VoicesOf(Finding finding, bool wholeDay)
    {
        var from = wholeDay ? now - Listening.Reach : finding.LastAt - finding.Window;
        var recent = voices.Where(v => v.At >= from);
        switch (finding.Scope.Kind)
        {
            case ScopeKind.Cause:
                var terms = finding.Terms.Take(TermsThatTell).ToHashSet();
                return recent.Where(v => v.Unhappy && v.Terms.Any(terms.Contains));
            case ScopeKind.Raid:
                return finding.Channels is [var raided, ..] ? recent.Where(v => v.Newcomer && v.Platform == raided.Platform && v.Channel == raided.Channel) : [];
            case ScopeKind.Channel:
                return finding.Channels is [var channel, ..] ? recent.Where(v => v.Unhappy && v.Platform == channel.Platform && v.Channel == channel.Channel) : [];
            default:
                var persons = voices.Where(v => finding.Outcomes.Contains(v.OutcomeId)).Select(v => v.Person).ToHashSet();
                return recent.Where(v => v.Unhappy && persons.Contains(v.Person));
        }
    }
}
