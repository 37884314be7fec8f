namespace Moderato.Policy;

/// <summary>What may stand in a list of words.</summary>
public static class WordEntry
{
    private const int Longest = 100;

    /// <summary>Most words, as people count them: between spaces.</summary>
    private const int MostWords = 6;

    /// <summary>Says what is wrong with an entry, and what would be right.</summary>
    /// <returns>Null if nothing is.</returns>
    public static (string English, string Italian)? ProblemWith(string entry)
    {
        if (string.IsNullOrWhiteSpace(entry)) return ("This word is empty.", "Questa parola è vuota.");
        if (entry.Length > Longest) return ($"This is longer than {Longest} characters.", $"Questo è più lungo di {Longest} caratteri.");
        var parts = EntryPattern.Of(entry).Words;
        if (parts.All(part => part.Kind == PieceKind.Sign)) return ("This has neither a letter nor a digit nor an emoji: there is nothing to look for.", "Qui non c'è né una lettera né una cifra né un'emoji: non c'è niente da cercare.");
        var star = entry.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0 && (star != entry.TrimEnd().Length - 1 || !parts[^1].IsStem)) return ("A star may only stand at the very end, as in scont*.", "L'asterisco può stare solo in fondo, come in scont*.");
        var words = entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return words > MostWords || parts.Count > EntryPattern.MostParts ? ($"This has more than {MostWords} words.", $"Qui ci sono più di {MostWords} parole.") : null;
    }
}
