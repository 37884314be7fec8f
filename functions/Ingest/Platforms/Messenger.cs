using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Messages to a page: items of <c>messaging</c>, and of <c>standby</c> where another app holds the conversation. The key that an
/// item has says what it is. There is no id of a conversation: the page and the person are it. Transport: <see cref="Meta"/>.
/// </summary>
public sealed class Messenger : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("messenger");

    public PlatformId Platform => Id;

    public string SecretRule => "the app secret, at least 16 characters";

    public SourceNeeds Needs => SourceNeeds.Secret | SourceNeeds.VerifyToken;

    public IResult? AnswerHandshake(WebhookRequest request, Source source) => Meta.AnswerHandshake(request, source);

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) => Meta.IsAuthentic(request, source);

    public void Read(WebhookRequest request, Delivery delivery) => Meta.Read(request, delivery);

    internal static void Read(JsonElement item, JsonElement entry, Source source, Delivery delivery)
    {
        var (page, sender) = (entry.Text("id"), item.Object("sender")?.Text("id"));
        var (message, edit) = (item.Object("message"), item.Object("message_edit"));
        var ignored = message is null && edit is null ? "a receipt, a reaction or control of the conversation"
            : message?.IsTrue("is_echo") is true || (sender is not null && sender == page) ? "the page's own message"
            : null;
        if (ignored is not null)
        {
            delivery.Ignore(ignored);
            return;
        }

        var (what, time) = (edit ?? message!.Value, item.Time("timestamp", delivery.Now));
        var removed = what.IsTrue("is_deleted");
        delivery.Take(source, Id, item, new Reading
        {
            Id = what.Text("mid"),
            Channel = page,
            ThreadId = $"{page}/{sender}",
            ParentId = what.Object("reply_to")?.Text("mid"),
            AuthorId = sender,
            Text = what.Text("text"),
            CreatedAt = edit is null ? time : null,
            EditedAt = edit is null ? null : time,
            Removed = removed,
            EventId = removed ? "delete" : edit is null ? "message" : $"edit/{what.Text("num_edit")}",
        });
    }
}
