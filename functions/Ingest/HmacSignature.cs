using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Moderato.Ingest;

/// <summary>HMAC-SHA256 as platforms sign with it. Compares in constant time and tries every secret.</summary>
internal static class HmacSignature
{
    private const int Length = SHA256.HashSizeInBytes;

    /// <summary>
    /// Whether a value is <paramref name="prefix"/> and the hexadecimal HMAC of <paramref name="before"/> and the body. Decoding takes
    /// either case, which gives nothing away.
    /// </summary>
    public static bool IsHex(string? value, string prefix, IReadOnlyList<byte[]> secrets, ReadOnlySpan<byte> before, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[Length];
        return value is not null && value.Length == prefix.Length + (2 * Length) && value.StartsWith(prefix, StringComparison.Ordinal)
            && Convert.FromHexString(value.AsSpan(prefix.Length), given, out _, out var length) == OperationStatus.Done && length == Length
            && Matches(given, secrets, before, body);
    }

    /// <summary>The same in base64, with padding.</summary>
    public static bool IsBase64(ReadOnlySpan<char> value, string prefix, IReadOnlyList<byte[]> secrets, ReadOnlySpan<byte> before, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[Length];
        return value.Length == prefix.Length + Base64.GetMaxEncodedToUtf8Length(Length) && value.StartsWith(prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(value[prefix.Length..], given, out var length) && length == Length
            && Matches(given, secrets, before, body);
    }

    private static bool Matches(ReadOnlySpan<byte> given, IReadOnlyList<byte[]> secrets, ReadOnlySpan<byte> before, ReadOnlySpan<byte> body)
    {
        var rented = before.Length > 0 ? ArrayPool<byte>.Shared.Rent(before.Length + body.Length) : null;
        if (rented is not null)
        {
            before.CopyTo(rented);
            body.CopyTo(rented.AsSpan(before.Length));
        }
        var signed = rented is null ? body : rented.AsSpan(0, before.Length + body.Length);

        var matches = false;
        Span<byte> expected = stackalloc byte[Length];
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(secret, signed, expected);
            matches |= CryptographicOperations.FixedTimeEquals(given, expected);
        }
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return matches;
    }
}
