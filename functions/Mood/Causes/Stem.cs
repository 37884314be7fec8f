namespace Moderato.Mood;

/// <summary>
/// A word's basic form, so that "bloccato", "bloccata" and "blocca" are one word and "cracked" is "crack": gender, number and common endings of
/// verbs, in Italian where a word ends in a vowel, in English else. Lighter than J. Savoy's light stemmers (A stemming procedure and stopword list
/// for general French corpora, JASIS 1999), since a cause must stay readable: better two causes than one wrong one.
/// </summary>
internal static class Stem
{
    private const int Shortest = 3;

    /// <summary>Longer ones first.</summary>
    private static readonly string[] Italian =
    [
        "issimo", "issima", "issimi", "issime", "iamo", "avano", "evano", "ivano", "ando", "endo", "are", "ere", "ire", "ato", "ata", "ati", "ate",
        "uto", "uta", "uti", "ute", "ito", "ita", "iti", "ite", "ano", "ono",
    ];

    private static readonly string[] English = ["ings", "ing", "ied", "ies", "ed", "es", "ly", "s"];

    /// <param name="word">Lower case, without accents.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word)
    {
        if (!IsVowel(word[^1]))
            word = Without(word, English);
        foreach (var ending in Italian)
        {
            if (word.Length - ending.Length >= Shortest && word.EndsWith(ending, StringComparison.Ordinal))
            {
                word = word[..^ending.Length];
                break;
            }
        }
        while (word.Length > Shortest && (IsVowel(word[^1]) || word[^1] == 'y'))
            word = word[..^1];

        // "poche" and "poca" differ in an h that only says how c is spoken.
        if (word.Length > Shortest && word[^1] == 'h' && word[^2] is 'c' or 'g')
            word = word[..^1];
        return word.Length > Shortest && word[^1] == word[^2] ? word[..^1] : word;
    }

    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> word, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (word.Length - ending.Length >= Shortest && word.EndsWith(ending, StringComparison.Ordinal) && !(ending == "s" && word[^2] == 's'))
                return word[..^ending.Length];
        }
        return word;
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}
