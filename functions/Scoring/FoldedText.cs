using System.Buffers;
using System.Text;

namespace Moderato.Scoring;

/// <summary>
/// A comment as the model reads it: broken UTF-16 repaired, invisible characters gone, Unicode NFKC, invariant lower case,
/// straight quotes. Lives in a pooled buffer; dispose it where it was made.
/// </summary>
public readonly ref struct FoldedText
{
    private const char Replacement = '\ufffd';
    private const char ZeroWidthJoiner = '\u200d';

    private readonly char[] _buffer;
    private readonly int _length;

    private FoldedText(char[] buffer, int length) => (_buffer, _length) = (buffer, length);

    /// <summary>The folded characters. The tokenizer shortens words in place, so whoever needs them whole reads first.</summary>
    public Span<char> Chars => _buffer.AsSpan(0, _length);

    public static FoldedText Of(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(Math.Max(1, text.Length));
        var length = Repair(text, buffer);
        if (!Ascii.IsValid(buffer.AsSpan(0, length)) && !buffer.AsSpan(0, length).IsNormalized(NormalizationForm.FormKC))
            (buffer, length) = Compose(buffer, length);
        var folded = new FoldedText(buffer, length);
        Simplify(folded.Chars);
        return folded;
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(_buffer);

    /// <summary>Normalisation refuses lone surrogates and U+FFFE, and spammers hide letters behind invisible ones.</summary>
    private static int Repair(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\u200b' or '\u200c' or '\u2060' or '\ufeff' or '\u00ad') continue;
            if (c == ZeroWidthJoiner && (i + 1 == text.Length || char.IsLetterOrDigit(text[i + 1]))) continue;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                target[length++] = c;
                target[length++] = text[++i];
                continue;
            }

            target[length++] = char.IsSurrogate(c) || c == '\ufffe' ? Replacement : c;
        }

        return length;
    }

    private static (char[] Buffer, int Length) Compose(char[] source, int length)
    {
        var text = source.AsSpan(0, length);
        var composed = ArrayPool<char>.Shared.Rent(text.GetNormalizedLength(NormalizationForm.FormKC));
        int written;
        while (!text.TryNormalize(composed, out written, NormalizationForm.FormKC))
        {
            var larger = ArrayPool<char>.Shared.Rent(composed.Length * 2);
            ArrayPool<char>.Shared.Return(composed);
            composed = larger;
        }

        ArrayPool<char>.Shared.Return(source);
        return (composed, written);
    }

    private static void Simplify(Span<char> text)
    {
        foreach (ref var c in text)
        {
            c = char.ToLowerInvariant(c) switch
            {
                '\u2018' or '\u2019' or '\u201b' or '\u00b4' or '`' => '\'',
                '\u201c' or '\u201d' or '\u201e' or '\u00ab' or '\u00bb' => '"',
                '\u2013' or '\u2014' => '-',
                var lower => lower,
            };
        }
    }
}
