namespace Moderato.Mood;

/// <summary>What people are looked for behind: a finding of now, or an incident as it was when it was worst.</summary>
internal sealed record Subject(Scope Scope, EventChannel? Channel, IReadOnlyList<uint> Terms, DateTimeOffset From, IReadOnlyList<string> Outcomes)
{
    public static Subject Of(Finding finding) => new(
        finding.Scope, finding.Channels is [var (platform, channel), ..] ? new EventChannel(platform, channel) : null, finding.Terms, finding.LastAt - finding.Window, finding.Outcomes);

    public static Subject Of(Incident incident) => new(
        incident.Scope, incident.Channels is [var channel, ..] ? channel : null, incident.Terms, incident.LastAt - incident.Window, incident.Outcomes);
}

/// <summary>Who stands behind findings, by hashes: so that it can be said whether two are about the same people.</summary>
internal sealed class PeopleBehind(IReadOnlyCollection<Voice> voices, DateTimeOffset now)
{
    /// <summary>What is shared by so many is the same.</summary>
    public const double Most = 0.6;

    /// <summary>The first terms of a cause say what it is about; the rest is what else was said.</summary>
    private const int TermsThatTell = 3;

    private readonly Dictionary<(Subject, DateTimeOffset), HashSet<uint>> _known = [];

    /// <summary>Whether most of the people of one, in its own span, are among those of another in the whole day.</summary>
    public bool AreMostlyOf(Subject one, Subject other)
    {
        var few = PeopleOf(one, one.From);
        var many = few.Count > 0 ? PeopleOf(other, now - Listening.Reach) : [];
        return few.Count > 0 && few.Count(many.Contains) >= Most * few.Count;
    }

    /// <summary>The day's comments that a finding is about, newest first, one a person.</summary>
    public IReadOnlyList<Voice> OneEach(Finding finding) =>
        [.. VoicesOf(Subject.Of(finding), now - Listening.Reach).OrderByDescending(v => v.At).ThenBy(v => v.OutcomeId, StringComparer.Ordinal).DistinctBy(v => v.Person)];

    /// <summary>How many unhappy comments a finding's people wrote after a time.</summary>
    public int UnhappyAfter(Finding finding, DateTimeOffset after) => VoicesOf(Subject.Of(finding), after).Count(v => v.At > after);

    private HashSet<uint> PeopleOf(Subject subject, DateTimeOffset from)
    {
        if (!_known.TryGetValue((subject, from), out var people))
            _known.Add((subject, from), people = [.. VoicesOf(subject, from).Select(v => v.Person)]);
        return people;
    }

    private IEnumerable<Voice> VoicesOf(Subject subject, DateTimeOffset from)
    {
        var recent = voices.Where(v => v.At >= from);
        switch (subject.Scope.Kind)
        {
            case ScopeKind.Cause:
                var terms = subject.Terms.Take(TermsThatTell).ToHashSet();
                return recent.Where(v => v.Unhappy && v.Terms.Any(terms.Contains));
            case ScopeKind.Raid:
                return recent.Where(v => v.Newcomer && IsOn(v, subject.Channel));
            case ScopeKind.Channel:
                return recent.Where(v => v.Unhappy && IsOn(v, subject.Channel));
            default:
                var persons = voices.Where(v => subject.Outcomes.Contains(v.OutcomeId)).Select(v => v.Person).ToHashSet();
                return recent.Where(v => v.Unhappy && persons.Contains(v.Person));
        }
    }

    private static bool IsOn(Voice voice, EventChannel? channel) => voice.Platform == channel?.Platform && voice.Channel == channel.Channel;
}
