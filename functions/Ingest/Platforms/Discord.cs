using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Discord: messages of lobbies and games by webhook events. <c>X-Signature-Ed25519</c> signs the time of
/// <c>X-Signature-Timestamp</c> and the raw body with the application's key. Both probes are answered: webhook events (204) and
/// interactions (<c>{"type":1}</c>); Discord also probes with wrong signatures, on purpose. Discord names no tolerance; five minutes
/// either way are accepted. Messages of ordinary servers come over no webhook.
/// </summary>
public sealed class Discord : IConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("discord");

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public PlatformId Platform => Id;

    public string SecretRule => "the application's public key, 64 hexadecimal digits";

    public byte[]? ReadSecret(string secret) => secret.Length == 64 && secret.All(char.IsAsciiHexDigit) ? Convert.FromHexString(secret) : null;

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now)
    {
        var sent = request.Header("X-Signature-Timestamp");
        if (!SignedTime.IsWithin(sent, now, Tolerance) || request.Header("X-Signature-Ed25519") is not { Length: 128 } hex || !hex.All(char.IsAsciiHexDigit))
            return false;
        byte[] signed = [.. Encoding.ASCII.GetBytes(sent!), .. request.Body.Span];
        var signature = Convert.FromHexString(hex);
        return source.Secrets.Any(key => Ed25519.Verify(key, signed, signature));
    }

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var root = document.RootElement;
        delivery.Answer = Results.NoContent();
        if (root.Object("event") is { } happened)
            Read(happened, delivery);
        else if (root.Text("type") == "1" && !root.Has("version"))
            delivery.Answer = Results.Json(new Dictionary<string, int> { ["type"] = 1 });
        else if (root.Text("type") != "0")
            delivery.Ignore("an event other than a message");
    }

    private static void Read(JsonElement happened, Delivery delivery)
    {
        var kind = happened.Text("type")?.Split("_MESSAGE_") is ["LOBBY" or "GAME_DIRECT", var what] ? what : null;
        if (kind is not ("CREATE" or "UPDATE" or "DELETE"))
            delivery.Ignore("an event other than a message");
        else if (happened.Object("data") is not { } message)
            delivery.Park("a message without its data", happened);
        else
            Take(message, kind == "DELETE", happened.Text("type")!, delivery);
    }

    /// <summary>A message as webhook events, the gateway and the API write it.</summary>
    internal static void Take(JsonElement message, bool removed, string kind, Delivery delivery)
    {
        var author = message.Object("author");
        var ignored = author?.IsTrue("bot") is true || message.Has("webhook_id") ? "a bot's message"
            : message.Number("type") is not (null or 0 or 19) ? "a note of the channel" // 0 a message, 19 a reply
            : null;
        if (ignored is not null)
        {
            delivery.Ignore(ignored);
            return;
        }

        var (id, channel, guild) = (message.Text("id"), message.Text("channel_id") ?? message.Text("lobby_id"), message.Text("guild_id"));
        var edited = message.Time("edited_timestamp", delivery.Now);
        delivery.Take(delivery.Source, Id, message, new Reading
        {
            Id = id,
            Channel = channel,
            ThreadId = channel,
            ParentId = message.Object("message_reference")?.Text("message_id"),
            Permalink = guild is null ? null : $"https://discord.com/channels/{guild}/{channel}/{id}",
            AuthorId = author?.Text("id"),
            AuthorName = message.Object("member")?.Text("nick") ?? author?.Text("global_name") ?? author?.Text("username"),
            Text = message.Text("content"),
            CreatedAt = message.Time("timestamp", delivery.Now),
            EditedAt = edited,
            Removed = removed,
            EventId = $"{kind}/{message.Text("edited_timestamp")}",
        });
    }
}
