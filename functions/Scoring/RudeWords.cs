using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Moderato.Scoring;

/// <summary>
/// Counts insults and obscenities of a list, as whole words. Accents, the usual digits for letters (<c>c4zz0</c>) and
/// drawn-out letters (<c>merdaaa</c>) do not hide a word.
/// </summary>
public sealed class RudeWords
{
    private const int LongestWord = 32;

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <param name="words">Lower case, without accents.</param>
    public RudeWords(IEnumerable<string> words) =>
        _words = words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The built-in Italian and English list, <c>rude-words.txt</c>: one word a line, # begins a comment.</summary>
    public static RudeWords BuiltIn()
    {
        using var stream = typeof(RudeWords).Assembly.GetManifestResourceStream("Moderato.Scoring.rude-words.txt")
            ?? throw new InvalidOperationException("The assembly was built without rude-words.txt.");
        using var reader = new StreamReader(stream);
        return new RudeWords(reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#')));
    }

    /// <param name="folded">From <see cref="FoldedText"/>, before a tokenizer has touched it.</param>
    public int Count(ReadOnlySpan<char> folded)
    {
        var count = 0;
        for (var at = 0; at < folded.Length; at++)
        {
            if (!char.IsLetterOrDigit(folded[at])) continue;
            var end = at + 1;
            while (end < folded.Length && (char.IsLetterOrDigit(folded[end]) || folded[end] is '@' or '$')) end++;
            if (IsRude(folded[at..end])) count++;
            at = end;
        }

        return count;
    }

    private bool IsRude(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > 200) return false;
        Span<char> plain = stackalloc char[word.Length];
        var length = Elongation.Collapse(Plain(word, plain));
        if (length > LongestWord) return false;
        return _words.Contains(plain[..length]);
    }

    /// <summary>Without accents and with letters where digits stood for them; a number stays a number.</summary>
    private static Span<char> Plain(ReadOnlySpan<char> word, Span<char> plain)
    {
        var hasLetter = false;
        foreach (var c in word) hasLetter |= char.IsLetter(c);
        for (var i = 0; i < word.Length; i++) plain[i] = hasLetter ? Letter(word[i]) : word[i];
        return plain;
    }

    private static char Letter(char c) => c switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        < '\u00c0' => c,
        _ => WithoutAccent(c),
    };

    private static char WithoutAccent(char c)
    {
        if (char.IsSurrogate(c)) return c;
        ReadOnlySpan<char> one = [c];
        Span<char> parts = stackalloc char[8];
        return one.TryNormalize(parts, out var written, NormalizationForm.FormD) && written > 1
            && CharUnicodeInfo.GetUnicodeCategory(parts[1]) == UnicodeCategory.NonSpacingMark ? parts[0] : c;
    }
}
