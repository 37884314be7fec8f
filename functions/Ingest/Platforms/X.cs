using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// X: the X Activity API (replies, mentions, quotes, direct messages to the watched account), and the Account Activity API that it
/// replaces, for those who still have it. The handshake, repeated at any time, answers <c>crc_token</c> with its HMAC;
/// <c>x-twitter-webhooks-signature</c> is <c>sha256=</c> and the base64 HMAC-SHA256 of the raw body; both keyed by the app's consumer
/// secret. An edited post has a new id and names the first one, which stays the comment's id here. Others' deletions are not told.
/// </summary>
public sealed class X : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("x");

    public PlatformId Platform => Id;

    public string SecretRule => "the app's consumer secret (API secret key), at least 16 characters; the first one answers X's checks";

    public IResult? AnswerHandshake(WebhookRequest request, Source source)
    {
        if (request.IsPost || request.Query["crc_token"] is not [{ Length: > 0 } token])
            return null;
        var answer = $"sha256={Convert.ToBase64String(HMACSHA256.HashData(source.Secrets[0], Encoding.UTF8.GetBytes(token)))}";
        return Results.Json(new Dictionary<string, string> { ["response_token"] = answer });
    }

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) =>
        HmacSignature.IsBase64(request.Header("x-twitter-webhooks-signature"), "sha256=", source.Secrets, [], request.Body.Span);

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var root = document.RootElement;
        if (root.Object("data") is { } data)
            ReadActivity(data, delivery);
        else if (root.Text("for_user_id") is { } watched)
            ReadLegacy(root, watched, delivery);
        else
            delivery.Ignore("no event of an account");
    }

    private static void ReadActivity(JsonElement data, Delivery delivery)
    {
        var watched = data.Object("filter")?.Text("user_id");
        var (type, payload) = (data.Text("event_type"), data.Object("payload"));
        if (type is not ("post.reply.create" or "post.mention.create" or "post.quote.create" or "dm.received"))
            delivery.Ignore(type == "oauth.revoke" ? "the authorisation was withdrawn: subscribe again" : "an event other than a reply, mention, quote or message");
        else if (payload is null)
            delivery.Park("an event without a payload", data);
        else if (delivery.Route(watched) is { } source && type == "dm.received")
            ReadMessages(payload.Value, watched, source, delivery);
        else if (delivery.Route(watched) is { } owner)
            ReadPost(payload.Value, watched, data.Object("includes") ?? payload.Value.Object("includes"), owner, delivery);
    }

    private static void ReadPost(JsonElement post, string? watched, JsonElement? includes, Source source, Delivery delivery)
    {
        var (id, author) = (post.Text("id"), post.Text("author_id"));
        if (author is not null && author == watched)
        {
            delivery.Ignore("the account's own post");
            return;
        }

        var versions = post.List("edit_history_tweet_ids").Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() : null).ToList();
        var (first, created) = (versions is [{ Length: > 0 } oldest, ..] ? oldest : id, post.Time("created_at", delivery.Now));
        var person = includes?.List("users").FirstOrDefault(u => author is not null && u.Text("id") == author) ?? default;
        delivery.Take(source, Id, post, new Reading
        {
            Id = first,
            Channel = watched,
            ThreadId = post.Text("conversation_id"),
            ParentId = post.Text("in_reply_to_tweet_id"),
            Permalink = id is null ? null : $"https://x.com/i/status/{id}",
            AuthorId = author,
            AuthorName = person.Text("name") ?? person.Text("username"),
            Text = Plain(post.Object("note_tweet")?.Text("text") ?? post.Text("text")),
            CreatedAt = first == id ? created : null,
            EditedAt = first == id ? null : created,
            EventId = id, // not the event's: a reply that mentions the account arrives as both
        });
    }

    private static void ReadMessages(JsonElement payload, string? watched, Source source, Delivery delivery)
    {
        foreach (var message in delivery.Objects(payload, "direct_message_events"))
        {
            var content = message.Object("message_create");
            var sender = content?.Text("sender_id");
            if (content is null || (sender is not null && sender == watched))
            {
                delivery.Ignore("the account's own message");
                continue;
            }
            var person = sender is null ? null : payload.Object("users")?.Object(sender);
            delivery.Take(source, Id, message, new Reading
            {
                Id = message.Text("id"),
                Channel = watched,
                ThreadId = $"messages/{sender}",
                AuthorId = sender,
                AuthorName = (person?.Object("data") ?? person)?.Text("name"),
                Text = Plain(content.Value.Object("message_data")?.Text("text")),
                CreatedAt = message.Number("created_timestamp") is { } time ? Milliseconds(time, delivery.Now) : null,
                EventId = message.Text("id"),
            });
        }
    }

    private static void ReadLegacy(JsonElement root, string watched, Delivery delivery)
    {
        if (delivery.Route(watched) is not { } source)
            return;
        foreach (var post in delivery.Objects(root, "tweet_create_events"))
            ReadLegacyPost(post, watched, source, delivery);
        foreach (var field in root.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Array && f.Name != "tweet_create_events"))
            delivery.Ignore("an event other than a post");
    }

    private static void ReadLegacyPost(JsonElement post, string watched, Source source, Delivery delivery)
    {
        var author = post.Object("user");
        if (author?.Text("id_str") == watched || post.Has("retweeted_status"))
        {
            delivery.Ignore("the account's own post, or a repost");
            return;
        }

        // Never "id": it is a number that has been rounded.
        var id = post.Text("id_str");
        delivery.Take(source, Id, post, new Reading
        {
            Id = id,
            Channel = watched,
            ParentId = post.Text("in_reply_to_status_id_str"),
            Permalink = id is null ? null : $"https://x.com/i/status/{id}",
            AuthorId = author?.Text("id_str"),
            AuthorName = author?.Text("name") ?? author?.Text("screen_name"),
            Text = Plain(post.Object("extended_tweet")?.Text("full_text") ?? post.Text("text")),
            CreatedAt = DateTimeOffset.TryParseExact(
                post.Text("created_at"), "ddd MMM dd HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
                ? PlatformTime.IfPlausible(time, delivery.Now)
                : null,
            EventId = id,
        });
    }

    private static DateTimeOffset? Milliseconds(long time, DateTimeOffset now) =>
        time is > 0 and < 253_402_300_799_999 ? PlatformTime.IfPlausible(DateTimeOffset.FromUnixTimeMilliseconds(time), now) : null;

    /// <summary>X writes &amp;, &lt; and &gt; as entities.</summary>
    private static string? Plain(string? text) => WebUtility.HtmlDecode(text);
}
