using Moderato.Scoring;

namespace Moderato.Mood;

/// <summary>Comments laid out for grouping: each once, people and terms numbered in an order that does not depend on how they came.</summary>
internal sealed class Crowd
{
    private readonly Voice[] _voices;
    private readonly int[] _person;
    private readonly int[][] _terms;
    private readonly uint[] _ids;
    private readonly bool[] _isConcept;

    /// <summary>Which comments say nearly the same: each has the number of the oldest of them.</summary>
    private readonly int[] _near;

    public Crowd(IReadOnlyCollection<Voice> voices)
    {
        // By person, so that people are counted by counting changes. Of a comment given twice with different contents the later one stands.
        _voices =
        [
            .. voices.GroupBy(v => v.OutcomeId, StringComparer.Ordinal).Select(Voices.OneOf)
                .OrderBy(v => v.Person).ThenBy(v => v.At).ThenBy(v => v.OutcomeId, StringComparer.Ordinal),
        ];
        _person = [.. _voices.Select(v => (int)v.Person)];
        _near = Near(_voices);
        var terms = TermsWithNear();
        _ids = [.. terms.SelectMany(t => t).Distinct().Order()];
        var numbers = new Dictionary<uint, int>(_ids.Length);
        for (var i = 0; i < _ids.Length; i++)
            numbers.Add(_ids[i], i);
        _terms = [.. terms.Select(t => t.Select(id => numbers[id]).ToArray())];
        _isConcept = [.. _ids.Select(Topics.IsConcept)];
        All = [.. Enumerable.Range(0, _voices.Length)];
    }

    public int[] All { get; }

    public bool IsConcept(int term) => _isConcept[term];

    public int People(int[] voices)
    {
        var people = 0;
        for (var i = 0; i < voices.Length; i++)
            people += i == 0 || _person[voices[i]] != _person[voices[i - 1]] ? 1 : 0;
        return people;
    }

    /// <summary>How many different people use each term.</summary>
    /// <param name="voices">In ascending order, as every list of voices here.</param>
    public int[] PeopleByTerm(int[] voices)
    {
        var people = new int[_ids.Length];
        var last = new int[_ids.Length];
        var person = 0;
        for (var i = 0; i < voices.Length; i++)
        {
            if (i == 0 || _person[voices[i]] != _person[voices[i - 1]])
                person++;
            foreach (var term in _terms[voices[i]])
            {
                people[term] += last[term] != person ? 1 : 0;
                last[term] = person;
            }
        }
        return people;
    }

    public int[] Having(int[] voices, int term) => Array.FindAll(voices, v => Array.IndexOf(_terms[v], term) >= 0);

    /// <summary>Those with at least two of the terms.</summary>
    public int[] HavingTwo(int[] voices, IReadOnlyList<int> terms) => [.. voices.Where(v => _terms[v].Count(terms.Contains) >= 2)];

    public int[] Without(int[] voices, int[] members)
    {
        var gone = new bool[_voices.Length];
        foreach (var member in members)
            gone[member] = true;
        return Array.FindAll(voices, v => !gone[v]);
    }

    /// <summary>The members, and what says nearly the same as one of them.</summary>
    public int[] WithNear(int[] voices, int[] members)
    {
        var near = new bool[_voices.Length];
        foreach (var member in members)
            near[_near[member]] = true;
        return Array.FindAll(voices, v => near[_near[v]]);
    }

    public Cause ToCause(IReadOnlyList<int> terms, int[] members) => new(
        [.. terms.Select(t => _ids[t])],
        [.. members.Select(m => _voices[m]).OrderBy(v => v.At).ThenBy(v => v.OutcomeId, StringComparer.Ordinal)]);

    /// <summary>
    /// A comment's terms, and those that at least half of the ones like it have. Where those have none at all, that they are alike is their term:
    /// people who write the same have a cause even if no word of it is known.
    /// </summary>
    private uint[][] TermsWithNear()
    {
        var terms = _voices.Select(v => v.Terms.Distinct().ToArray()).ToArray();
        foreach (var alike in Enumerable.Range(0, _voices.Length).GroupBy(v => _near[v]).Where(g => g.Skip(1).Any()))
        {
            var members = alike.ToArray();
            var shared = members.SelectMany(m => terms[m]).GroupBy(t => t).Where(g => g.Count() * 2 >= members.Length).Select(g => g.Key).ToArray();
            if (shared.Length == 0)
                shared = [OfFingerprint(_voices[alike.Key].Fingerprint)];
            foreach (var member in members)
                terms[member] = [.. terms[member].Union(shared)];
        }
        return terms;
    }

    private static uint OfFingerprint(ulong fingerprint) => Fnv1a.Join((uint)(fingerprint >> 32), (uint)fingerprint);

    /// <summary>Every comment's oldest relative: near is passed on, so that a text which changes a little each time stays one.</summary>
    private static int[] Near(Voice[] voices)
    {
        var parents = Enumerable.Range(0, voices.Length).ToArray();
        var fingerprints = voices.Select(v => v.Fingerprint).ToArray();
        for (var i = 0; i < fingerprints.Length; i++)
        {
            var one = fingerprints[i];
            for (var j = i + 1; j < fingerprints.Length && one != 0; j++)
            {
                if (Fingerprint.AreNear(one, fingerprints[j]))
                    parents[Root(parents, j)] = Root(parents, i);
            }
        }

        var oldest = new Dictionary<int, int>();
        for (var v = 0; v < voices.Length; v++)
        {
            var root = Root(parents, v);
            if (!oldest.TryGetValue(root, out var first) || Compare(voices[v], voices[first]) < 0)
                oldest[root] = v;
        }
        return [.. Enumerable.Range(0, voices.Length).Select(v => oldest[Root(parents, v)])];
    }

    private static int Compare(Voice one, Voice other) =>
        one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.OutcomeId, other.OutcomeId);

    private static int Root(int[] parents, int of)
    {
        while (parents[of] != of)
            (parents[of], of) = (parents[parents[of]], parents[of]);
        return of;
    }
}
