using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moderato.Local.Demo;

/// <summary>
/// A Page webhook of Meta, field <c>feed</c> (developers.facebook.com/docs/graph-api/webhooks/reference/page). Snake case, times in
/// Unix seconds, non-ASCII characters escaped: the signature is over exactly these bytes.
/// </summary>
internal sealed record FacebookBody(string Object, IReadOnlyList<FacebookEntry> Entry)
{
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Wire);
}

/// <summary>What happened on the page <see cref="Id"/>; <see cref="Time"/> is when Meta sends it.</summary>
internal sealed record FacebookEntry(string Id, long Time, IReadOnlyList<FacebookChange> Changes);

internal sealed record FacebookChange(string Field, FacebookValue Value);

internal sealed record FacebookValue
{
    public required string Item { get; init; }
    public required string Verb { get; init; }
    public string? CommentId { get; init; }
    public required string PostId { get; init; }

    /// <summary>The comment answered, or the post itself.</summary>
    public required string ParentId { get; init; }

    public DemoAuthor? From { get; init; }
    public string? ReactionType { get; init; }

    /// <summary>Absent when a comment is removed.</summary>
    public long? CreatedTime { get; init; }

    public long? EditedTime { get; init; }
    public string? Message { get; init; }
}
