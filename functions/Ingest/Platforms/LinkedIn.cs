using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// LinkedIn organization pages. The handshake, repeated every two hours, answers <c>challengeCode</c> with its hexadecimal HMAC-SHA256;
/// <c>X-LI-Signature</c> is that of <c>hmacsha256=</c> and the raw body (hexadecimal by analogy, unverified); both keyed by the app's
/// client secret. LinkedIn gives no names, and allows what members wrote to be kept for 48 hours.
/// </summary>
public sealed class LinkedIn : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("linkedin");

    private const string Prefix = "hmacsha256=";

    public PlatformId Platform => Id;

    /// <summary>LinkedIn's Data Storage Requirements: members' social activity.</summary>
    public TimeSpan? TextLifetime => TimeSpan.FromHours(48);

    public string SecretRule => "the app's client secret, at least 16 characters; the first one answers LinkedIn's checks";

    public IResult? AnswerHandshake(WebhookRequest request, Source source)
    {
        if (request.IsPost || request.Query["challengeCode"] is not [{ Length: > 0 } code])
            return null;
        var response = Convert.ToHexStringLower(HMACSHA256.HashData(source.Secrets[0], Encoding.UTF8.GetBytes(code)));
        return Results.Json(new Dictionary<string, string> { ["challengeCode"] = code, ["challengeResponse"] = response });
    }

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now)
    {
        var header = request.Header("X-LI-Signature");
        var prefix = header?.StartsWith(Prefix, StringComparison.Ordinal) is true ? Prefix : ""; // seen with and without
        return HmacSignature.IsHex(header, prefix, source.Secrets, Encoding.UTF8.GetBytes(Prefix), request.Body.Span);
    }

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        foreach (var notification in delivery.Objects(document.RootElement, "notifications"))
        {
            var (action, organization) = (notification.Text("action"), notification.Text("organizationalEntity"));
            if (action is not ("COMMENT" or "COMMENT_EDIT" or "COMMENT_DELETE"))
                delivery.Ignore(action == "ADMIN_COMMENT" ? "the page's own comment" : "an event other than a comment");
            else if (delivery.Route(organization) is { } source)
                Read(notification, action, organization, source, delivery);
        }
    }

    private static void Read(JsonElement notification, string action, string? organization, Source source, Delivery delivery)
    {
        var comment = notification.Object("decoratedGeneratedActivity")?.Object("comment");
        var author = comment?.Text("owner");
        if (author is not null && author == organization)
        {
            delivery.Ignore("the page's own comment");
            return;
        }

        var (id, post) = (Normalise(notification.Text("generatedActivity") ?? comment?.Text("entity")), notification.Text("sourcePost"));
        var time = notification.Time("lastModifiedAt", delivery.Now);
        delivery.Take(source, Id, notification, new Reading
        {
            Id = id,
            Channel = organization,
            ThreadId = post,
            ParentId = Normalise(comment?.Text("parentComment")),
            Permalink = post is null || id is null ? null : $"https://www.linkedin.com/feed/update/{post}?commentUrn={Uri.EscapeDataString(id)}",
            AuthorId = author,
            Text = comment?.Text("text") ?? comment?.Object("message")?.Text("text"),
            CreatedAt = action == "COMMENT" ? time : null,
            EditedAt = action == "COMMENT_EDIT" ? time : null,
            Removed = action == "COMMENT_DELETE",
            EventId = notification.Text("notificationId"),
        });
    }

    /// <summary>The name of a comment comes in two spellings, with <c>activity:1</c> and with <c>urn:li:activity:1</c> inside.</summary>
    private static string? Normalise(string? urn)
    {
        const string start = "urn:li:comment:(";
        if (urn?.StartsWith(start, StringComparison.Ordinal) is not true || urn[^1] != ')' || urn[start.Length..^1].Split(',') is not [var of, var number])
            return null;
        return $"{start}{(of.StartsWith("urn:li:", StringComparison.Ordinal) ? of : $"urn:li:{of}")},{number})";
    }
}
