using System.Globalization;

namespace Moderato.Scoring;

public enum TokenKind
{
    Word,
    Number,
    Link,
    Mention,

    /// <summary>An emoji's first character, or an emoticon such as <c>:)</c>.</summary>
    Emoji,

    /// <summary>Exclamation and question marks and dots, which carry mood: <c>!</c>, <c>!!</c>, <c>?</c>, <c>??</c>, <c>?!</c>, <c>...</c></summary>
    Mark,

    /// <summary>A sign that is written for a word: <c>€ $ £ % # &amp; +</c></summary>
    Sign,

    /// <summary>Any other punctuation that ends a clause. It is no feature.</summary>
    Pause,
}

/// <param name="kind">What it is.</param>
/// <param name="start">Its place in the normalised text.</param>
/// <param name="end">Where what follows it begins.</param>
/// <param name="form">How it is read: for a link its host as written, for a word lower case, without drawn-out letters and final accents, letters for the digits that hid it. Valid until the next token.</param>
/// <param name="elongated">Whether letters were drawn out.</param>
/// <param name="obscured">Whether a rude word was hidden behind signs, digits or spaces.</param>
public readonly ref struct Token(TokenKind kind, int start, int end, ReadOnlySpan<char> form, bool elongated = false, bool obscured = false)
{
    public TokenKind Kind { get; } = kind;

    public int Start { get; } = start;

    public int End { get; } = end;

    public ReadOnlySpan<char> Form { get; } = form;

    public bool Elongated { get; } = elongated;

    public bool Obscured { get; } = obscured;

    public Token AsObscured() => new(Kind, Start, End, Form, Elongated, obscured: true);
}

