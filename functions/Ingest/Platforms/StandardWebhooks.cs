using System.Globalization;
using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Everything else: whoever can send a signed webhook after the Standard Webhooks specification. <c>webhook-signature</c> lists
/// signatures of <c>webhook-id</c>, <c>webhook-timestamp</c> and the raw body, joined by dots: <c>v1,</c> and the base64 HMAC-SHA256
/// (secret <c>whsec_…</c>), or <c>v1a,</c> and the base64 Ed25519 signature (public key <c>whpk_…</c>); any one that holds is enough, and
/// five minutes either way are accepted. Events: <c>comment.created</c>, <c>comment.edited</c>, <c>comment.deleted</c> with a comment as
/// <c>POST …/comments</c> takes it under <c>data</c>, and <c>comment.batch</c> with up to 1,000 events under <c>data.events</c>; see
/// <c>comment-event.schema.json</c>.
/// </summary>
public sealed class StandardWebhooks : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("standard");

    public const string Rule = "the secret, whsec_ and 24 to 64 bytes in base64, or the sender's public key, whpk_ and 32 bytes in base64";

    private const int LargestBatch = 1_000;
    private const string SecretPrefix = "whsec_";
    private const string PublicKeyPrefix = "whpk_";

    /// <summary>Public keys are told from secrets by this first byte.</summary>
    private const byte PublicKeyMark = (byte)'p';
    private const byte SecretMark = (byte)'s';

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public PlatformId Platform => Id;

    public string SecretRule => Rule;

    public byte[]? ReadSecret(string secret) => Key(secret);

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) => IsSigned(request, source, now);

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var (root, eventId) = (document.RootElement, request.Header("webhook-id"));
        if (root.Text("type") == "comment.batch")
            ReadBatch(root, eventId, delivery);
        else if (Read(root, eventId, delivery) is { Count: > 0 } errors)
            delivery.Answer = Problem.Invalid(errors); // the sender is a program that somebody is writing: it is told what is wrong
    }

    /// <summary>The key that a secret stands for, with a mark of its kind; null if it is none.</summary>
    internal static byte[]? Key(string secret)
    {
        var (prefix, mark, shortest, longest) = secret.StartsWith(PublicKeyPrefix, StringComparison.Ordinal)
            ? (PublicKeyPrefix, PublicKeyMark, Ed25519.KeyLength, Ed25519.KeyLength)
            : (SecretPrefix, SecretMark, 24, 64);
        var key = new byte[100];
        return secret.StartsWith(prefix, StringComparison.Ordinal) && secret.Length <= prefix.Length + 100
            && Convert.TryFromBase64String(secret[prefix.Length..], key, out var length) && length >= shortest && length <= longest
                ? [mark, .. key.AsSpan(0, length)]
                : null;
    }

    internal static bool IsSigned(WebhookRequest request, Source source, DateTimeOffset now)
    {
        var (id, sent, signatures) = (request.Header("webhook-id"), request.Header("webhook-timestamp"), request.Header("webhook-signature"));
        if (id is null || signatures is null || !SignedTime.IsWithin(sent, now, Tolerance))
            return false;

        var before = Encoding.UTF8.GetBytes($"{id}.{sent}.");
        var signed = false;
        foreach (var signature in signatures.Split(' '))
        {
            foreach (var secret in source.Secrets)
                signed |= secret[0] == SecretMark ? IsHmac(signature, secret, before, request.Body) : IsEd25519(signature, secret, before, request.Body);
        }
        return signed;
    }

    private static bool IsHmac(string signature, byte[] secret, byte[] before, ReadOnlyMemory<byte> body) =>
        HmacSignature.IsBase64(signature, "v1,", [secret[1..]], before, body.Span);

    private static bool IsEd25519(string signature, byte[] key, byte[] before, ReadOnlyMemory<byte> body)
    {
        const string prefix = "v1a,";
        var bytes = new byte[Ed25519.SignatureLength + 2];
        return signature.StartsWith(prefix, StringComparison.Ordinal) && signature.Length <= prefix.Length + 88
            && Convert.TryFromBase64String(signature[prefix.Length..], bytes, out var length) && length == Ed25519.SignatureLength
            && Ed25519.Verify(key.AsSpan(1), [.. before, .. body.Span], bytes.AsSpan(0, length));
    }

    private static void ReadBatch(JsonElement root, string? eventId, Delivery delivery)
    {
        var events = (root.Object("data") ?? root).List("events").ToList();
        if (events.Count is 0 or > LargestBatch)
        {
            delivery.Answer = Problem.Invalid("data.events", $"A batch has 1 to {LargestBatch} events.");
            return;
        }
        for (var i = 0; i < events.Count; i++)
        {
            // One bad event must not make the sender repeat the good ones for days.
            if (Read(events[i], $"{eventId}.{i.ToString(CultureInfo.InvariantCulture)}", delivery) is { Count: > 0 } errors)
                delivery.Park($"an event of a batch is not valid: {string.Join(", ", errors.Select(e => e.Field))}", events[i]);
        }
    }

    /// <returns>What is wrong with it.</returns>
    private static IReadOnlyList<FieldError> Read(JsonElement from, string? eventId, Delivery delivery)
    {
        var type = from.Text("type");
        if (type is null)
            return [new FieldError("type", "'type' is required: comment.created, comment.edited, comment.deleted or comment.batch.")];
        if (type is not ("comment.created" or "comment.edited" or "comment.deleted"))
        {
            delivery.Ignore("an event other than a comment");
            return [];
        }
        if (from.Object("data") is not { } data)
            return [new FieldError("data", "'data' is required and must be a comment.")];

        var (comment, errors) = CommentReader.Read(data, delivery.Source.Community, delivery.Now, removed: type == "comment.deleted");
        if (comment is null)
            return [.. errors.Select(e => e with { Field = e.Field.Length == 0 ? "data" : $"data.{e.Field}" })];

        if (type == "comment.edited" && comment.EditedAt is null)
            comment = comment with { EditedAt = from.Time("timestamp", delivery.Now) };
        delivery.Take(comment, eventId);
        return [];
    }
}
