namespace Moderato.Scoring;

/// <summary>
/// Undoes drawn-out words: "bellooooo" is bello, "bruttttto" is brutto, "goood" is good. A run of three or more becomes
/// one letter at the end of a word; inside it becomes two where Italian or English double that letter (consonants, e, o).
/// </summary>
public static class Elongation
{
    private const int Run = 3;

    /// <summary>Shortens the word in place.</summary>
    /// <returns>Its new length; smaller than before exactly when the word was drawn out.</returns>
    public static int Collapse(Span<char> word)
    {
        var length = 0;
        for (var i = 0; i < word.Length;)
        {
            var end = i + 1;
            while (end < word.Length && word[end] == word[i]) end++;
            var letter = word[i];
            var keep = end - i;
            if (keep >= Run && char.IsLetter(letter)) keep = end == word.Length || letter is 'a' or 'i' or 'u' ? 1 : 2;
            word.Slice(length, keep).Fill(letter);
            length += keep;
            i = end;
        }

        return length;
    }
}
