using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>Facebook Pages, topic <c>page</c>, field <c>feed</c>: comments under a page's posts. Transport: <see cref="Meta"/>.</summary>
public sealed class Facebook : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("facebook");

    public PlatformId Platform => Id;

    public string SecretRule => "the app secret, at least 16 characters";

    public SourceNeeds Needs => SourceNeeds.Secret | SourceNeeds.VerifyToken;

    public IResult? AnswerHandshake(WebhookRequest request, Source source) => Meta.AnswerHandshake(request, source);

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) => Meta.IsAuthentic(request, source);

    public void Read(WebhookRequest request, Delivery delivery) => Meta.Read(request, delivery);

    internal static void Read(JsonElement value, JsonElement entry, Source source, Delivery delivery)
    {
        var (verb, id, page) = (value.Text("verb"), value.Text("comment_id"), entry.Text("id"));
        // New shape "from", old shape "sender_id"; missing where the person is not visible to the app.
        var (author, name) = value.Object("from") is { } from ? (from.Text("id"), from.Text("name")) : (value.Text("sender_id"), value.Text("sender_name"));
        var ignored = value.Text("item") != "comment" ? "an item other than a comment"
            : verb is "hide" or "unhide" ? "hidden or shown on the platform"
            : verb is not ("add" or "edit" or "edited" or "remove" or "delete") ? "a verb that changes no comment"
            : author is not null && author == page ? "the page's own comment"
            : null;
        if (ignored is not null)
        {
            delivery.Ignore(ignored);
            return;
        }

        var (post, parent) = (value.Text("post_id"), value.Text("parent_id"));
        var created = value.Time("created_time", delivery.Now);
        var edited = verb is "edit" or "edited" ? value.Time("edited_time", delivery.Now) ?? entry.Time("time", delivery.Now) : null;
        delivery.Take(source, Id, value, new Reading
        {
            Id = id,
            Channel = page,
            ThreadId = post,
            ParentId = parent == post ? null : parent,
            Permalink = value.Object("post")?.Text("permalink_url"),
            AuthorId = author,
            AuthorName = name,
            Text = value.Text("message"),
            CreatedAt = created,
            EditedAt = edited,
            Removed = verb is "remove" or "delete",
            // Meta gives its events no ids: the verb and its time are what tells two of one comment apart.
            EventId = $"{verb}/{(edited ?? created)?.ToUnixTimeSeconds()}",
        });
    }
}
