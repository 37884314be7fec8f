using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Facebook Pages, topic <c>page</c>, field <c>feed</c>: comments under a page's posts. Handshake, signature and payloads as Meta's
/// webhook documentation describes them (Graph API 25): the handshake repeats <c>hub.challenge</c>; <c>X-Hub-Signature-256</c> is
/// <c>sha256=</c> and the hexadecimal HMAC-SHA256 of the raw body, keyed by the app secret. Meta signs no time and redelivers for 36
/// hours, so old events are not refused: what is known already changes nothing.
/// </summary>
public static class Facebook
{
    public static readonly PlatformId Platform = PlatformId.Parse("facebook");

    private const string SignatureHeader = "X-Hub-Signature-256";
    private const string SignaturePrefix = "sha256=";

    /// <summary>What to answer a handshake with: the challenge, or null if the token is not the source's.</summary>
    public static string? AnswerHandshake(IQueryCollection query, Source source) =>
        query["hub.mode"] == "subscribe"
        && SameBytes(Encoding.UTF8.GetBytes(query["hub.verify_token"].ToString()), Encoding.UTF8.GetBytes(source.VerifyToken))
            ? query["hub.challenge"].ToString()
            : null;

    /// <summary>Whether one of the source's secrets signed these bytes. Compares in constant time; tries every secret.</summary>
    public static bool IsSigned(IHeaderDictionary headers, ReadOnlySpan<byte> body, Source source)
    {
        var header = headers[SignatureHeader];
        if (header is not [{ } value] || !value.StartsWith(SignaturePrefix, StringComparison.Ordinal))
            return false;

        // Meta writes lower case; decoding takes either, which gives nothing away.
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(value.AsSpan(SignaturePrefix.Length), given, out _, out var length) != System.Buffers.OperationStatus.Done
            || length != SHA256.HashSizeInBytes || value.Length != SignaturePrefix.Length + (2 * SHA256.HashSizeInBytes))
            return false;

        var signed = false;
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var secret in source.Secrets)
        {
            HMACSHA256.HashData(secret, body, expected);
            signed |= SameBytes(given, expected);
        }
        return signed;
    }

    /// <summary>
    /// The comments of a delivery, in order, and for everything else why it is ignored. A change that cannot be read does not hide
    /// the others.
    /// </summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public static (IReadOnlyList<Comment> Comments, IReadOnlyList<string> Ignored) Parse(ReadOnlyMemory<byte> body, CommunityId community, DateTimeOffset now)
    {
        using var document = JsonText.Parse(body);
        var comments = new List<Comment>();
        var ignored = new List<string>();
        if (!IsObject(document.RootElement) || Text(document.RootElement, "object") != "page")
            return (comments, ["not a page event"]);

        foreach (var entry in Elements(document.RootElement, "entry"))
        {
            foreach (var change in Elements(entry, "changes"))
            {
                if (Text(change, "field") != "feed" || !change.TryGetProperty("value", out var value) || !IsObject(value))
                    ignored.Add("a field other than feed");
                else if (Read(value, entry, community, now, out var reason) is { } comment)
                    comments.Add(comment);
                else
                    ignored.Add(reason);
            }
            if (!entry.TryGetProperty("changes", out _))
                ignored.Add("an entry without changes");
        }
        return (comments, ignored);
    }

    private static Comment? Read(JsonElement value, JsonElement entry, CommunityId community, DateTimeOffset now, out string reason)
    {
        var (item, verb, id, page) = (Text(value, "item"), Text(value, "verb"), Id(value, "comment_id"), Text(entry, "id"));
        var author = AuthorOf(value);
        reason = item != "comment" ? "an item other than a comment"
            : verb is "hide" or "unhide" ? "hidden or shown on the platform"
            : verb is not ("add" or "edit" or "edited" or "remove" or "delete") ? "a verb that changes no comment"
            : author is not null && author.Id == page ? "the page's own comment"
            : id is null ? "a comment without a readable id"
            : "";
        if (reason.Length > 0)
            return null;

        var post = Id(value, "post_id");
        var parent = Id(value, "parent_id");
        var edited = verb is "edit" or "edited";
        var text = PlainText.Clean(Text(value, "message") ?? "");
        var comment = new Comment
        {
            Community = community,
            Key = new CommentKey(Platform, id!),
            Channel = page?.Length <= CommentLimits.Channel ? page : Platform.ToString(),
            ThreadId = post,
            ParentId = parent == post ? null : parent,
            Permalink = Permalink(value),
            Author = author,
            Text = Shorten(text, CommentLimits.Text),
            CreatedAt = Time(value, "created_time", now),
            EditedAt = edited ? Time(value, "edited_time", now) ?? Time(entry, "time", now) : null,
            FirstReceivedAt = now,
            ReceivedAt = now,
        };
        return verb is "remove" or "delete" ? comment.AsTombstone() : comment;
    }

    /// <summary>New shape <c>from</c>, old shape <c>sender_id</c>; missing where the person is not visible to the app.</summary>
    private static Author? AuthorOf(JsonElement value)
    {
        var from = value.TryGetProperty("from", out var person) && IsObject(person);
        var id = from ? Id(person, "id") : Id(value, "sender_id");
        var name = from ? Text(person, "name") : Text(value, "sender_name");
        return id is null ? null : new Author(id, name is null ? null : Shorten(name, CommentLimits.Name));
    }

    private static string? Permalink(JsonElement value) =>
        value.TryGetProperty("post", out var post) && IsObject(post) && Text(post, "permalink_url") is { Length: <= CommentLimits.Permalink } link
        && WebAddress.IsValid(link)
            ? link
            : null;

    /// <summary>Half a surrogate pair at the cut becomes U+FFFD, so that the text that is kept equals the one that is redelivered.</summary>
    private static string Shorten(string text, int longest) => text.Length <= longest ? text : PlainText.Clean(text[..longest]);

    private static DateTimeOffset? Time(JsonElement from, string field, DateTimeOffset now) =>
        from.TryGetProperty(field, out var value) && PlatformTime.TryRead(value, out var time) ? PlatformTime.IfPlausible(time, now) : null;

    private static string? Id(JsonElement from, string field) => Text(from, field) is { Length: <= CommentLimits.Id } id ? id : null;

    /// <summary>Text, or a number's digits: captured payloads have ids in both forms.</summary>
    private static string? Text(JsonElement from, string field)
    {
        if (!from.TryGetProperty(field, out var value))
            return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 } ? text : null;
    }

    private static IEnumerable<JsonElement> Elements(JsonElement from, string field) =>
        from.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(IsObject)
            : [];

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;

    private static bool SameBytes(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => CryptographicOperations.FixedTimeEquals(a, b);
}
