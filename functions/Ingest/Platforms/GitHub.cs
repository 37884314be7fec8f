using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// GitHub: comments on issues, pull requests, discussions, code and commits. <c>X-Hub-Signature-256</c> is <c>sha256=</c> and the
/// hexadecimal HMAC-SHA256 of the raw body; the webhook's content type must be JSON. The event's name stands in a header that nobody
/// signs, so the body itself says what it is. Ids are node ids, which are unique everywhere and which actions need. GitHub does not
/// send again what failed.
/// </summary>
public sealed class GitHub : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("github");

    public PlatformId Platform => Id;

    public string SecretRule => "the webhook's secret, at least 16 characters";

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) =>
        HmacSignature.IsHex(request.Header("X-Hub-Signature-256"), "sha256=", source.Secrets, [], request.Body.Span);

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var root = document.RootElement;
        var (action, repository) = (root.Text("action"), root.Object("repository")?.Text("full_name"));
        if (root.Object("comment") is not { } comment || action is not ("created" or "edited" or "deleted"))
        {
            delivery.Ignore("an event other than a comment");
            return;
        }
        if (delivery.Route(repository) is not { } source)
            return;

        var user = comment.Object("user");
        if (user?.Text("type") == "Bot" || comment.Has("performed_via_github_app"))
        {
            delivery.Ignore("a bot's comment");
            return;
        }
        delivery.Take(source, Id, comment, new Reading
        {
            Id = comment.Text("node_id"),
            Channel = repository,
            ThreadId = (root.Object("issue") ?? root.Object("discussion") ?? root.Object("pull_request"))?.Text("node_id") ?? comment.Text("commit_id"),
            ParentId = comment.Text("parent_id") ?? comment.Text("in_reply_to_id"),
            Permalink = comment.Text("html_url"),
            PostCreatedAt = (root.Object("issue") ?? root.Object("discussion") ?? root.Object("pull_request"))?.Time("created_at", delivery.Now),
            AuthorId = user?.Text("id"),
            AuthorName = user?.Text("login"),
            Text = comment.Text("body"),
            CreatedAt = comment.Time("created_at", delivery.Now),
            EditedAt = action == "edited" ? comment.Time("updated_at", delivery.Now) : null,
            Removed = action == "deleted",
            EventId = $"{action}/{comment.Text("updated_at")}",
        });
    }
}
