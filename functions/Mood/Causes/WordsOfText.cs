using Moderato.Scoring;

namespace Moderato.Mood;

/// <summary>
/// A text's words as the tokenizer reads them, without accents; no numbers, links, mentions, names behind a mention, nor rude words. Of a long
/// text the beginning.
/// </summary>
internal sealed class WordsOfText
{
    /// <summary>What a text is about is said in its beginning, and outcomes keep no more than 280 characters anyway.</summary>
    private const int Longest = 4000;

    /// <summary>A mention may be followed by a surname: "@Chiara Bellini".</summary>
    private const int MostNames = 1;

    private readonly char[] _chars;
    private readonly List<(int Start, int Length)> _words = [];
    private readonly List<string>? _written;

    private WordsOfText(int length, bool asWritten)
    {
        _chars = new char[length];
        _written = asWritten ? [] : null;
    }

    public int Count => _words.Count;

    public ReadOnlySpan<char> this[int at] => _chars.AsSpan(_words[at].Start, _words[at].Length);

    /// <param name="text">As its author wrote it.</param>
    /// <param name="rude">Words to leave out.</param>
    /// <param name="asWritten">Whether to remember how the words are written.</param>
    public static WordsOfText Of(string text, RudeWords rude, bool asWritten = false)
    {
        using var normalized = NormalizedText.Of(text.AsSpan(0, Math.Min(text.Length, Longest)));
        var words = new WordsOfText(normalized.Chars.Length, asWritten);
        Span<char> scratch = stackalloc char[Tokenizer.LongestWord];
        Span<char> revealed = stackalloc char[Tokenizer.LongestWord];
        var tokens = new Tokenizer(normalized.Chars, scratch, rude);
        var names = 0;
        while (tokens.Next(out var token))
        {
            if (token.Kind == TokenKind.Mention)
            {
                names = MostNames;
                continue;
            }
            var isName = names-- > 0 && char.IsUpper(normalized.Chars[token.Start]);
            if (token.Kind == TokenKind.Word && !isName && !token.Obscured && rude.Reveal(token.Form, revealed) == 0)
                words.Add(token.Form, normalized.Chars[token.Start..token.End]);
        }
        return words;
    }

    /// <summary>How a word is written, in small letters. Only if that was asked for.</summary>
    public string Written(int at) => _written![at];

    private void Add(ReadOnlySpan<char> form, ReadOnlySpan<char> written)
    {
        var start = _words.Count == 0 ? 0 : _words[^1].Start + _words[^1].Length;
        for (var i = 0; i < form.Length; i++)
            _chars[start + i] = Accents.Strip(form[i]);
        _words.Add((start, form.Length));
        _written?.Add(written.ToString().ToLowerInvariant());
    }
}
