namespace Moderato.Scoring;

/// <summary>
/// FNV-1a, 32 bit: small, fast and the same on every machine, which <see cref="string.GetHashCode()"/> is not.
/// Source: Fowler, Noll and Vo, isthe.com/chongo/tech/comp/fnv (offset basis, prime and xor-folding are theirs).
/// </summary>
public static class Fnv1a
{
    public const uint OffsetBasis = 2166136261;

    private const uint Prime = 16777619;

    public static uint Add(uint hash, byte value) => unchecked((hash ^ value) * Prime);

    /// <summary>A UTF-16 code unit counts as its two bytes, the low one first.</summary>
    public static uint Add(uint hash, char value) => Add(Add(hash, (byte)value), (byte)(value >> 8));

    public static uint Add(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text) hash = Add(hash, c);
        return hash;
    }

    /// <summary>The lowest <paramref name="bits"/> bits with the others folded in.</summary>
    /// <param name="hash">A finished hash.</param>
    /// <param name="bits">16 to 31.</param>
    public static int Fold(uint hash, int bits) => (int)((hash >> bits) ^ (hash & ((1u << bits) - 1)));
}
