using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// WordPress blogs, through the plugin in <c>infra/wordpress</c>: <c>comment.created</c>, <c>comment.edited</c> and
/// <c>comment.deleted</c>, signed after Standard Webhooks, each with the comment object of WordPress's REST API under <c>data</c>.
/// Only what was deleted for good is removed here: spam and the trash can be taken back.
/// </summary>
public sealed class WordPress : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("wordpress");

    public PlatformId Platform => Id;

    public string SecretRule => StandardWebhooks.Rule;

    public byte[]? ReadSecret(string secret) => StandardWebhooks.Key(secret);

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) => StandardWebhooks.IsSigned(request, source, now);

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var (root, source) = (document.RootElement, delivery.Source);
        if (root.Text("type") is not ("comment.created" or "comment.edited" or "comment.deleted") || root.Object("data") is not { } comment)
        {
            delivery.Ignore("an event other than a comment");
            return;
        }
        if (comment.Text("type") is not (null or "comment" or "review"))
        {
            delivery.Ignore("a pingback, a trackback or an editor's note");
            return;
        }

        var text = comment.Object("content") is { } content ? content.Text("raw") ?? content.Text("rendered") : null;
        var (user, parent) = (comment.Text("author"), comment.Text("parent"));
        delivery.Take(source, Id, comment, new Reading
        {
            Id = source.OwnId(comment.Text("id")),
            Channel = source.Id,
            ThreadId = source.OwnId(comment.Text("post")),
            ParentId = parent == "0" ? null : source.OwnId(parent),
            Permalink = comment.Text("link"),
            PostCreatedAt = TimeInUtc(comment, "post_date_gmt", delivery.Now),
            AuthorId = user is not (null or "0") ? source.OwnId(user) : Guest(source, comment.Text("author_email")),
            AuthorName = comment.Text("author_name"),
            Text = text is null ? null : PlainText.FromHtml(text),
            Stars = (int?)comment.Number("rating"),
            CreatedAt = TimeInUtc(comment, "date_gmt", delivery.Now),
            // WordPress keeps no time of an edit: the event's stands for it.
            EditedAt = root.Text("type") == "comment.edited" ? root.Time("timestamp", delivery.Now) : null,
            Removed = root.Text("type") == "comment.deleted",
            EventId = request.Header("webhook-id"),
        });
    }

    /// <summary>Guests have no id, but leave an address: its hash tells two of them apart without keeping it.</summary>
    internal static string? Guest(Source source, string? address) =>
        address is null ? null : source.OwnId($"guest-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant()))).AsSpan(0, 24)}");

    /// <summary>Written without an offset.</summary>
    internal static DateTimeOffset? TimeInUtc(JsonElement from, string field, DateTimeOffset now) =>
        from.Text(field) is { } text && PlatformTime.TryText($"{text}Z", out var time) ? PlatformTime.IfPlausible(time, now) : null;
}
