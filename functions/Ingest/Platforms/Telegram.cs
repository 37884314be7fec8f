using System.Globalization;
using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Telegram groups, discussion groups of channels, and private and business chats, by a bot's webhook (Bot API 10). Nothing is
/// signed: <c>X-Telegram-Bot-Api-Secret-Token</c> repeats the secret of <c>setWebhook</c>. Message ids are unique in their chat only.
/// Deletions are told for business chats only. A chat's updates wait for each other: whatever is refused would hold back the rest
/// for a day.
/// </summary>
public sealed class Telegram : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("telegram");

    private static readonly string[] Messages = ["message", "edited_message", "business_message", "edited_business_message"];

    private static readonly string[] Media =
        ["photo", "video", "animation", "document", "audio", "voice", "video_note", "sticker", "story", "location", "contact", "poll"];

    public PlatformId Platform => Id;

    public string SecretRule => "the secret_token of setWebhook: 16 to 256 letters, digits, hyphens or underscores";

    public byte[]? ReadSecret(string secret) =>
        secret.Length is >= 16 and <= 256 && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? Encoding.UTF8.GetBytes(secret) : null;

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) =>
        source.HasSecret(request.Header("X-Telegram-Bot-Api-Secret-Token"));

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var update = document.RootElement;
        var eventId = update.Text("update_id");
        if (Messages.FirstOrDefault(m => update.Has(m)) is { } kind)
        {
            if (update.Object(kind) is { } message)
                ReadMessage(message, kind.StartsWith("edited", StringComparison.Ordinal), eventId, delivery);
            else
                delivery.Park("a message that is no object", update);
        }
        else if (update.Object("deleted_business_messages") is { } deleted)
        {
            ReadDeleted(deleted, eventId, delivery);
        }
        else
        {
            delivery.Ignore("an update other than a message");
        }
    }

    private static void ReadMessage(JsonElement message, bool edited, string? eventId, Delivery delivery)
    {
        var (chat, from, sender) = (message.Object("chat"), message.Object("from"), message.Object("sender_chat"));
        var (chatId, author) = (chat?.Text("id"), sender?.Text("id") ?? from?.Text("id"));
        var hasText = message.Has("text") || message.Has("caption");
        var ignored = message.IsTrue("is_automatic_forward") || (author is not null && (author == chatId || author == delivery.Source.Account)) ? "the channel's or group's own post"
            : from?.IsTrue("is_bot") is true && sender is null ? "a bot's message"
            : !hasText && !Array.Exists(Media, kind => message.Has(kind)) ? "a service message"
            : null;
        if (ignored is not null)
        {
            delivery.Ignore(ignored);
            return;
        }

        var number = message.Text("message_id");
        delivery.Take(delivery.Source, Id, message, new Reading
        {
            Id = Key(chatId, number),
            Channel = chat?.Text("username") ?? chatId,
            ThreadId = Key(chatId, message.Text("message_thread_id")),
            ParentId = Key(chatId, message.Object("reply_to_message")?.Text("message_id")),
            Permalink = Permalink(chat, chatId, number),
            // Under a channel's post the group has a copy of it, and comments answer that copy.
            PostCreatedAt = message.Object("reply_to_message") is { } post && post.IsTrue("is_automatic_forward") ? post.Time("date", delivery.Now) : null,
            AuthorId = author,
            AuthorName = sender is { } channel ? channel.Text("title") : $"{from?.Text("first_name")} {from?.Text("last_name")}".Trim(),
            Text = message.Text("text") ?? message.Text("caption"),
            CreatedAt = message.Time("date", delivery.Now),
            EditedAt = edited ? message.Time("edit_date", delivery.Now) : null,
            EventId = eventId,
        });
    }

    private static void ReadDeleted(JsonElement deleted, string? eventId, Delivery delivery)
    {
        var chat = deleted.Object("chat")?.Text("id");
        foreach (var number in deleted.List("message_ids"))
        {
            delivery.Take(delivery.Source, Id, deleted, new Reading
            {
                Id = number.ValueKind == JsonValueKind.Number ? Key(chat, number.GetRawText()) : null,
                Channel = chat,
                Removed = true,
                EventId = eventId,
            });
        }
    }

    private static string? Key(string? chat, string? message) => chat is null || message is null ? null : $"{chat}/{message}";

    /// <summary>The form for private supergroups is in wide use but nowhere documented.</summary>
    private static string? Permalink(JsonElement? chat, string? chatId, string? number) =>
        number is null || chatId is null ? null
        : chat?.Text("username") is { } name ? $"https://t.me/{name}/{number}"
        : chatId.StartsWith("-100", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"https://t.me/c/{chatId.AsSpan(4)}/{number}")
        : null;
}
