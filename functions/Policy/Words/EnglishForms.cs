namespace Moderato.Policy;

/// <summary>Plurals, -ed and -ing of English words, by their ending. An Italian word gets some too; nobody writes those.</summary>
internal static class EnglishForms
{
    private const int ShortestWord = 3;

    /// <summary>Adjectives whose plural would be another word: news, goods, means.</summary>
    private static readonly HashSet<string> WithoutPlural = ["new", "good", "mean", "right", "thank"];

    public static void Add(string word, ICollection<string> forms)
    {
        if (word.Length < ShortestWord) return;
        AddPlural(word, forms);
        if (word[^1] is not ('a' or 'i' or 'o' or 'u')) AddVerb(word, forms);
    }

    private static void AddPlural(string word, ICollection<string> forms)
    {
        if (WithoutPlural.Contains(word)) return;
        if (EndsInConsonantAndY(word))
        {
            forms.Add(word[..^1] + "ies");
        }
        else if (word[^1] is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal))
        {
            forms.Add(word + "es");
        }
        else
        {
            forms.Add(word + "s");
            if (word[^1] == 'o') forms.Add(word + "es");
            if (word[^1] == 'f') forms.Add(word[..^1] + "ves");
            if (word.EndsWith("fe", StringComparison.Ordinal)) forms.Add(word[..^2] + "ves");
            if (word.EndsWith("man", StringComparison.Ordinal)) forms.Add(word[..^2] + "en");
        }
    }

    private static void AddVerb(string word, ICollection<string> forms)
    {
        if (EndsInConsonantAndY(word))
        {
            forms.Add(word[..^1] + "ied");
            forms.Add(word + "ing");
            return;
        }

        if (word[^1] == 'e')
        {
            forms.Add(word + "d");
            // "see" and "be" keep their e.
            forms.Add((word[^2] is 'e' or 'o' or 'y' ? word : word[..^1]) + "ing");
            return;
        }

        var isClosed = IsConsonant(word[^1]) && word[^1] is not ('w' or 'x' or 'y') && !IsConsonant(word[^2]) && IsConsonant(word[^3]);
        var isOneSyllable = word.Count(c => c is 'a' or 'e' or 'i' or 'o' or 'u') == 1;
        // "rat" gives ratted, since rated belongs to rate; "cancel" gives canceled and cancelled.
        if (!isClosed || !isOneSyllable) AddEndings(word, forms);
        if (isClosed && (isOneSyllable || word[^1] is 'l' or 'p' or 't')) AddEndings(word + word[^1], forms);
    }

    private static void AddEndings(string stem, ICollection<string> forms)
    {
        forms.Add(stem + "ed");
        forms.Add(stem + "ing");
    }

    private static bool EndsInConsonantAndY(string word) => word[^1] == 'y' && IsConsonant(word[^2]);

    private static bool IsConsonant(char c) => c is not ('a' or 'e' or 'i' or 'o' or 'u');
}
