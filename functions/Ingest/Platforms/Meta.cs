using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// What Facebook Pages, Instagram and Messenger share, as Meta's webhook documentation describes it (Graph API 25): the handshake
/// repeats <c>hub.challenge</c>; <c>X-Hub-Signature-256</c> is <c>sha256=</c> and the hexadecimal HMAC-SHA256 of the raw body, keyed
/// by the app secret. Meta signs no time and redelivers for 36 hours, so old events are not refused: what is known already changes
/// nothing. One app has one address for a page's comments and its messages, so each of the three reads the others' events too.
/// </summary>
internal static class Meta
{
    private const string Signature = "X-Hub-Signature-256";

    /// <summary>The challenge, as it came, if the token is the source's.</summary>
    public static IResult? AnswerHandshake(WebhookRequest request, Source source) =>
        !request.IsPost && request.Query["hub.mode"] == "subscribe"
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Query["hub.verify_token"].ToString()), Encoding.UTF8.GetBytes(source.VerifyToken))
            ? Results.Text(request.Query["hub.challenge"].ToString(), "text/plain")
            : null;

    public static bool IsAuthentic(WebhookRequest request, Source source) =>
        HmacSignature.IsHex(request.Header(Signature), "sha256=", source.Secrets, [], request.Body.Span);

    /// <summary>Reads the envelope <c>{object, entry[]}</c>; Meta's examples also show it inside a list.</summary>
    public static void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var root = document.RootElement;
        foreach (var envelope in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().AsEnumerable() : [root])
        {
            if (envelope.Text("object") is not ("page" or "instagram"))
            {
                delivery.Ignore("not a page event");
                continue;
            }
            foreach (var entry in delivery.Objects(envelope, "entry"))
            {
                if (delivery.Route(entry.Text("id")) is { } source)
                    ReadEntry(entry, source, delivery);
            }
        }
    }

    private static void ReadEntry(JsonElement entry, Source source, Delivery delivery)
    {
        var known = false;
        foreach (var change in entry.Has("field") ? [entry] : delivery.Objects(entry, "changes"))
        {
            known = true;
            ReadChange(change, entry, source, delivery);
        }
        foreach (var field in new[] { "messaging", "standby" })
        {
            foreach (var item in delivery.Objects(entry, field))
            {
                known = true;
                Messenger.Read(item, entry, source, delivery);
            }
        }
        if (!known && !entry.Has("changes"))
            delivery.Ignore("an entry without changes");
    }

    private static void ReadChange(JsonElement change, JsonElement entry, Source source, Delivery delivery)
    {
        var value = change.Object("value");
        switch (change.Text("field"))
        {
            case "feed" when value is { } comment:
                Facebook.Read(comment, entry, source, delivery);
                break;
            case "comments" or "live_comments" when value is { } comment:
                Instagram.Read(comment, entry, source, delivery);
                break;
            case "feed" or "comments" or "live_comments":
                delivery.Park("a comment without a value", change);
                break;
            default:
                delivery.Ignore("a field other than comments");
                break;
        }
    }
}
