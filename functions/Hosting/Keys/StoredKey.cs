using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Moderato.Hosting;

/// <summary>A secret, known only by its hash.</summary>
/// <param name="Salt">16 random bytes, so that equal secrets have different hashes.</param>
/// <param name="Hash">SHA-256 of salt and secret. Secrets are 256 random bits, so a fast hash cannot be searched.</param>
public sealed record SecretHash(byte[] Salt, byte[] Hash)
{
    public static SecretHash Of(ReadOnlySpan<byte> secret)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new SecretHash(salt, Hashed(salt, secret));
    }

    /// <summary>In the same time whether it is or not.</summary>
    public bool Is(ReadOnlySpan<byte> secret) => CryptographicOperations.FixedTimeEquals(Hashed(Salt, secret), Hash);

    private static byte[] Hashed(byte[] salt, ReadOnlySpan<byte> secret) => SHA256.HashData([.. salt, .. secret]);
}

/// <summary>A secret that was replaced and still opens.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Until">When it stops.</param>
public sealed record EarlierSecret(SecretHash Secret, DateTimeOffset Until);

/// <summary>A key that was made over HTTP, as it is kept. Its text is nowhere.</summary>
/// <param name="Key">What it may do.</param>
/// <param name="Secret">What opens.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">The name of the key that made it.</param>
public sealed record StoredKey(ApiKey Key, SecretHash Secret, DateTimeOffset CreatedAt, string CreatedBy)
{
    /// <summary>How many replaced secrets may still open at once.</summary>
    public const int MostEarlier = 3;

    private static readonly EarlierSecret NoSecret = new(SecretHash.Of(RandomNumberGenerator.GetBytes(32)), DateTimeOffset.MinValue);

    /// <summary>
    /// Replaced secrets that still open, at most <see cref="MostEarlier"/>. More than one, since whoever rotates a second time, because
    /// the first answer got lost, must not cut off those who still use the text before it.
    /// </summary>
    public IReadOnlyList<EarlierSecret> Earlier { get; init; } = [];

    /// <summary>When it stops by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was stopped; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Stands in where there is no such key, so that looking for one takes as long as finding one. Nothing opens it.</summary>
    public static StoredKey Nobody { get; } = new(new ApiKey("", "", null, new HashSet<Scope>()), NoSecret.Secret, default, "") { RevokedAt = default(DateTimeOffset) };

    public bool HoldsAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);

    /// <summary>Whether this secret opens now. Always compares as many, so that time tells nothing.</summary>
    public bool Opens(ReadOnlySpan<byte> secret, DateTimeOffset now)
    {
        var opens = Secret.Is(secret);
        for (var i = 0; i < MostEarlier; i++)
        {
            var earlier = i < Earlier.Count ? Earlier[i] : NoSecret;
            opens |= earlier.Secret.Is(secret) & now < earlier.Until;
        }
        return opens & HoldsAt(now);
    }

    /// <summary>The replaced secrets that still open.</summary>
    public IEnumerable<EarlierSecret> StillOpen(DateTimeOffset now) => Earlier.Where(e => now < e.Until);

    /// <summary>With another secret. What opened until now opens for as long as is said, and no longer.</summary>
    public StoredKey Rotated(SecretHash secret, DateTimeOffset now, TimeSpan overlap)
    {
        var end = now + overlap;
        return this with
        {
            Secret = secret,
            Earlier = overlap > TimeSpan.Zero
                ? [.. StillOpen(now).Select(e => e with { Until = e.Until < end ? e.Until : end }), new EarlierSecret(Secret, end)]
                : [],
        };
    }
}

/// <summary>
/// A key's text: <c>mod_</c>, its id, <c>_</c>, 32 random bytes in base64url. The id says where to look; scanners that search for lost
/// secrets know it by its beginning.
/// </summary>
internal static class KeyText
{
    public const int IdLength = 12;
    public const int SecretBytes = 32;

    private const string Prefix = "mod_";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static string Of(string id, ReadOnlySpan<byte> secret) => $"{Prefix}{id}_{Base64Url.EncodeToString(secret)}";

    public static string NewId() => RandomNumberGenerator.GetString(Alphabet, IdLength);

    /// <summary>The same id for the same words: what is asked for twice is made once, since two keys of one id cannot be.</summary>
    public static string IdOf(string words) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(words)).Take(IdLength).Select(b => Alphabet[b % Alphabet.Length]));

    public static bool IsId(string text) => text.Length == IdLength && text.All(Alphabet.Contains);

    /// <returns>Id and secret; null if it is no text of such a key.</returns>
    public static (string Id, byte[] Secret)? Parse(string text)
    {
        const int secretAt = 4 + IdLength + 1;
        if (text.Length <= secretAt || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[secretAt - 1] != '_' || !IsId(text[Prefix.Length..(secretAt - 1)]))
            return null;
        var secret = new byte[SecretBytes];
        // Compared as text again: a last character that says more than 32 bytes is another text, and not the key.
        return Base64Url.IsValid(text.AsSpan(secretAt), out var length) && length == SecretBytes
            && Base64Url.TryDecodeFromChars(text.AsSpan(secretAt), secret, out _) && Base64Url.EncodeToString(secret) == text[secretAt..]
                ? (text[Prefix.Length..(secretAt - 1)], secret)
                : null;
    }
}
