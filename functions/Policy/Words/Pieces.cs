using System.Runtime.InteropServices;
using Moderato.Scoring;

namespace Moderato.Policy;

internal enum PieceKind
{
    Word,
    Emoji,

    /// <summary>A sign that is written for a word, so that "18+", "50%" and "H&amp;M" can be listed.</summary>
    Sign,
}

/// <param name="Kind">What it is.</param>
/// <param name="Start">Its place in the normalised text.</param>
/// <param name="End">Where what follows it begins.</param>
/// <param name="AfterPause">Whether punctuation parts it from the piece before.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Piece(PieceKind Kind, int Start, int End, bool AfterPause);

/// <summary>
/// Cuts normalised text into what can be listed. Other than the <see cref="Tokenizer"/> it keeps digits, mentions and hyphened
/// words as they are written, because a list names them; what it knows of moods has no meaning here.
/// </summary>
internal ref struct Pieces(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private bool _paused;

    /// <summary>Where to read on. May be moved behind what was read otherwise.</summary>
    public int At { get; set; }

    public bool Next(out Piece piece)
    {
        for (; At < _text.Length; At++)
        {
            var c = _text[At];
            if (char.IsLetterOrDigit(c))
            {
                var isKeycap = char.IsAsciiDigit(c) && EmojiSequence.TryRead(_text[At..], out _, out _);
                piece = Take(isKeycap ? PieceKind.Emoji : PieceKind.Word, isKeycap ? 3 : WordLength());
                return true;
            }

            if (c is ' ' or '\'') continue;
            if ((c >= '\u00a9' || c is '#' or '*') && EmojiSequence.TryRead(_text[At..], out var length, out _))
            {
                piece = Take(PieceKind.Emoji, length);
                return true;
            }

            if (c is '€' or '$' or '£' or '%' or '&' or '+')
            {
                piece = Take(PieceKind.Sign, 1);
                return true;
            }

            _paused |= IsPause(c);
        }

        piece = default;
        return false;
    }

    private Piece Take(PieceKind kind, int length)
    {
        var piece = new Piece(kind, At, At + length, _paused);
        At += length;
        _paused = false;
        return piece;
    }

    private readonly int WordLength()
    {
        var end = At + 1;
        while (end < _text.Length && Folding.IsWordPart(_text[end])) end++;
        return end - At;
    }

    /// <summary>Quotes, stars and the signs of hashtags and mentions only dress words up; a hyphen or a dot without spaces joins them.</summary>
    private readonly bool IsPause(char c)
    {
        if (c is '.' or '-' or '/') return !Joins(char.IsLetterOrDigit);
        if (c is ',' or ':') return !Joins(char.IsDigit);
        return c is '\n' or '\r' || (char.IsPunctuation(c) && c is not '"' and not '*' and not '_' and not '#' and not '@' and not '\\');
    }

    private readonly bool Joins(Func<char, bool> isPart) => At > 0 && At + 1 < _text.Length && isPart(_text[At - 1]) && isPart(_text[At + 1]);
}
