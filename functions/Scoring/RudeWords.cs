using System.Collections.Frozen;

namespace Moderato.Scoring;

/// <summary>
/// Finds insults and obscenities of a list where they are disguised: accents, the usual digits and signs for letters
/// (<c>c4zzo</c>, <c>c@zzo</c>), stars (<c>c***o</c>, <c>vaff***</c>) and drawn-out letters (<c>merdaaa</c>).
/// </summary>
public sealed class RudeWords
{
    /// <summary>Fewest letters that must be legible among stars: <c>s***</c> may be anything.</summary>
    private const int FewestLegible = 2;

    private readonly string[] _words;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _set;

    /// <param name="words">Lower case, without accents.</param>
    public RudeWords(IEnumerable<string> words)
    {
        _words = [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _set = _words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<string> Words => _words;

    /// <summary>The rude word that <paramref name="written"/> hides or is.</summary>
    /// <param name="written">One word with its digits and signs, at most <see cref="Tokenizer.LongestWord"/> characters.</param>
    /// <param name="word">Receives it; may be where <paramref name="written"/> lies.</param>
    /// <returns>Its length, or 0 where there is none.</returns>
    public int Reveal(ReadOnlySpan<char> written, Span<char> word)
    {
        if (written.Length < 3) return 0;
        Span<char> plain = stackalloc char[written.Length];
        for (var i = 0; i < written.Length; i++) plain[i] = Letter(char.ToLowerInvariant(written[i]));
        if (plain.Contains('*')) return RevealStars(plain, word);

        var length = Elongation.Collapse(plain);
        if (!_set.Contains(plain[..length])) return 0;
        plain[..length].CopyTo(word);
        return length;
    }

    private int RevealStars(ReadOnlySpan<char> plain, Span<char> word)
    {
        var legible = plain.Length - plain.Count('*');
        if (legible < FewestLegible || plain[0] == '*') return 0;
        foreach (var candidate in _words)
        {
            if (!Fits(plain, candidate)) continue;
            candidate.CopyTo(word);
            return candidate.Length;
        }

        return 0;
    }

    /// <summary>A star stands for one letter; stars at the end for any number, since nobody counts them there.</summary>
    private static bool Fits(ReadOnlySpan<char> plain, string candidate)
    {
        var stem = plain.TrimEnd('*');
        if (stem.Length < plain.Length ? stem.Length < 3 || candidate.Length < stem.Length : candidate.Length != stem.Length) return false;
        for (var i = 0; i < stem.Length; i++)
            if (stem[i] != '*' && stem[i] != candidate[i]) return false;
        return true;
    }

    private static char Letter(char c) => c switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => Accents.Strip(c),
    };
}
