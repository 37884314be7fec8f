using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>One pass over one text. Every character is looked at a fixed number of times, whatever stands there.</summary>
/// <param name="text">Normalised: capitals tell a link from a new sentence.</param>
/// <param name="folded">The same, folded.</param>
/// <param name="vocabulary">What is looked for.</param>
/// <param name="recent">Receives what is found.</param>
internal ref struct Reading(ReadOnlySpan<char> text, ReadOnlySpan<char> folded, Vocabulary vocabulary, RecentTerms recent)
{
    /// <summary>Fewest single letters in a row, parted by one and the same sign, that are read as one word.</summary>
    private const int FewestSpacedLetters = 4;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly ReadOnlySpan<char> _folded = folded;
    private Pieces _pieces = new(text);
    private RecentTerms _recent = recent;

    /// <summary>The link being read: its host is words, what follows the host is not.</summary>
    private int _hostEnd;
    private int _linkEnd;

    /// <summary>Up to here disguises were tried in vain.</summary>
    private int _signsTried;
    private int _lettersTried;

    public void Run()
    {
        while (_pieces.Next(out var piece))
        {
            if (IsLink(piece)) continue;
            _recent.Begin(piece.AfterPause);
            _pieces.At = piece.Kind switch
            {
                PieceKind.Emoji => ReadEmoji(piece),
                PieceKind.Sign => ReadSign(piece),
                _ => ReadWord(piece),
            };
            _recent.End();
        }
    }

    /// <summary>Moves to the host of a link, and from its end to the end of the link: ids in addresses spell anything.</summary>
    private bool IsLink(Piece piece)
    {
        if (piece.Start < _linkEnd)
        {
            if (piece.Start < _hostEnd) return false;
            _pieces.At = _linkEnd;
            return true;
        }

        if (piece.Kind != PieceKind.Word || NextTo(piece.End) is not ('.' or '-' or ':')) return false;
        if (!Links.TryRead(_text, piece.Start, out var length, out var host)) return false;
        _hostEnd = host.End.GetOffset(_text.Length);
        _linkEnd = piece.Start + length;
        _pieces.At = host.Start.GetOffset(_text.Length);
        return true;
    }

    private int ReadEmoji(Piece piece)
    {
        Span<char> form = stackalloc char[Disguise.Longest];
        vocabulary.Find(form[..Folding.OfEmoji(_text[piece.Start..piece.End], form)], ref _recent);
        return piece.End;
    }

    private int ReadSign(Piece piece)
    {
        if (_text[piece.Start] == '$' && char.IsLetter(NextTo(piece.End)) && TryReadSigns(piece, out var end)) return end;
        vocabulary.Find(_folded[piece.Start..piece.End], ref _recent);
        return piece.End;
    }

    private int ReadWord(Piece piece)
    {
        if (piece.End == piece.Start + 1 && TryReadSpaced(piece, out var end)) return end;
        if (IsDisguising(piece.End) && TryReadSigns(piece, out end)) return end;
        Disguise.Find(_folded[piece.Start..piece.End], vocabulary, ref _recent);
        return piece.End;
    }

    /// <summary>"c@ne", "b*lena", "gr***one", "$cam", "cret!no"</summary>
    private bool TryReadSigns(Piece piece, out int end)
    {
        end = piece.End;
        if (piece.Start < _signsTried) return false;
        while (end < _text.Length && end - piece.Start <= Disguise.Longest && (Folding.IsWordPart(_text[end]) || IsDisguising(end))) end++;
        _signsTried = end;
        if (end - piece.Start > Disguise.Longest) return false;

        while (_text[end - 1] == '@') end--;
        // "**this**" is bold.
        if (piece.Start > 0 && _text[piece.Start - 1] == '*')
            while (_text[end - 1] == '*') end--;
        if (end <= piece.End) return false;
        var written = _folded[piece.Start..end];
        return written.Contains('*') ? Disguise.FindStarred(written, vocabulary, ref _recent) : Disguise.Find(written, vocabulary, ref _recent);
    }

    /// <summary>"s c a m", "s.c.a.m"</summary>
    private bool TryReadSpaced(Piece piece, out int end)
    {
        end = piece.End;
        var separator = NextTo(piece.End);
        if (piece.Start < _lettersTried || separator is not (' ' or '.' or '-' or '_' or '*' or '/')) return false;

        Span<char> letters = stackalloc char[Disguise.Longest];
        var count = 0;
        for (var at = piece.Start; at < _text.Length && Folding.IsWordPart(_text[at]) && count < letters.Length; at += 2)
        {
            if (Folding.IsWordPart(NextTo(at + 1))) break;
            letters[count++] = _folded[at];
            if (NextTo(at + 1) != separator) break;
        }

        _lettersTried = piece.Start + (2 * count) - 1;
        // Words of one letter may stand on either side: "è s c a m e".
        for (var first = 0; first < 2; first++)
        {
            for (var last = count; last >= count - 1 && last - first >= FewestSpacedLetters; last--)
            {
                if (!Disguise.Find(letters[first..last], vocabulary, ref _recent)) continue;
                end = piece.Start + (2 * last) - 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a sign stands for a letter there; exclamation marks and prices do only between letters.</summary>
    private readonly bool IsDisguising(int at) => NextTo(at) switch
    {
        '@' or '$' or '*' => true,
        '!' or '€' => char.IsLetter(NextTo(at + 1)) && char.IsLetterOrDigit(_text[at - 1]),
        _ => false,
    };

    private readonly char NextTo(int end) => end < _text.Length ? _text[end] : '\0';
}
