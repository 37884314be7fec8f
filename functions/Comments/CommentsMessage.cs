using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Moderato.Comments;

/// <summary>
/// The queue's message: up to <see cref="MostComments"/> comments of one community. Each is there in full, which saves moderation a
/// read, or by its key only where it is too long for a message. Wire format: JSON, <c>type</c> "comments", <c>version</c> 1.
/// </summary>
public sealed record CommentsMessage(CommunityId Community, IReadOnlyList<CommentsMessage.Item> Items)
{
    public const string Type = "comments";
    public const int Version = 1;
    public const int MostComments = 32;

    /// <summary>Longest message in bytes: in base64 it just fits a storage queue's 64 KiB, with room for the id of a trace.</summary>
    public const int LongestMessage = (48 * 1024) - 96;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One comment: its key, and the comment itself unless it must be looked up.</summary>
    public sealed record Item(CommentKey Key, Comment? Comment);

    /// <summary>Packs comments of one community into as few messages as they fit in.</summary>
    public static IEnumerable<byte[]> Pack(CommunityId community, IEnumerable<Comment> comments)
    {
        var head = HeadOf(community);
        var items = new List<byte[]>();
        var length = head.Length;
        foreach (var comment in comments)
        {
            var item = JsonSerializer.SerializeToUtf8Bytes(WireComment.Of(comment), Options);
            if (head.Length + item.Length + 2 > LongestMessage)
                item = JsonSerializer.SerializeToUtf8Bytes(WireComment.Reference(comment.Key), Options);
            if (items.Count == MostComments || (items.Count > 0 && length + item.Length + 2 > LongestMessage))
            {
                yield return Join(head, items);
                items.Clear();
                length = head.Length;
            }
            items.Add(item);
            length += item.Length + 1;
        }
        if (items.Count > 0)
            yield return Join(head, items);
    }

    /// <exception cref="FormatException">The message has another type or version, or is broken; it ends among the dead letters.</exception>
    public static CommentsMessage Parse(string text)
    {
        try
        {
            var root = JsonNode.Parse(text)?.AsObject() ?? throw new FormatException("The message is empty.");
            if ((string?)root["type"] != Type || (int?)root["version"] != Version)
                throw new FormatException($"The message is no '{Type}' of version {Version}.");
            var community = CommunityId.Parse((string?)root["community"] ?? "");
            var items = root["items"].Deserialize<List<WireComment?>>(Options) ?? throw new FormatException("The message has no items.");
            return new CommentsMessage(community, [.. items.Select(i => i?.ToItem(community) ?? throw new FormatException("The message has an item that is null."))]);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException) // the last for a name that comes twice
        {
#pragma warning disable MA0054 // The parser's message may quote the text, and with it somebody's words: it is left behind.
            throw new FormatException($"The message is not valid JSON of type '{Type}'.");
#pragma warning restore MA0054
        }
    }

    private static byte[] HeadOf(CommunityId community) =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"type":"{{Type}}","version":{{Version}},"community":"{{community}}","items":[""");

    private static byte[] Join(byte[] head, List<byte[]> items)
    {
        using var message = new MemoryStream();
        message.Write(head);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                message.WriteByte((byte)',');
            message.Write(items[i]);
        }
        message.Write("]}"u8);
        return message.ToArray();
    }

    /// <summary>How a comment travels. Without a text it is a reference.</summary>
    private sealed record WireComment
    {
        public required string Platform { get; init; }
        public required string Id { get; init; }
        public string? Source { get; init; }
        public string? Channel { get; init; }
        public string? Thread { get; init; }
        public string? Parent { get; init; }
        public string? Permalink { get; init; }
        public DateTimeOffset? PostCreatedAt { get; init; }
        public string? Author { get; init; }
        public string? AuthorName { get; init; }
        public string? Text { get; init; }
        public int? Stars { get; init; }
        public DateTimeOffset? CreatedAt { get; init; }
        public DateTimeOffset? EditedAt { get; init; }
        public bool Removed { get; init; }
        public int Revision { get; init; }
        public DateTimeOffset FirstReceivedAt { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }

        public static WireComment Reference(CommentKey key) => new() { Platform = key.Platform.ToString(), Id = key.Id };

        public static WireComment Of(Comment comment) => new()
        {
            Platform = comment.Key.Platform.ToString(),
            Id = comment.Key.Id,
            Source = comment.Source,
            Channel = comment.Channel,
            Thread = comment.ThreadId,
            Parent = comment.ParentId,
            Permalink = comment.Permalink,
            PostCreatedAt = comment.PostCreatedAt,
            Author = comment.Author?.Id,
            AuthorName = comment.Author?.Name,
            Text = comment.Text,
            Stars = comment.Stars,
            CreatedAt = comment.CreatedAt,
            EditedAt = comment.EditedAt,
            Removed = comment.Removed,
            Revision = comment.Revision,
            FirstReceivedAt = comment.FirstReceivedAt,
            ReceivedAt = comment.ReceivedAt,
        };

        public Item ToItem(CommunityId community)
        {
            if (Id is not { Length: > 0 and <= CommentLimits.Id })
                throw new FormatException("The message has an item without an id.");
            var key = new CommentKey(PlatformId.Parse(Platform), Id);
            return new Item(key, Text is null ? null : new Comment
            {
                Community = community,
                Key = key,
                Source = Source,
                Channel = Channel ?? Platform,
                ThreadId = Thread,
                ParentId = Parent,
                Permalink = Permalink,
                PostCreatedAt = PostCreatedAt,
                Author = Author is null ? null : new Author(Author, AuthorName),
                Text = Text,
                Stars = Stars,
                CreatedAt = CreatedAt,
                EditedAt = EditedAt,
                Removed = Removed,
                Revision = Revision,
                FirstReceivedAt = FirstReceivedAt,
                ReceivedAt = ReceivedAt,
            });
        }
    }
}
