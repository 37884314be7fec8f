using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Moderato.Scoring;

/// <summary>
/// A comment as the tokenizer reads it, the same in training and in scoring: broken UTF-16 repaired, invisible and direction
/// characters gone, HTML entities resolved and tags dropped, Unicode NFKC character by character, straight quotes. Capitals
/// stay: they are signals. Most texts need none of it and are read where they are. Lives in a pooled buffer; dispose it where
/// it was made.
/// </summary>
public readonly ref struct NormalizedText
{
    private const char Replacement = '\ufffd';
    private const char ZeroWidthJoiner = '\u200d';
    private const int LongestTag = 300;
    private const int LongestEntity = 10;

    private readonly char[]? _buffer;
    private readonly int[]? _origins;

    private NormalizedText(ReadOnlySpan<char> chars, char[]? buffer, int[]? origins)
    {
        Chars = chars;
        (_buffer, _origins) = (buffer, origins);
    }

    public ReadOnlySpan<char> Chars { get; }

    public static NormalizedText Of(ReadOnlySpan<char> text) => IsPlain(text) ? new NormalizedText(text, null, null) : Rewritten(text, tracked: false);

    /// <summary>Remembers where every character came from, for <see cref="OriginOf"/>.</summary>
    public static NormalizedText Tracked(ReadOnlySpan<char> text) => Rewritten(text, tracked: true);

    /// <summary>The place in the text as written of a place in <see cref="Chars"/>; its end maps to the text's end. Only of a tracked one.</summary>
    public int OriginOf(int at) => (_origins ?? throw new InvalidOperationException("Only a tracked text knows its origins."))[at];

    public void Dispose()
    {
        if (_buffer is not null) ArrayPool<char>.Shared.Return(_buffer);
        if (_origins is not null) ArrayPool<int>.Shared.Return(_origins);
    }

    /// <summary>Latin letters with accents and ASCII without markup: nothing to rewrite.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('\0', '\u017f') && !text.ContainsAny(NeedsRewriting);

    private static readonly SearchValues<char> NeedsRewriting = SearchValues.Create(
        "&<`" + string.Concat(Enumerable.Range(0, 0x180).Select(c => (char)c).Where(c => c > 0x7f && (IsInvisible(c) || Straight(c) != c || !c.ToString().IsNormalized(NormalizationForm.FormKC)))));

    private static NormalizedText Rewritten(ReadOnlySpan<char> text, bool tracked)
    {
        var writer = new Writer(text.Length, tracked);
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            var length = c switch
            {
                '&' => WriteEntity(text, at, ref writer),
                '<' => WriteTag(text, at, ref writer),
                < '\u00a0' => WriteOne(Straight(c), at, ref writer),
                < '\u0180' when !NeedsRewriting.Contains(c) => WriteOne(c, at, ref writer),
                _ => WriteBeyondAscii(text, at, ref writer),
            };
            at += length;
        }

        return writer.Finish(text.Length);
    }

    private static int WriteOne(char c, int at, ref Writer writer)
    {
        writer.Add(c, at);
        return 1;
    }

    private static int WriteEntity(ReadOnlySpan<char> text, int at, ref Writer writer)
    {
        var end = text[at..Math.Min(text.Length, at + LongestEntity)].IndexOf(';');
        if (end < 2) return WriteOne('&', at, ref writer);
        var entity = text.Slice(at, end + 1).ToString();
        var decoded = WebUtility.HtmlDecode(entity);
        if (decoded == entity) return WriteOne('&', at, ref writer);
        // What an entity hides may itself need folding, but is never read as markup again.
        for (var i = 0; i < decoded.Length;)
            i += decoded[i] < '\u00a0' ? WriteOne(Straight(decoded[i]), at, ref writer) : WriteBeyondAscii(decoded, i, ref writer, at);
        return entity.Length;
    }

    /// <summary>A tag parts words, as a line break does; a heart or an arrow made of &lt; stays.</summary>
    private static int WriteTag(ReadOnlySpan<char> text, int at, ref Writer writer)
    {
        var rest = text[at..Math.Min(text.Length, at + LongestTag)];
        var name = rest.Length > 1 && rest[1] == '/' ? 2 : 1;
        var end = rest.IndexOf('>');
        if (end < 0 || name >= rest.Length || !char.IsAsciiLetter(rest[name]) || rest[1..end].Contains('<')) return WriteOne('<', at, ref writer);
        writer.Add(' ', at);
        return end + 1;
    }

    private static int WriteBeyondAscii(ReadOnlySpan<char> text, int at, ref Writer writer, int? origin = null)
    {
        var c = text[at];
        var place = origin ?? at;
        if (IsInvisible(c)) return 1;
        if (c == ZeroWidthJoiner && (at + 1 == text.Length || char.IsLetterOrDigit(text[at + 1]))) return 1;
        if (Straight(c) is var straight && straight != c) return WriteOne(straight, place, ref writer);

        var length = char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        if ((length == 1 && char.IsSurrogate(c)) || c == '\ufffe') return WriteOne(Replacement, place, ref writer);
        if (length == 2 && Rune.GetUnicodeCategory(new Rune(c, text[at + 1])) is UnicodeCategory.Format && !IsEmojiTag(text, at)) return 2;
        if (length == 1 && IsLoneMark(c)) return WriteMark(c, place, ref writer);

        var one = text.Slice(at, length);
        // Nearly all emoji lie in these two blocks, where every character is its own NFKC; asking ICU takes longer.
        if (c is '\ud83d' or '\ud83e' || one.IsNormalized(NormalizationForm.FormKC))
        {
            foreach (var unit in one) writer.Add(unit, place);
            return length;
        }

        Span<char> folded = stackalloc char[32];
        if (!one.TryNormalize(folded, out var written, NormalizationForm.FormKC)) return WriteOne(' ', place, ref writer);
        foreach (var unit in folded[..written]) writer.Add(Straight(unit), place);
        return length;
    }

    /// <summary>An accent typed apart joins its letter; one that fits no letter ("s̶t̶r̶u̶c̶k") only hides it.</summary>
    private static int WriteMark(char mark, int at, ref Writer writer)
    {
        ReadOnlySpan<char> pair = [writer.Last, mark];
        Span<char> composed = stackalloc char[8];
        if (char.IsLetter(writer.Last) && pair.TryNormalize(composed, out var written, NormalizationForm.FormC) && written == 1) writer.Last = composed[0];
        else if (!char.IsLetter(writer.Last)) writer.Add(mark, at);
        return 1;
    }

    private static bool IsLoneMark(char c) =>
        c is >= '\u0300' and <= '\u036f' or >= '\u1ab0' and <= '\u1aff' or >= '\u1dc0' and <= '\u1dff' or >= '\u20d0' and <= '\u20dc';

    private static bool IsEmojiTag(ReadOnlySpan<char> text, int at) => text[at] == '\udb40' && text[at + 1] is >= '\udc20' and <= '\udc7f';

    /// <summary>Soft hyphen, zero-width spaces, direction marks, isolates and embeddings, word joiner, byte order mark, Hangul fillers.</summary>
    private static bool IsInvisible(char c) =>
        c is '\u00ad' or '\u034f' or '\u061c' or '\u115f' or '\u1160' or '\u180e' or '\u200b' or '\u200c' or '\u200e' or '\u200f'
            or >= '\u202a' and <= '\u202e' or >= '\u2060' and <= '\u206f' or '\u3164' or '\ufeff' or '\uffa0';

    private static char Straight(char c) => c switch
    {
        '\u2018' or '\u2019' or '\u201b' or '\u02bc' or '\u00b4' or '`' => '\'',
        '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb' => '"',
        '\u2013' or '\u2014' => '-',
        '\u00a0' => ' ',
        _ => c,
    };

    private ref struct Writer(int length, bool tracked)
    {
        private char[] _chars = ArrayPool<char>.Shared.Rent(length + 1);
        private int[]? _origins = tracked ? ArrayPool<int>.Shared.Rent(length + 2) : null;
        private int _length;

        /// <summary>The character written last; a space before the first.</summary>
        public char Last
        {
            readonly get => _length == 0 ? ' ' : _chars[_length - 1];
            set => _chars[_length - 1] = value;
        }

        public void Add(char c, int origin)
        {
            if (_length == _chars.Length) Grow(ref _chars, _length);
            if (_origins is not null && _length + 1 >= _origins.Length) Grow(ref _origins, _length);
            if (_origins is not null) _origins[_length] = origin;
            _chars[_length++] = c;
        }

        public readonly NormalizedText Finish(int end)
        {
            if (_origins is not null) _origins[_length] = end;
            return new NormalizedText(_chars.AsSpan(0, _length), _chars, _origins);
        }

        private static void Grow<T>(ref T[] pooled, int used)
        {
            var larger = ArrayPool<T>.Shared.Rent(pooled.Length * 2);
            pooled.AsSpan(0, used).CopyTo(larger);
            ArrayPool<T>.Shared.Return(pooled);
            pooled = larger;
        }
    }
}
