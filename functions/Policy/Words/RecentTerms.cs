namespace Moderato.Policy;

/// <summary>What the last pieces of a text were, as far as entries of several words need to know; on the stack of who reads.</summary>
/// <param name="vocabulary">Whose terms.</param>
/// <param name="found">One bit a list.</param>
/// <param name="room"><see cref="Room"/> numbers.</param>
internal ref struct RecentTerms(Vocabulary vocabulary, Span<ulong> found, Span<int> room)
{
    private const int Pieces = EntryPattern.MostParts;

    /// <summary>More things than a piece can be in earnest; what comes on top only misses in entries of several words.</summary>
    private const int TermsPerPiece = 15;

    private const int Stride = TermsPerPiece + 1;

    /// <summary>For each piece how many terms, then these.</summary>
    public const int Room = Pieces * Stride;

    private readonly Span<ulong> _found = found;
    private readonly Span<int> _room = room;
    private int _current;
    private int _known;

    /// <summary>The next piece begins.</summary>
    public void Begin(bool afterPause)
    {
        _known = afterPause ? 1 : Math.Min(_known + 1, Pieces);
        _current = (_current + 1) % Pieces;
        _room[_current * Stride] = 0;
    }

    /// <summary>The current piece is one of these terms.</summary>
    public readonly void Add(int[] terms)
    {
        foreach (var term in terms)
        {
            foreach (var list in vocabulary.ListsOf(term)) _found[list >> 6] |= 1UL << (list & 63);
            if (vocabulary.IsInPhrase(term)) Remember(term);
        }
    }

    /// <summary>The current piece ends, and with it what was said in several words.</summary>
    public readonly void End()
    {
        foreach (var term in Back(0))
        {
            foreach (var phrase in vocabulary.PhrasesEndingWith(term))
                if (IsSaid(phrase.Terms)) _found[phrase.List >> 6] |= 1UL << (phrase.List & 63);
        }
    }

    private readonly void Remember(int term)
    {
        ref var count = ref _room[_current * Stride];
        if (count == TermsPerPiece || Back(0).Contains(term)) return;
        _room[(_current * Stride) + ++count] = term;
    }

    private readonly bool IsSaid(int[] terms)
    {
        if (terms.Length > _known) return false;
        for (var i = 1; i < terms.Length; i++)
            if (!Back(i).Contains(terms[^(i + 1)])) return false;
        return true;
    }

    private readonly ReadOnlySpan<int> Back(int pieces)
    {
        var at = (_current - pieces + Pieces) % Pieces * Stride;
        return _room.Slice(at + 1, _room[at]);
    }
}
