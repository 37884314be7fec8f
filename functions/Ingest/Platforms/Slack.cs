using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Slack, Events API: messages of a company's or a community's channels. <c>X-Slack-Signature</c> is <c>v0=</c> and the hexadecimal
/// HMAC-SHA256 of <c>v0:</c>, the time of <c>X-Slack-Request-Timestamp</c>, a colon and the raw body; five minutes either way are
/// accepted. The handshake <c>url_verification</c> is signed like every other request.
/// </summary>
public sealed partial class Slack : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("slack");

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public PlatformId Platform => Id;

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now)
    {
        var sent = request.Header("X-Slack-Request-Timestamp");
        return SignedTime.IsWithin(sent, now, Tolerance)
            && HmacSignature.IsHex(request.Header("X-Slack-Signature"), "v0=", source.Secrets, Encoding.ASCII.GetBytes($"v0:{sent}:"), request.Body.Span);
    }

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var root = document.RootElement;
        switch (root.Text("type"))
        {
            case "url_verification":
                delivery.Answer = Results.Json(new Dictionary<string, string?> { ["challenge"] = root.Text("challenge") });
                break;
            case "event_callback" when root.Object("event") is { } message && message.Text("type") == "message":
                if (delivery.Route(root.Text("team_id")) is { } source)
                    Read(message, root.Text("event_id"), source, delivery);
                break;
            case "app_rate_limited":
                delivery.Ignore("Slack holds events back: more than 30,000 in an hour");
                break;
            default:
                delivery.Ignore("an event other than a message");
                break;
        }
    }

    private static void Read(JsonElement message, string? eventId, Source source, Delivery delivery)
    {
        var (subtype, channel) = (message.Text("subtype"), message.Text("channel"));
        var changed = subtype == "message_changed" ? message.Object("message") : null;
        var content = changed ?? message;
        var ignored = subtype is not (null or "file_share" or "thread_broadcast" or "me_message" or "message_changed" or "message_deleted") ? "a note of the channel or a bot's message"
            : content.Has("bot_id") || content.Text("subtype") == "bot_message" ? "a bot's message"
            : subtype == "message_changed" && (changed is null || !changed.Value.Has("edited")
                || changed.Value.Text("text") == message.Object("previous_message")?.Text("text")) ? "a change of something other than the text"
            : null;
        if (ignored is not null)
        {
            delivery.Ignore(ignored);
            return;
        }

        var number = subtype == "message_deleted" ? message.Text("deleted_ts") : content.Text("ts");
        var thread = content.Text("thread_ts");
        delivery.Take(source, Id, message, new Reading
        {
            Id = Key(channel, number),
            Channel = channel,
            ThreadId = Key(channel, thread ?? number),
            ParentId = thread == number ? null : Key(channel, thread),
            AuthorId = content.Text("user"),
            Text = content.Text("text") is { } text ? Plain(text) : null,
            CreatedAt = Time(number, delivery.Now),
            EditedAt = Time(changed?.Object("edited")?.Text("ts"), delivery.Now),
            Removed = subtype == "message_deleted",
            EventId = eventId,
        });
    }

    /// <summary>A message's number is unique in its channel only.</summary>
    private static string? Key(string? channel, string? number) => channel is null || number is null ? null : $"{channel}/{number}";

    /// <summary>Seconds and, as a counter, six digits.</summary>
    private static DateTimeOffset? Time(string? number, DateTimeOffset now) =>
        number is not null && long.TryParse(number.AsSpan(0, Math.Max(0, number.IndexOf('.', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253_402_300_800
            ? PlatformTime.IfPlausible(DateTimeOffset.FromUnixTimeSeconds(seconds), now)
            : null;

    /// <summary><c>&lt;@U1&gt;</c>, <c>&lt;#C1|name&gt;</c>, <c>&lt;address|label&gt;</c> and entities, as they are shown.</summary>
    private static string Plain(string text) => WebUtility.HtmlDecode(Reference().Replace(text, match =>
    {
        var (target, label) = (match.Groups["target"].Value, match.Groups["label"].Value);
        return target[0] switch
        {
            '@' => $"@{(label.Length > 0 ? label : target[1..])}",
            '#' => $"#{(label.Length > 0 ? label : target[1..])}",
            '!' => $"@{target[1..]}",
            _ => label.Length > 0 ? $"{label} {target}" : target,
        };
    }));

    [GeneratedRegex(@"<(?<target>[^<>|]+)(?:\|(?<label>[^<>]*))?>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
