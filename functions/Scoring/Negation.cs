using System.Collections.Frozen;

namespace Moderato.Scoring;

/// <summary>Which words of Italian and English turn what follows into its opposite, and where that ends.</summary>
public static class Negation
{
    /// <summary>How many words after a negation are marked, unless punctuation or a "but" comes first.</summary>
    public const int Reach = 4;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Starts = Set(
        "non", "mai", "senza", "né", "neanche", "nemmeno", "neppure", "nessun", "nessuno", "nessuna", "niente", "nulla", "no",
        "not", "never", "without", "cannot", "none", "nothing", "nobody", "neither", "nor", "hardly",
        "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "cant", "couldnt", "shouldnt", "wouldnt", "aint");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ends = Set("ma", "però", "but", "however", "though");

    public static bool StartsAt(ReadOnlySpan<char> word) => Starts.Contains(word) || word.EndsWith("n't");

    public static bool EndsAt(ReadOnlySpan<char> word) => Ends.Contains(word);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] words) =>
        words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
