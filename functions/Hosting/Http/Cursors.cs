using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>
/// Cursors that nobody can read, change, or use for another question: AES-256-GCM with the question as associated data. The nonce is
/// made from what is sealed, so that the same place always has the same cursor and an answer with one can be cached.
/// </summary>
public sealed class Cursors(IOwnSecrets secrets)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Longer ones are nobody's.</summary>
    private const int Longest = 4_096;

    /// <param name="question">What is asked, where a cursor of another question must not be taken.</param>
    /// <param name="position">Where to go on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> SealAsync(string question, string position, CancellationToken cancellationToken)
    {
        var (encryption, naming) = await KeysAsync(cancellationToken);
        var (about, plain) = (Encoding.UTF8.GetBytes(question), Encoding.UTF8.GetBytes(position));
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        byte[] named = [.. SHA256.HashData(about), .. plain];
        HMACSHA256.HashData(naming, named).AsSpan(0, NonceLength).CopyTo(nonce);
        using var aes = new AesGcm(encryption, TagLength);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), about);
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>Where to go on; null if it is no cursor of this question.</summary>
    public async Task<string?> OpenAsync(string question, string cursor, CancellationToken cancellationToken)
    {
        if (cursor.Length > Longest || !Base64Url.IsValid(cursor))
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length < NonceLength + TagLength)
            return null;
        var (encryption, _) = await KeysAsync(cancellationToken);
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(encryption, TagLength);
        try
        {
            aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(question));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // another question's, or somebody's own invention
        }
    }

    private async Task<(byte[] Encryption, byte[] Naming)> KeysAsync(CancellationToken cancellationToken)
    {
        var secret = await secrets.GetAsync("cursors", cancellationToken);
        return (HMACSHA256.HashData(secret, "encryption"u8), HMACSHA256.HashData(secret, "naming"u8));
    }
}
