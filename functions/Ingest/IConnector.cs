using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>A request to a webhook's address, its body as the bytes that came.</summary>
public sealed record WebhookRequest(string Method, IQueryCollection Query, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    public bool IsPost => HttpMethods.IsPost(Method);

    /// <summary>A header that came exactly once; null otherwise.</summary>
    public string? Header(string name) => Headers[name] is [{ Length: > 0 } value] ? value : null;
}

/// <summary>How one platform speaks to Moderato: its handshake, its proof of origin, its payloads. All its quirks stay in its file.</summary>
public interface IConnector
{
    PlatformId Platform { get; }

    /// <summary>What a secret of this platform is, for whoever writes the settings.</summary>
    string SecretRule => "the signing secret, at least 16 characters";

    /// <summary>Whether the platform repeats a token of our choice in its handshake.</summary>
    bool NeedsVerifyToken => false;

    /// <summary>The key that a secret of the settings stands for; null if it breaks <see cref="SecretRule"/>.</summary>
    byte[]? ReadSecret(string secret) => secret.Length >= 16 ? System.Text.Encoding.UTF8.GetBytes(secret) : null;

    /// <summary>The answer to a handshake that is not signed as deliveries are; null if the request is none, or is a wrong one.</summary>
    IResult? AnswerHandshake(WebhookRequest request, Source source) => null;

    /// <summary>
    /// Whether the platform sent this: one of the source's secrets signs the very bytes of the body. Compares in constant time and
    /// tries every secret. Where the platform signs a time, one too far from <paramref name="now"/> is refused.
    /// </summary>
    bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now);

    /// <summary>Reads an authentic delivery. A part that cannot be read is parked and hides no other.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is no JSON at all.</exception>
    void Read(WebhookRequest request, Delivery delivery);
}
