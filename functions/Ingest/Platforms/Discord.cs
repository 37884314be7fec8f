using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Discord: messages of lobbies and games by webhook events. <c>X-Signature-Ed25519</c> signs the time of
/// <c>X-Signature-Timestamp</c> and the raw body with the application's key. Both probes are answered: webhook events (204) and
/// interactions (<c>{"type":1}</c>); Discord also probes with wrong signatures, on purpose. Discord names no tolerance; five minutes
/// either way are accepted. Messages of ordinary servers come over no webhook: with a bot's token their channels are asked, every
/// minute; edits and deletions are not seen that way.
/// </summary>
public sealed class Discord : IWebhookConnector, IPolledConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("discord");

    private const int PageSize = 100;
    private const int MostPages = 10;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public PlatformId Platform => Id;

    public SourceNeeds PollNeeds => SourceNeeds.Token | SourceNeeds.Channels;

    public TimeSpan Interval => TimeSpan.FromMinutes(1);

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

    public async Task<string> PollAsync(PlatformHttp http, Source source, string? cursor, Delivery delivery, CancellationToken cancellationToken)
    {
        var last = cursor is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(cursor)!;
        foreach (var channel in source.Channels)
        {
            for (var page = 0; page < MostPages; page++)
            {
                var after = last.GetValueOrDefault(channel);
                var answer = await http.GetAsync(
                    new Uri(source.Address ?? new Uri("https://discord.com"), $"/api/v10/channels/{Uri.EscapeDataString(channel)}/messages?limit={PageSize}{(after is null ? "" : $"&after={after}")}"),
                    headers => headers.Authorization = new AuthenticationHeaderValue("Bot", source.Token), cancellationToken);
                var messages = answer.Body.ValueKind == JsonValueKind.Array ? answer.Body.EnumerateArray().Where(m => m.IsObject()).ToList() : [];
                foreach (var message in messages.OrderBy(m => Snowflake(m.Text("id"))))
                {
                    Take(message, removed: false, "MESSAGE_CREATE", delivery);
                    if (Snowflake(message.Text("id")) > Snowflake(last.GetValueOrDefault(channel)))
                        last[channel] = message.Text("id")!;
                }
                if (messages.Count < PageSize || after is null) // the first time the newest page is read, not all there ever was
                    break;
            }
        }
        return JsonSerializer.Serialize(last);
    }

    /// <summary>Ids grow with time, and exceed 2^53.</summary>
    private static ulong Snowflake(string? id) => ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

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
