using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Discourse forums: posts. <c>X-Discourse-Event-Signature</c> is <c>sha256=</c> and the hexadecimal HMAC-SHA256 of the raw body. The
/// event's name and the forum's address stand in headers that nobody signs, so neither is believed: the body itself says whether a
/// post was removed, and the forum is the source's. A post that its moderators bring back stays removed here.
/// </summary>
public sealed class Discourse : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("discourse");

    public PlatformId Platform => Id;

    public string SecretRule => "the webhook's secret, at least 16 characters";

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) =>
        HmacSignature.IsHex(request.Header("X-Discourse-Event-Signature"), "sha256=", source.Secrets, [], request.Body.Span);

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        if (document.RootElement.Object("post") is not { } post)
        {
            delivery.Ignore("an event other than a post");
            return;
        }

        var source = delivery.Source;
        var ignored = post.Has("post_type") && post.Number("post_type") != 1 ? "a moderator's or a system's post" // 1 is a regular one
            : post.Number("user_id") is <= 0 ? "a moderator's or a system's post"
            : post.Text("topic_archetype") == "private_message" ? "a private message"
            : source.Account is not null && post.Text("username") == source.Account ? "our own post"
            : null;
        if (ignored is not null)
        {
            delivery.Ignore(ignored);
            return;
        }

        var topic = post.Text("topic_id");
        var (number, answered) = (post.Text("post_number"), post.Text("reply_to_post_number"));
        var edited = post.Number("version") > 1;
        var version = post.Text("version");
        var removed = post.Has("deleted_at") || post.IsTrue("user_deleted");
        delivery.Take(source, Id, post, new Reading
        {
            Id = source.OwnId(post.Text("id")),
            Channel = post.Text("category_slug") ?? source.Id,
            ThreadId = source.OwnId(topic),
            ParentId = topic is null || answered is null ? null : $"{source.OwnId(topic)}/{answered}", // a number within the topic, not an id
            Permalink = Permalink(source, post.Text("post_url"), topic, number),
            AuthorId = source.OwnId(post.Text("user_id")),
            AuthorName = post.Text("name") ?? post.Text("username"),
            Text = post.Text("raw") ?? (post.Text("cooked") is { } html ? PlainText.FromHtml(html) : null),
            CreatedAt = post.Time("created_at", delivery.Now),
            EditedAt = edited ? post.Time("updated_at", delivery.Now) : null,
            Removed = removed,
            EventId = removed ? "delete" : $"version/{version}",
        });
    }

    private static string? Permalink(Source source, string? path, string? topic, string? number)
    {
        if (source.Address is not { } forum || (path is null && topic is null))
            return null;
        return Uri.TryCreate(forum, path ?? $"/t/{topic}/{number}", out var link) && link.Host == forum.Host ? link.AbsoluteUri : null;
    }
}
