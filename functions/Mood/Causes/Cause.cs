namespace Moderato.Mood;

/// <summary>What several comments are about together.</summary>
/// <param name="Terms">The terms that make it, the one that most people share first.</param>
/// <param name="Voices">The comments, oldest first.</param>
public sealed record Cause(IReadOnlyList<uint> Terms, IReadOnlyList<Voice> Voices)
{
    /// <summary>The same for the same cause tomorrow: the term that most people share.</summary>
    public uint Seed => Terms[0];

    public int People => Voices.Select(v => v.Person).Distinct().Count();
}

/// <summary>Groups comments by what they are about.</summary>
/// <remarks>
/// A greedy cover, as R. Feldman and J. Sanger describe for term-based clusters (The Text Mining Handbook, 2007): the term that most people share
/// makes a cause together with the terms that its people share besides; its comments leave, and the next term has its turn.
/// </remarks>
public static class Causes
{
    /// <summary>A word tells less than a concept, which stands for many words.</summary>
    private const double WordsTell = 0.7;

    /// <summary>A term belongs to a cause if that share of its people use it...</summary>
    private const double CompanionFrom = 0.3;

    /// <summary>...and use it more often than everybody does.</summary>
    private const double LiftFrom = 1.15;

    /// <summary>A cause has a core if that share of its people have a second term in common.</summary>
    private const double CoreFrom = 0.5;

    /// <summary>A word that so many use, without anything else in common, is what this community always talks about.</summary>
    private const double CommonplaceFrom = 0.6;

    /// <summary>Among fewer people nothing can be said about what everybody uses.</summary>
    private const int FewestForCommonplace = 12;

    /// <summary>No cause is made of more terms.</summary>
    private const int MostTerms = 6;

    /// <summary>The causes of at least so many people, most people first. The order in which the comments are given does not matter.</summary>
    public static IReadOnlyList<Cause> Group(IReadOnlyCollection<Voice> voices, int fewestPeople)
    {
        var crowd = new Crowd(voices);
        var causes = new List<Cause>();
        var passed = new HashSet<int>();
        var everybody = crowd.People(crowd.All);
        var usual = crowd.PeopleByTerm(crowd.All);
        var left = crowd.All;
        while (SeedOf(crowd.PeopleByTerm(left), crowd, passed, Math.Max(1, fewestPeople)) is >= 0 and var seed)
        {
            var having = crowd.Having(left, seed);
            var shared = crowd.PeopleByTerm(having);
            var people = shared[seed];
            var companions = CompanionsOf(seed, shared, people, usual, everybody, crowd);
            if (IsCommonplace(seed, people, everybody, companions, shared, crowd))
            {
                passed.Add(seed);
                continue;
            }

            // What has the seed by chance stays out of a cause with a core, and what says the same in other words comes in.
            var hasCore = companions.Count > 0 && shared[companions[0]] >= CoreFrom * people;
            var members = hasCore ? crowd.HavingTwo(left, [seed, .. companions]) : having;
            members = crowd.WithNear(left, members);
            if (crowd.People(members) < fewestPeople)
                (members, companions) = (having, []);
            causes.Add(crowd.ToCause([seed, .. companions], members));
            left = crowd.Without(left, members);
        }
        return [.. causes.OrderByDescending(c => c.People).ThenBy(c => c.Seed)];
    }

    private static int SeedOf(int[] people, Crowd crowd, HashSet<int> passed, int fewestPeople)
    {
        var (best, most) = (-1, 0.0);
        for (var term = 0; term < people.Length; term++)
        {
            if (people[term] < fewestPeople || passed.Contains(term))
                continue;
            var tells = people[term] * (crowd.IsConcept(term) ? 1 : WordsTell);
            if (tells > most)
                (best, most) = (term, tells);
        }
        return best;
    }

    private static List<int> CompanionsOf(int seed, int[] shared, int people, int[] usual, int everybody, Crowd crowd)
    {
        var companions = new List<int>();
        for (var term = 0; term < shared.Length; term++)
        {
            var share = (double)shared[term] / people;
            // Where nearly everybody is in the cause nothing can be much more frequent in it than elsewhere.
            var isTelling = share >= LiftFrom * usual[term] / everybody || people >= CommonplaceFrom * everybody;
            if (term != seed && shared[term] >= 2 && share >= CompanionFrom && isTelling)
                companions.Add(term);
        }
        return [.. companions.OrderByDescending(t => shared[t] * (crowd.IsConcept(t) ? 1 : WordsTell)).ThenBy(t => t).Take(MostTerms - 1)];
    }

    private static bool IsCommonplace(int seed, int people, int everybody, List<int> companions, int[] shared, Crowd crowd) =>
        !crowd.IsConcept(seed) && everybody >= FewestForCommonplace && people >= CommonplaceFrom * everybody
        && !companions.Any(c => shared[c] >= CoreFrom * people);
}
