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
public static class Causes
{
    /// <summary>The causes of at least so many people, most people first. The order in which the comments are given does not matter.</summary>
    public static IReadOnlyList<Cause> Group(IReadOnlyCollection<Voice> voices, int fewestPeople) => throw new NotSupportedException($"{voices.Count} {fewestPeople}");
}
