using System.Text;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Trustpilot: reviews of a service, <c>service-review-created</c>, <c>-updated</c>, <c>-deleted</c> (and, by analogy and unverified,
/// those of products). Trustpilot documents no signature, so the address carries the secret: <c>?secret=…</c>. Use HTTPS, and change
/// it like a password. The fields of updated and deleted events are unverified; missing ones are left out.
/// </summary>
public sealed class Trustpilot : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("trustpilot");

    public PlatformId Platform => Id;

    public string SecretRule => "a long random text for the webhook's address (?secret=…), at least 32 characters";

    public byte[]? ReadSecret(string secret) => secret.Length >= 32 ? Encoding.UTF8.GetBytes(secret) : null;

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) => source.HasSecret(request.Query["secret"].ToString());

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        foreach (var item in delivery.Objects(document.RootElement, "events"))
        {
            var name = item.Text("eventName");
            var kind = name?.Split("-review-") is ["service" or "product", var what] ? what : null;
            if (kind is not ("created" or "updated" or "deleted"))
                delivery.Ignore("an event other than a review");
            else if (item.Object("eventData") is not { } review)
                delivery.Park("a review without its data", item);
            else
                Read(review, kind, delivery);
        }
    }

    private static void Read(System.Text.Json.JsonElement review, string kind, Delivery delivery)
    {
        var (id, consumer) = (review.Text("id"), review.Object("consumer"));
        var edited = kind == "updated" ? review.Time("updatedAt", delivery.Now) ?? delivery.Now : (DateTimeOffset?)null;
        delivery.Take(delivery.Source, Id, review, new Reading
        {
            Id = id,
            Channel = delivery.Source.Id,
            ThreadId = review.Text("referenceId"),
            Permalink = id is null ? null : $"https://www.trustpilot.com/reviews/{id}",
            AuthorId = consumer?.Text("id"),
            AuthorName = consumer?.Text("name"),
            Text = $"{review.Text("title")}\n{review.Text("text")}",
            Stars = (int?)review.Number("stars"),
            CreatedAt = review.Time("createdAt", delivery.Now),
            EditedAt = edited,
            Removed = kind == "deleted",
            EventId = $"{kind}/{review.Text(kind == "updated" ? "updatedAt" : "createdAt")}",
        });
    }
}
