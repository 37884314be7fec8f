using System.Text;
using Moderato.Scoring;

namespace Moderato.Policy;

/// <param name="Form">Lower case, without accents except in words of one or two letters (è and e, sì and si). A placeholder is <c>{}</c>, a number <c>#</c>.</param>
/// <param name="Start">Where it begins in the normalised text.</param>
/// <param name="End">Where it ends there.</param>
/// <param name="Sentence">Which sentence it belongs to.</param>
/// <param name="Clause">Which part of the text between any punctuation; numbered through the whole text.</param>
/// <param name="Capitals">How many of its letters are capitals.</param>
/// <param name="StartsCapital">Whether its first letter is one.</param>
internal readonly record struct ToneWord(string Form, int Start, int End, int Sentence, int Clause, int Capitals, bool StartsCapital)
{
    public const string Placeholder = "{}";
    public const string Number = "#";
}

/// <summary>
/// An answer cut into words, sentences and clauses. Simpler than the scorer's tokenizer, which drops what phrases need: where
/// sentences begin, capitals, and placeholders. Links, @names, #tags and what stands between quotation marks are left out, since
/// they are not the brand's own words.
/// </summary>
internal sealed class ToneText
{
    private const int LongestPlaceholder = 40;
    private const int LongestQuotation = 120;
    private const int LongestFound = 80;

    private readonly List<ToneWord> _words = [];
    private readonly HashSet<int> _questions = [];
    private readonly List<string> _shoutingMarks = [];
    private string _chars = "";
    private int _sentence;
    private int _clause;

    public IReadOnlyList<ToneWord> Words => _words;

    /// <summary>Exclamation marks in a row.</summary>
    public IReadOnlyList<string> ShoutingMarks => _shoutingMarks;

    public bool IsQuestion(ToneWord word) => _questions.Contains(word.Sentence);

    public bool SameClause(int first, int second) =>
        first >= 0 && second >= 0 && first < _words.Count && second < _words.Count && _words[first].Clause == _words[second].Clause;

    /// <summary>The words as written, at most as many as anybody needs to find the place.</summary>
    public string Found(int first, int last)
    {
        var found = _chars[_words[first].Start.._words[last].End];
        if (found.Length <= LongestFound) return found;
        var length = char.IsHighSurrogate(found[LongestFound - 1]) ? LongestFound - 1 : LongestFound;
        return found[..length] + "…";
    }

    /// <summary>A phrase of a table, cut as texts are.</summary>
    public static string[] Forms(string phrase) => [.. Read(phrase)._words.Select(w => w.Form)];

    public static ToneText Read(string text)
    {
        using var normalized = NormalizedText.Of(text);
        var read = new ToneText { _chars = normalized.Chars.ToString() };
        for (var at = 0; at < read._chars.Length;) at = read.ReadAt(at);
        return read;
    }

    private int ReadAt(int at)
    {
        var c = _chars[at];
        if (c is ' ' or '\t' or '\r') return at + 1;
        if (char.IsLetter(c) || char.IsDigit(c)) return Links.TryRead(_chars, at, out var link, out _) ? at + link : ReadWord(at);
        if (c is '%' or '€')
        {
            Add(c.ToString(), at, at + 1, 0, false);
            return at + 1;
        }

        return ReadSign(at);
    }

    private int ReadSign(int at)
    {
        var c = _chars[at];
        switch (c)
        {
            case '{' when PlaceholderEnd(at) is > 0 and var end:
                Add(ToneWord.Placeholder, at, end, 0, false);
                return end;
            case '@' when Mention.LengthAt(_chars, at) is > 0 and var mention:
                Add(ToneWord.Placeholder, at, at + mention, 0, false);
                return at + mention;
            case '@' when _words.Count > 0 && _words[^1].End == at:
                return SkipMailAddress(at);
            case '#':
                return SkipWord(at + 1);
            case '"' when QuotationEnd(at) is > 0 and var closed:
                _clause++;
                return closed;
            case '.' or '!' or '?' or '\n':
                return ReadSentenceEnd(at);
            case '\'':
                return at + 1;
        }

        _clause++;
        // Emoji and other pictures are written where a full stop would be.
        if (c > '\u007f') _sentence++;
        return at + 1;
    }

