using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>What a word may be in plain letters.</summary>
internal static class Disguise
{
    /// <summary>Of longer words only the beginning counts, after drawn-out letters became three.</summary>
    public const int Longest = 64;

    private const int Run = 3;

    /// <summary>Looks for a word and for everything it may hide.</summary>
    /// <param name="written">Folded, with the digits and signs that stand for letters.</param>
    /// <param name="vocabulary">What is looked for.</param>
    /// <param name="recent">Receives the terms.</param>
    public static bool Find(scoped ReadOnlySpan<char> written, Vocabulary vocabulary, ref RecentTerms recent)
    {
        var found = vocabulary.Find(written, ref recent);
        var (hasLetters, hasSigns, hasRuns) = Look(written);
        // Numbers hide nothing, and neither do two characters.
        if (!hasLetters || !(hasSigns || hasRuns) || written.Length < 3) return found;

        Span<char> plain = stackalloc char[Longest];
        var length = Shorten(written, plain, Longest, Run);
        if (!hasSigns) return found | FindDrawnOut(plain[..length], vocabulary, ref recent);

        Span<char> letters = stackalloc char[Longest];
        foreach (var one in "il")
        {
            for (var i = 0; i < length; i++) letters[i] = Letter(plain[i], one);
            found |= vocabulary.Find(letters[..length], ref recent);
            if (hasRuns) found |= FindDrawnOut(letters[..length], vocabulary, ref recent);
            if (!plain[..length].ContainsAny('1', '!')) break;
        }

        return found;
    }

    /// <summary>The same with stars for letters.</summary>
    public static bool FindStarred(scoped ReadOnlySpan<char> written, Vocabulary vocabulary, ref RecentTerms recent)
    {
        Span<char> letters = stackalloc char[written.Length];
        var found = false;
        foreach (var one in "il")
        {
            for (var i = 0; i < written.Length; i++) letters[i] = Letter(written[i], one);
            found |= vocabulary.FindStarred(letters, ref recent);
            if (!written.ContainsAny('1', '!')) break;
        }

        return found;
    }

    /// <summary>Nobody knows whether a letter was drawn out from one ("merrrda") or from two ("freee"): usage first, then either.</summary>
    private static bool FindDrawnOut(scoped ReadOnlySpan<char> word, Vocabulary vocabulary, ref RecentTerms recent)
    {
        Span<char> shorter = stackalloc char[word.Length];
        word.CopyTo(shorter);
        var found = vocabulary.Find(shorter[..Elongation.Collapse(shorter)], ref recent);
        found |= vocabulary.Find(shorter[..Shorten(word, shorter, word.Length, 1)], ref recent);
        return found | vocabulary.Find(shorter[..Shorten(word, shorter, word.Length, 2)], ref recent);
    }

    private static (bool HasLetters, bool HasSigns, bool HasRuns) Look(ReadOnlySpan<char> word)
    {
        var (letters, signs, runs) = (false, false, false);
        for (var i = 0; i < word.Length; i++)
        {
            var isLetter = char.IsLetter(word[i]);
            letters |= isLetter;
            signs |= !isLetter;
            runs |= i > 1 && word[i] == word[i - 1] && word[i] == word[i - 2];
        }

        return (letters, signs, runs);
    }

    /// <summary>Copies a word with its runs of three and more letters cut down.</summary>
    /// <returns>The new length, at most <paramref name="longest"/>.</returns>
    private static int Shorten(ReadOnlySpan<char> word, Span<char> shorter, int longest, int keep)
    {
        var length = 0;
        for (var i = 0; i < word.Length && length < longest;)
        {
            var end = i + 1;
            while (end < word.Length && word[end] == word[i]) end++;
            var run = Math.Min(end - i >= Run ? keep : end - i, longest - length);
            shorter.Slice(length, run).Fill(word[i]);
            length += run;
            i = end;
        }

        return length;
    }

    private static char Letter(char c, char one) => c switch
    {
        '0' => 'o',
        '1' or '!' => one,
        '3' or '€' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => c,
    };
}
