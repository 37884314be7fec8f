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

    /// <summary>Any other punctuation that ends a clause. It is no feature.</summary>
    Pause,
}

/// <param name="Kind">What it is.</param>
/// <param name="Start">Place in the folded text.</param>
/// <param name="Length">Length in code units, after a drawn-out word was shortened.</param>
/// <param name="Elongated">Whether it was.</param>
public readonly record struct Token(TokenKind Kind, int Start, int Length, bool Elongated = false);

/// <summary>
/// Cuts folded text into words, emoji, marks and placeholders, left to right. Drawn-out words are shortened in place, so a
/// text is read once. Any change here is a new <see cref="ModelFile.FormatVersion"/>: weights belong to these tokens.
/// </summary>
public ref struct Tokenizer(Span<char> text)
{
    private static readonly string[] Emoticons =
        [":-)", ":)", ":d", ":-d", "=)", ";)", ";-)", ":-(", ":(", ":'(", "=(", ":/", ":-/", "</3", "<3", ":*", ":-*", "^^"];

    private readonly Span<char> _text = text;
    private int _at;

    public bool Next(out Token token)
    {
        while (_at < _text.Length)
        {
            var start = _at;
            var c = _text[start];
            if (char.IsWhiteSpace(c))
            {
                _at++;
                continue;
            }

            if (char.IsLetterOrDigit(c)) token = ReadLinkOrWord();
            else if (Mention.LengthAt(_text, start) is > 0 and var mention) token = Take(TokenKind.Mention, mention);
            else if (EmojiSequence.TryRead(_text[start..], out var whole, out var shown))
            {
                _at += whole;
                token = new Token(TokenKind.Emoji, start, shown);
            }
            else if (EmoticonLength(_text[start..]) is > 0 and var emoticon) token = Take(TokenKind.Emoji, emoticon);
            else if (c is '!' or '?' or '.') token = ReadMark();
            else if (c is ',' or ';' or ':' or '"' or '(' or ')' or '-') token = Take(TokenKind.Pause, 1);
            else
            {
                _at++;
                continue;
            }

            return true;
        }

        token = default;
        return false;
    }

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, _at, length);
        _at += length;
        return token;
    }

    private Token ReadLinkOrWord()
    {
        if (EmojiSequence.TryRead(_text[_at..], out var keycap, out _)) return Take(TokenKind.Emoji, keycap);
        if (Links.TryRead(_text, _at, out var link, out _)) return Take(TokenKind.Link, link);
        if (char.IsDigit(_text[_at])) return ReadNumber();

        var start = _at;
        var end = WordEnd(start);
        _at = end;
        var length = Elongation.Collapse(_text[start..end]);
        return new Token(TokenKind.Word, start, length, length < end - start);
    }

    private Token ReadNumber()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsDigit(_text[end])
            || (_text[end] is '.' or ',' or ':' or '/' && end + 1 < _text.Length && char.IsDigit(_text[end + 1])))) end++;
        return Take(TokenKind.Number, end - _at);
    }

    /// <summary>English contractions stay whole ("don't", "we're"); Italian elisions part ("l'ordine", "c'è").</summary>
    private readonly int WordEnd(int start)
    {
        var end = LettersEnd(start);
        if (end + 1 >= _text.Length || _text[end] != '\'') return end;
        var tailEnd = LettersEnd(end + 1);
        return _text[(end + 1)..tailEnd] is "t" or "s" or "d" or "m" or "re" or "ve" or "ll" ? tailEnd : end;
    }

    private readonly int LettersEnd(int at)
    {
        while (at < _text.Length && (char.IsLetterOrDigit(_text[at]) || IsMarkOnLetter(_text[at]))) at++;
        return at;
    }

    private static bool IsMarkOnLetter(char c) =>
        c > '\u02ff' && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark && c is not '\ufe0f' and not '\u20e3';

    private Token ReadMark()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '!' or '?' or '.') _at++;
        var run = _text[start.._at];
        if (run is ".") return new Token(TokenKind.Pause, start, 1);
        var length = run.Length;
        if (run.ContainsAny('!', '?'))
        {
            var (asks, shouts) = (run.Contains('?'), run.Contains('!'));
            length = Math.Min(2, run.Length);
            run[0] = asks ? '?' : '!';
            if (length == 2) run[1] = shouts ? '!' : '?';
        }
        else
        {
            length = Math.Min(3, length);
        }

        return new Token(TokenKind.Mark, start, length);
    }

    private static int EmoticonLength(ReadOnlySpan<char> text)
    {
        foreach (var emoticon in Emoticons)
        {
            if (!text.StartsWith(emoticon)) continue;
            var endsInLetter = char.IsLetter(emoticon[^1]);
            if (endsInLetter && text.Length > emoticon.Length && char.IsLetterOrDigit(text[emoticon.Length])) continue;
            return emoticon.Length;
        }

        return 0;
    }
}
