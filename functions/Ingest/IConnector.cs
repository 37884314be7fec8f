using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest;

/// <summary>A request to a webhook's address, its body as the bytes that came.</summary>
public sealed record WebhookRequest(string Method, IQueryCollection Query, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    public bool IsPost => HttpMethods.IsPost(Method);

    /// <summary>A header that came exactly once; null otherwise.</summary>
    public string? Header(string name) => Headers[name] is [{ Length: > 0 } value] ? value : null;
}

/// <summary>What a source's settings must have.</summary>
[Flags]
public enum SourceNeeds
{
    None = 0,

    /// <summary>One or two signing secrets.</summary>
    Secret = 1,

    /// <summary>A token of our choice that the platform repeats in its handshake.</summary>
    VerifyToken = 2,

    /// <summary>Our account there.</summary>
    Account = 4,

    /// <summary>Where the platform is.</summary>
    Address = 8,

    /// <summary>What lets us ask the platform.</summary>
    Token = 16,

    /// <summary>Which of its channels are read.</summary>
    Channels = 32,
}

/// <summary>How one platform speaks to Moderato. All its quirks stay in its file.</summary>
public interface IConnector
{
    PlatformId Platform { get; }

    /// <summary>How long the platform's terms allow the words of its people to be kept; null where they say nothing.</summary>
    TimeSpan? TextLifetime => null;

    /// <summary>What a secret of this platform is, for whoever writes the settings.</summary>
    string SecretRule => "the signing secret, at least 16 characters";

    /// <summary>The key that a secret of the settings stands for; null if it breaks <see cref="SecretRule"/>.</summary>
    byte[]? ReadSecret(string secret) => secret.Length >= 16 ? System.Text.Encoding.UTF8.GetBytes(secret) : null;
}

/// <summary>A platform that calls us.</summary>
public interface IWebhookConnector : IConnector
{
    SourceNeeds Needs => SourceNeeds.Secret;

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

/// <summary>A platform whose webhooks only say which comment to ask for.</summary>
public interface IFetchingConnector : IWebhookConnector
{
    /// <summary>Asks for one comment and reads it. One that is gone is read as removed.</summary>
    /// <exception cref="PlatformException">The platform did not answer.</exception>
    Task FetchAsync(PlatformHttp http, Source source, string id, Delivery delivery, CancellationToken cancellationToken);
}

/// <summary>A platform that must be asked, since it calls nobody.</summary>
public interface IPolledConnector : IConnector
{
    /// <summary>What a source needs to be asked about; one with a token is asked.</summary>
    SourceNeeds PollNeeds { get; }

    /// <summary>How long to wait between two questions.</summary>
    TimeSpan Interval { get; }

    /// <summary>
    /// Asks what is new since the cursor of the last time, null the first time: then what is recent is read, not all there ever was.
    /// What was read before may be read again.
    /// </summary>
    /// <returns>The cursor for the next time.</returns>
    /// <exception cref="PlatformException">The platform did not answer; the old cursor stays.</exception>
    Task<string> PollAsync(PlatformHttp http, Source source, string? cursor, Delivery delivery, CancellationToken cancellationToken);
}
