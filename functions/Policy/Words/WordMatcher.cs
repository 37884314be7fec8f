using System.Buffers;
using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>All lists of one policy, compiled: one pass over a text says which lists have something in it. For any number of threads.</summary>
public sealed class WordMatcher
{
    private const int MostLists = 512;

    private const int OnTheStack = 512;

    private readonly Vocabulary _vocabulary;

    /// <param name="lists">At most 512. Entries that <see cref="WordEntry"/> refuses may never be found.</param>
    public WordMatcher(IReadOnlyList<WordList> lists)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lists.Count, MostLists, nameof(lists));
        Count = lists.Count;
        _vocabulary = new Vocabulary(lists);
    }

    /// <summary>How many lists there are.</summary>
    public int Count { get; }

    /// <summary>Sets bit i of <paramref name="found"/> where list i has a word in the text, and leaves all others as they are.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="found">One number for each 64 lists.</param>
    public void Match(string text, Span<ulong> found)
    {
        if (Count == 0 || text.Length == 0) return;
        using var normalized = NormalizedText.Of(text);
        var length = normalized.Chars.Length;
        var rented = length > OnTheStack ? ArrayPool<char>.Shared.Rent(length) : null;
        Span<char> folded = rented is null ? stackalloc char[OnTheStack] : rented;
        folded = folded[..length];
        Folding.Of(normalized.Chars, folded);
        Span<int> room = stackalloc int[RecentTerms.Room];
        new Reading(normalized.Chars, folded, _vocabulary, new RecentTerms(_vocabulary, found, room)).Run();
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
    }

    /// <summary>Whether one list has a word in the text.</summary>
    public bool Matches(string text, int list)
    {
        Span<ulong> found = stackalloc ulong[(Count + 63) / 64];
        Match(text, found);
        return (found[list >> 6] >> (list & 63) & 1) != 0;
    }
}
