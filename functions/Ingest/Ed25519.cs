using System.Numerics;
using System.Security.Cryptography;

namespace Moderato.Ingest;

/// <summary>
/// Verifies Ed25519 signatures as RFC 8032, section 5.1.7, describes it; .NET has none. Everything here is public, so it need not run
/// in constant time, and it never signs.
/// </summary>
internal static class Ed25519
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    /// <summary>The field's prime, 2^255 - 19.</summary>
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    /// <summary>The order of the base point.</summary>
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The curve's constant, -121665/121666.</summary>
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));

    private static readonly BigInteger SquareRootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);

    /// <summary>The point with y = 4/5 and an even x.</summary>
    private static readonly Point Base = Decode(ToBytes(Mod(4 * Inverse(5)))) ?? throw new InvalidOperationException("The base point lies on the curve.");

    /// <summary>Whether the key signed the message. A key or signature of another length, or one that is no point, signs nothing.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength || Decode(publicKey) is not { } key || Decode(signature[..32]) is not { } r)
            return false;
        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= L)
            return false;

        var hash = SHA512.HashData([.. signature[..32], .. publicKey, .. message]);
        var k = new BigInteger(hash, isUnsigned: true) % L;
        return Times(Base, s) == Add(r, Times(key, k));
    }

    /// <summary>Extended homogeneous coordinates: x = X/Z, y = Y/Z, x*y = T/Z.</summary>
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
    {
        public bool Equals(Point other) => Mod((X * other.Z) - (other.X * Z)).IsZero && Mod((Y * other.Z) - (other.Y * Z)).IsZero;

        public override int GetHashCode() => 0; // equal points may have different coordinates
    }

    private static Point Add(Point p, Point q)
    {
        var a = Mod((p.Y - p.X) * (q.Y - q.X));
        var b = Mod((p.Y + p.X) * (q.Y + q.X));
        var c = Mod(2 * p.T * q.T * D);
        var d = Mod(2 * p.Z * q.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Times(Point point, BigInteger factor)
    {
        var sum = new Point(0, 1, 1, 0);
        for (; factor > 0; factor >>= 1)
        {
            if (!factor.IsEven)
                sum = Add(sum, point);
            point = Add(point, point);
        }
        return sum;
    }

    /// <summary>RFC 8032, section 5.1.3; null for bytes that are no point.</summary>
    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        var y = new BigInteger(bytes, isUnsigned: true);
        var odd = !(y >> 255).IsZero;
        y &= (BigInteger.One << 255) - 1;
        if (y >= P)
            return null;

        var (u, v) = (Mod((y * y) - 1), Mod((D * y * y) + 1));
        var x = Mod(u * BigInteger.ModPow(v, 3, P) * BigInteger.ModPow(u * BigInteger.ModPow(v, 7, P), (P - 5) / 8, P));
        if (!Mod((v * x * x) - u).IsZero)
            x = Mod(x * SquareRootOfMinusOne);
        if (!Mod((v * x * x) - u).IsZero || (x.IsZero && odd))
            return null;
        if (x.IsEven == odd)
            x = P - x;
        return new Point(x, y, 1, Mod(x * y));
    }

    private static byte[] ToBytes(BigInteger number)
    {
        var bytes = new byte[KeyLength];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(number, P - 2, P);

    private static BigInteger Mod(BigInteger number)
    {
        var rest = number % P;
        return rest.Sign < 0 ? rest + P : rest;
    }
}