    private int ReadSentenceEnd(int at)
    {
        var end = at;
        var marks = 0;
        while (end < _chars.Length && _chars[end] is '.' or '!' or '?' or '\n')
        {
            if (_chars[end] == '?') _questions.Add(_sentence);
            marks = _chars[end] == '!' ? marks + 1 : 0;
            if (marks == 2) _shoutingMarks.Add("!!");
            end++;
        }

        _sentence++;
        _clause++;
        return end;
    }

    private int ReadWord(int start)
    {
        if (char.IsDigit(_chars[start])) return ReadNumber(start);
        var form = new StringBuilder();
        var end = start;
        var capitals = 0;
        for (; end < _chars.Length && IsWordPart(end); end++)
        {
            var c = _chars[end];
            // "e-mail" and "email" are one word.
            if (c == '-') continue;
            if (char.IsUpper(c)) capitals++;
            form.Append(char.ToLowerInvariant(c));
        }

        var accented = end < _chars.Length && _chars[end] == '\'' && (end + 1 == _chars.Length || !char.IsLetter(_chars[end + 1]));
        Add(Fold(form.ToString(), accented), start, end, capitals, char.IsUpper(_chars[start]));
        return accented ? end + 1 : end;
    }

    /// <summary>"24", "10.30", "24h": all a number. A code of letters and digits is one as well, since nobody reads it as a word.</summary>
    private int ReadNumber(int start)
    {
        var end = start + 1;
        while (end < _chars.Length && (char.IsLetterOrDigit(_chars[end])
            || (_chars[end] is '.' or ',' or ':' or '/' or '-' && end + 1 < _chars.Length && char.IsDigit(_chars[end + 1])))) end++;
        Add(ToneWord.Number, start, end, 0, false);
        return end;
    }

    private void Add(string form, int start, int end, int capitals, bool startsCapital) =>
        _words.Add(new ToneWord(form, start, end, _sentence, _clause, capitals, startsCapital));

    private bool IsWordPart(int at) => char.IsLetterOrDigit(_chars[at]) || _chars[at] == '_'
        || (_chars[at] == '-' && at + 1 < _chars.Length && char.IsLetterOrDigit(_chars[at + 1]) && char.IsLetterOrDigit(_chars[at - 1]));

    private int SkipWord(int at)
    {
        while (at < _chars.Length && (char.IsLetterOrDigit(_chars[at]) || _chars[at] == '_')) at++;
        return at;
    }

    private int SkipMailAddress(int at)
    {
        _words.RemoveAt(_words.Count - 1);
        while (at < _chars.Length && !char.IsWhiteSpace(_chars[at])) at++;
        return at;
    }

    private int PlaceholderEnd(int start)
    {
        var length = _chars.AsSpan(start, Math.Min(LongestPlaceholder, _chars.Length - start)).IndexOf('}');
        return length < 2 ? 0 : start + length + 1;
    }

    private int QuotationEnd(int start)
    {
        var length = _chars.AsSpan(start + 1, Math.Min(LongestQuotation, _chars.Length - start - 1)).IndexOf('"');
        return length < 0 ? 0 : start + length + 2;
    }

    private static string Fold(string word, bool accented)
    {
        Span<char> folded = word.Length <= 64 ? stackalloc char[word.Length] : new char[word.Length];
        word.CopyTo(folded);
        Accents.FoldLast(folded, accented);
        if (folded.Length > 2)
            for (var i = 0; i < folded.Length; i++) folded[i] = Accents.Strip(folded[i]);
        return folded.ToString();
    }
}
