using System.Text;

namespace Moderato.Scoring;

/// <summary>
/// Finds emoji as people see them: a family joined with zero-width joiners, a flag made of two letters and a thumb with a
/// skin tone are one each. Ranges after Unicode's emoji-data (property Emoji), without digits, letters and signs that are
/// emoji only when a variation selector says so.
/// </summary>
public static class EmojiSequence
{
    private const char ZeroWidthJoiner = '\u200d';
    private const char EmojiPresentation = '\ufe0f';
    private const char Keycap = '\u20e3';

    /// <summary>First and last code point of each range, ascending.</summary>
    private static readonly int[] Ranges =
    [
        0x231A, 0x231B, 0x2328, 0x2328, 0x23CF, 0x23CF, 0x23E9, 0x23F3, 0x23F8, 0x23FA,
        0x2600, 0x2604, 0x260E, 0x260E, 0x2611, 0x2611, 0x2614, 0x2615, 0x2618, 0x2618, 0x261D, 0x261D,
        0x2620, 0x2620, 0x2622, 0x2623, 0x2626, 0x2626, 0x262A, 0x262A, 0x262E, 0x262F, 0x2638, 0x263A,
        0x2640, 0x2640, 0x2642, 0x2642, 0x2648, 0x2653, 0x265F, 0x2660, 0x2663, 0x2663, 0x2665, 0x2666,
        0x2668, 0x2668, 0x267B, 0x267B, 0x267E, 0x267F, 0x2692, 0x2697, 0x2699, 0x2699, 0x269B, 0x269C,
        0x26A0, 0x26A1, 0x26A7, 0x26A7, 0x26AA, 0x26AB, 0x26B0, 0x26B1, 0x26BD, 0x26BE, 0x26C4, 0x26C5,
        0x26C8, 0x26C8, 0x26CE, 0x26CF, 0x26D1, 0x26D1, 0x26D3, 0x26D4, 0x26E9, 0x26EA, 0x26F0, 0x26F5,
        0x26F7, 0x26FA, 0x26FD, 0x26FD, 0x2702, 0x2702, 0x2705, 0x2705, 0x2708, 0x270D, 0x270F, 0x270F,
        0x2712, 0x2712, 0x2714, 0x2714, 0x2716, 0x2716, 0x271D, 0x271D, 0x2721, 0x2721, 0x2728, 0x2728,
        0x2733, 0x2734, 0x2744, 0x2744, 0x2747, 0x2747, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755,
        0x2757, 0x2757, 0x2763, 0x2764, 0x2795, 0x2797, 0x27A1, 0x27A1, 0x27B0, 0x27B0, 0x27BF, 0x27BF,
        0x2B05, 0x2B07, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55,
        0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F170, 0x1F171, 0x1F17E, 0x1F17F, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A,
        0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F9FF, 0x1FA70, 0x1FAFF,
    ];

    /// <summary>Reads the emoji at the start of <paramref name="text"/>, if there is one.</summary>
    /// <param name="text">Any UTF-16, also broken.</param>
    /// <param name="length">Code units of the whole sequence.</param>
    /// <param name="baseLength">Code units of its first character: the same for every skin tone and for ❤ with or without its selector.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out int length, out int baseLength)
    {
        length = baseLength = 0;
        if (text.IsEmpty || (text[0] < '\u00a9' && !IsKeycap(text))) return false;
        if (IsKeycap(text))
        {
            (length, baseLength) = (3, 1);
            return true;
        }

        Rune.DecodeFromUtf16(text, out var first, out var firstLength);
        if (IsRegional(first))
        {
            var paired = Rune.DecodeFromUtf16(text[firstLength..], out var second, out var secondLength) is System.Buffers.OperationStatus.Done
                && IsRegional(second);
            length = baseLength = paired ? firstLength + secondLength : firstLength;
            return true;
        }

        var selected = text.Length > firstLength && text[firstLength] == EmojiPresentation && (Rune.IsSymbol(first) || Rune.IsPunctuation(first));
        if (!IsEmoji(first) && !selected) return false;
        baseLength = firstLength;
        length = firstLength + ModifiersAt(text[firstLength..]);
        while (length + 1 < text.Length && text[length] == ZeroWidthJoiner)
        {
            Rune.DecodeFromUtf16(text[(length + 1)..], out var joined, out var joinedLength);
            if (!IsEmoji(joined)) break;
            length += 1 + joinedLength;
            length += ModifiersAt(text[length..]);
        }

        return true;
    }

    private static bool IsKeycap(ReadOnlySpan<char> text) =>
        text.Length >= 3 && (char.IsAsciiDigit(text[0]) || text[0] is '#' or '*') && text[1] == EmojiPresentation && text[2] == Keycap;

    /// <summary>Skin tones, presentation selectors and the tags that spell regional flags.</summary>
    private static int ModifiersAt(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            if (rune.Value is not (EmojiPresentation or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F))) break;
            at += length;
        }

        return at;
    }

    private static bool IsRegional(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;

    private static bool IsEmoji(Rune rune)
    {
        var at = Array.BinarySearch(Ranges, rune.Value);
        // A hit is a border; a miss lies inside a range exactly when the next border is a range's end.
        return at >= 0 || (~at & 1) == 1;
    }
}
