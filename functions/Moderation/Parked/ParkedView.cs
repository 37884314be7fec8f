using System.Text;
using System.Text.Json.Serialization;
using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>Something parked as the HTTP interface shows it. Words only where one is asked for.</summary>
public sealed record ParkedView
{
    public required string Id { get; init; }
    public required ParkedKind Kind { get; init; }
    public required string Platform { get; init; }
    public string? CommentId { get; init; }

    /// <summary>Of a comment: where its outcome is, or will be.</summary>
    public string? OutcomeId { get; init; }
    public string? Source { get; init; }
    public required DateTimeOffset FirstReceivedAt { get; init; }
    public required DateTimeOffset ParkedAt { get; init; }
    public required string Reason { get; init; }
    public required ParkedState State { get; init; }
    public DateTimeOffset? ReplayedAt { get; init; }
    public string? ReplayedBy { get; init; }
    public DateTimeOffset? DiscardedAt { get; init; }
    public string? DiscardedBy { get; init; }
    public string? DiscardedBecause { get; init; }

    /// <summary>Of a part: how many bytes came; the first 64 KiB of them are kept.</summary>
    public int? Length { get; init; }

    /// <summary>Of a comment: its words, author and link as they stand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ParkedComment? Comment { get; init; }

    /// <summary>Of a part or a fetch: its bytes, as text or in base64.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>Whether <see cref="Message"/> is base64, since the bytes are no UTF-8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? MessageIsBase64 { get; init; }

    public static ParkedView Of(ParkedItem item) => new()
    {
        Id = item.Id,
        Kind = item.Kind,
        Platform = item.Platform.ToString(),
        CommentId = item.CommentId,
        OutcomeId = item.CommentId is { } comment ? new OutcomeId(item.FirstReceivedAt, new CommentKey(item.Platform, comment)).ToString() : null,
        Source = item.Source,
        FirstReceivedAt = item.FirstReceivedAt,
        ParkedAt = item.ParkedAt,
        Reason = item.Reason,
        State = item.State,
        ReplayedAt = item.ReplayedAt,
        ReplayedBy = item.ReplayedBy,
        DiscardedAt = item.DiscardedAt,
        DiscardedBy = item.DiscardedBy,
        DiscardedBecause = item.DiscardedBecause,
        Length = item.Length,
    };

    public static ParkedView Of(ParkedWhole whole)
    {
        var (message, isBase64) = Show(whole.Message);
        return Of(whole.Item) with
        {
            Comment = whole.Comment is { } c ? new ParkedComment(c.Text, c.Author, c.Permalink, c.Channel, c.ThreadId, c.CreatedAt, c.Revision, c.Removed, c.TextExpired) : null,
            Message = message,
            MessageIsBase64 = isBase64,
        };
    }

    /// <summary>Bytes as text if they are UTF-8, else in base64; nothing of what is not kept any more.</summary>
    internal static (string? Message, bool? IsBase64) Show(byte[]? bytes)
    {
        if (bytes is null)
            return (null, null);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? (Encoding.UTF8.GetString(bytes), false) : (Convert.ToBase64String(bytes), true);
    }
}

/// <summary>A parked comment's words, as they stand.</summary>
public sealed record ParkedComment(
    string Text, Author? Author, string? Permalink, string Channel, string? ThreadId, DateTimeOffset? CreatedAt, int Revision, bool Removed, bool TextExpired);

/// <summary>A page of parked things, by day, oldest first.</summary>
/// <param name="Items">May be fewer than asked for, even none, and still have a next page.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> with the same query for the next page; null at the end.</param>
public sealed record ParkedList(IReadOnlyList<ParkedView> Items, string? NextCursor);

/// <summary>What trying many again came to.</summary>
/// <param name="Replayed">How many were handed over once more.</param>
/// <param name="NotReplayed">The others, and why.</param>
/// <param name="Left">How many there are behind these: send the same again.</param>
public sealed record ReplayedAnswer(int Replayed, IReadOnlyList<NotReplayed> NotReplayed, int Left);

/// <summary>Something that was not tried again.</summary>
public sealed record NotReplayed(string Id, Replayed Because);