/// <summary>
/// Cuts normalised text into words, emoji, marks and placeholders, left to right, in one pass. Any change here is a new
/// <see cref="ModelFile.FormatVersion"/>: weights belong to these tokens.
/// </summary>
/// <param name="text">From <see cref="NormalizedText"/>.</param>
/// <param name="scratch">Room for one word, <see cref="LongestWord"/> characters.</param>
/// <param name="rude">Words that are looked for behind disguises.</param>
public ref struct Tokenizer(ReadOnlySpan<char> text, Span<char> scratch, RudeWords rude)
{
    /// <summary>Of longer words only the beginning counts: nobody writes them, and text without spaces must stay cheap.</summary>
    public const int LongestWord = 40;

    /// <summary>Fewest single letters in a row, parted by one and the same sign, that are read as one word.</summary>
    private const int FewestSpacedLetters = 4;

    /// <summary>Latin Extended-B ends here.</summary>
    private const char LastLatin = '\u024f';

    private static readonly string[] Emoticons =
        [":-)", ":)", ":d", ":-d", "=)", ";)", ";-)", ":-(", ":(", ":'(", "=(", ":/", ":-/", "</3", "<3", ":*", ":-*", "^^"];

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _scratch = scratch;
    private readonly RudeWords _rude = rude;
    private int _at;

    /// <summary>Letters read so far that belong to words, and how many of them are capitals.</summary>
    public int Letters { get; private set; }

    /// <inheritdoc cref="Letters"/>
    public int Capitals { get; private set; }

    /// <summary>Letters of scripts other than Latin.</summary>
    public int ForeignLetters { get; private set; }

    public bool Next(out Token token)
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (char.IsLetterOrDigit(c))
            {
                token = ReadWordNumberOrLink();
                return true;
            }

            if (c == ' ' || !TryReadSign(c, out token))
            {
                _at++;
                continue;
            }

            return true;
        }

        token = default;
        return false;
    }

    /// <summary>Letters, digits and marks on letters.</summary>
    private static bool IsWordPart(char c) =>
        char.IsAsciiLetterOrDigit(c)
        || (c > '\u007f' && (char.IsLetterOrDigit(c)
            || (c > '\u02ff' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                && c is not '\ufe0f' and not '\u20e3')));

    private bool TryReadSign(char c, out Token token)
    {
        if (c is '!' or '?' or '.' or '\u203c' or '\u2049')
        {
            token = ReadMark();
            return true;
        }

        if (c == '@' && Mention.LengthAt(_text, _at) is > 0 and var mention)
        {
            token = Take(TokenKind.Mention, mention, "<mention>");
            return true;
        }

        if (c is ':' or ';' or '=' or '<' or '^' && EmoticonLength(_text[_at..]) is > 0 and var emoticon)
        {
            var form = _scratch[..emoticon];
            _text.Slice(_at, emoticon).ToLowerInvariant(form);
            token = Take(TokenKind.Emoji, emoticon, form);
            return true;
        }

        if ((c >= '\u00a9' || c is '#' or '*') && EmojiSequence.TryRead(_text[_at..], out var whole, out var shown))
        {
            token = Take(TokenKind.Emoji, whole, _text.Slice(_at, shown));
            return true;
        }

        if (c is '€' or '$' or '£' or '%' or '#' or '&' or '+')
        {
            token = Take(TokenKind.Sign, 1, _text.Slice(_at, 1));
            return true;
        }

        if (c is ',' or ';' or ':' or '"' or '(' or ')' or '-' or '\n' or '/')
        {
            token = Take(TokenKind.Pause, 1, []);
            return true;
        }

        token = default;
        return false;
    }

    private Token Take(TokenKind kind, int length, ReadOnlySpan<char> form)
    {
        var start = _at;
        _at += length;
        return new Token(kind, start, _at, form);
    }

    private Token ReadWordNumberOrLink()
    {
        var start = _at;
        var end = start + 1;
        while (end < _text.Length && IsWordPart(_text[end])) end++;
        var next = end < _text.Length ? _text[end] : ' ';

        if (next is '.' or '-' or ':' && Links.TryRead(_text, start, out var link, out var host)) return Take(TokenKind.Link, link, _text[host]);
        if (TryReadObscured(start, end, next, out var obscured)) return obscured;
        if (char.IsDigit(_text[start]))
        {
            if (EmojiSequence.TryRead(_text[start..], out var keycap, out var shown)) return Take(TokenKind.Emoji, keycap, _text.Slice(start, shown));
            return ReadNumber();
        }

        return ReadWord(start, end, next);
    }

    private Token ReadNumber()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsDigit(_text[end])
            || (_text[end] is '.' or ',' or ':' or '/' && end + 1 < _text.Length && char.IsDigit(_text[end + 1])))) end++;
        return Take(TokenKind.Number, end - _at, "<number>");
    }

    private Token ReadWord(int start, int end, char next)
    {
        // English contractions stay whole ("don't", "we're"); Italian elisions part ("l'ordine", "c'è").
        var accented = false;
        if (next == '\'')
        {
            var tail = end + 1;
            while (tail < _text.Length && char.IsAsciiLetter(_text[tail])) tail++;
            if (IsContraction(_text[(end + 1)..tail])) end = tail;
            else accented = tail == end + 1 && (tail == _text.Length || !char.IsLetter(_text[tail])) && IsVowel(_text[end - 1]);
        }

        var length = Math.Min(end - start, LongestWord);
        var elongated = false;
        for (var i = 0; i < length; i++)
        {
            var c = _text[start + i];
            var lower = c;
            if (char.IsAsciiLetterUpper(c)) lower = (char)(c | 0x20);
            else if (c > '\u007f')
            {
                lower = char.ToLowerInvariant(c);
                if (c > LastLatin) ForeignLetters++;
            }

            if (lower != c) Capitals++;
            _scratch[i] = lower;
            elongated |= i > 1 && lower == _scratch[i - 1] && lower == _scratch[i - 2];
        }

        Letters += length;
        if (elongated)
        {
            var collapsed = Elongation.Collapse(_scratch[..length]);
            (elongated, length) = (collapsed < length, collapsed);
        }

        Accents.FoldLast(_scratch[..length], accented);
        _at = accented ? end + 1 : end;
        return new Token(TokenKind.Word, start, _at, _scratch[..length], elongated);
    }

    /// <summary>"c4zzo", "str*nzo", "vaff***", "c@zzo", "s t r o n z o": what a person reads at once should not pass unread.</summary>
    private bool TryReadObscured(int start, int wordEnd, char next, out Token token)
    {
        token = default;
        if (wordEnd == start + 1 && next is ' ' or '.' or '-' or '_' or '*' or '/' && TryReadSpaced(start, next, out token)) return true;

        var end = wordEnd;
        if (next is '@' or '$' or '*')
            while (end < _text.Length && (IsWordPart(_text[end]) || _text[end] is '@' or '$' or '*')) end++;
        else if (!MayHide(_text[start..wordEnd]))
            return false;
        if (end - start > LongestWord) return false;
        var length = _rude.Reveal(_text[start..end], _scratch);
        if (length == 0) return false;
        token = Take(TokenKind.Word, end - start, _scratch[..length]).AsObscured();
        return true;
    }

    private bool TryReadSpaced(int start, char separator, out Token token)
    {
        token = default;
        var (end, length) = (start, 0);
        for (var at = start; at < _text.Length && IsWordPart(_text[at]) && length < LongestWord; at += 2)
        {
            var isAlone = at + 1 == _text.Length || !IsWordPart(_text[at + 1]);
            if (!isAlone) break;
            _scratch[length++] = char.ToLowerInvariant(_text[at]);
            end = at + 1;
            if (end == _text.Length || _text[end] != separator) break;
        }

        if (length < FewestSpacedLetters) return false;
        var revealed = _rude.Reveal(_scratch[..length], _scratch);
        token = Take(TokenKind.Word, end - start, _scratch[..(revealed > 0 ? revealed : length)]);
        if (revealed > 0) token = token.AsObscured();
        return true;
    }

    /// <summary>Digits among letters, or letters that nobody has on the keyboard.</summary>
    private static bool MayHide(ReadOnlySpan<char> word)
    {
        var (signs, letters) = (false, false);
        foreach (var c in word)
        {
            if (char.IsAsciiLetter(c)) letters = true;
            else signs = true;
        }

        return signs && letters;
    }

    private static bool IsContraction(ReadOnlySpan<char> tail) => tail.Length switch
    {
        1 => (tail[0] | 0x20) is 't' or 's' or 'd' or 'm',
        2 => tail.Equals("re", StringComparison.OrdinalIgnoreCase) || tail.Equals("ve", StringComparison.OrdinalIgnoreCase)
            || tail.Equals("ll", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsVowel(char c) => (c | 0x20) is 'a' or 'e' or 'i' or 'o' or 'u';

    private Token ReadMark()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '!' or '?' or '.' or '\u203c' or '\u2049') _at++;
        var run = _text[start.._at];
        if (run is ".") return new Token(TokenKind.Pause, start, _at, []);
        var (asks, shouts) = (run.ContainsAny('?', '\u2049'), run.ContainsAny('!', '\u203c'));
        var form = (asks, shouts, run.Length > 1) switch
        {
            (true, true, _) => "?!",
            (true, _, true) => "??",
            (true, _, _) => "?",
            (_, true, true) => "!!",
            (_, true, _) => "!",
            _ => "...",
        };
        return new Token(TokenKind.Mark, start, _at, form);
    }

    private static int EmoticonLength(ReadOnlySpan<char> text)
    {
        foreach (var emoticon in Emoticons)
        {
            if (!text.StartsWith(emoticon, StringComparison.OrdinalIgnoreCase)) continue;
            var endsInLetter = char.IsLetter(emoticon[^1]);
            if (endsInLetter && text.Length > emoticon.Length && char.IsLetterOrDigit(text[emoticon.Length])) continue;
            return emoticon.Length;
        }

        return 0;
    }
}
