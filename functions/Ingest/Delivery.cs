using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest;

/// <summary>A comment on its way in.</summary>
/// <param name="Comment">The comment as this delivery has it.</param>
/// <param name="EventId">The platform's id of the event: one that was taken in before changes nothing. Null where there is none.</param>
public sealed record Arrival(Comment Comment, string? EventId = null);

/// <summary>A part of a delivery that cannot be read.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Reason">Why; carries nothing of what was sent.</param>
/// <param name="Bytes">The part as it came.</param>
/// <param name="ReceivedAt">When it came.</param>
public sealed record UnreadablePart(Source Source, string Reason, ReadOnlyMemory<byte> Bytes, DateTimeOffset ReceivedAt)
{
    /// <summary>It is a question of ours, a <see cref="Fetch"/>, that the platform did not answer: it can be asked again.</summary>
    public bool IsQuestion { get; init; }
}

/// <summary>What a connector read of one comment. What is too long for its field is shortened or left out when it is taken.</summary>
public sealed record Reading
{
    /// <summary>The platform's id; without one there is no comment.</summary>
    public string? Id { get; init; }

    /// <inheritdoc cref="Comment.Channel"/>
    public string? Channel { get; init; }
    public string? ThreadId { get; init; }
    public string? ParentId { get; init; }
    public string? Permalink { get; init; }

    /// <inheritdoc cref="Comment.PostCreatedAt"/>
    public DateTimeOffset? PostCreatedAt { get; init; }
    public string? AuthorId { get; init; }
    public string? AuthorName { get; init; }

    /// <summary>Plain text; null for a picture, a sticker or a removed comment.</summary>
    public string? Text { get; init; }
    public int? Stars { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public bool Removed { get; init; }
    public string? EventId { get; init; }
}

/// <summary>What a delivery turned out to hold.</summary>
public sealed class Delivery(Source source, Sources sources, DateTimeOffset now)
{
    private readonly List<Arrival> _arrivals = [];
    private readonly List<string> _ignored = [];
    private readonly List<UnreadablePart> _unreadable = [];
    private readonly List<string> _toFetch = [];

    /// <summary>The source whose address was called and whose secret signed.</summary>
    public Source Source => source;

    public DateTimeOffset Now => now;

    /// <summary>The comments, in their order.</summary>
    public IReadOnlyList<Arrival> Arrivals => _arrivals;

    /// <summary>For everything that is no comment of others: why it is ignored.</summary>
    public IReadOnlyList<string> Ignored => _ignored;

    public IReadOnlyList<UnreadablePart> Unreadable => _unreadable;

    /// <summary>Ids of comments of which only the id was sent.</summary>
    public IReadOnlyList<string> ToFetch => _toFetch;

    /// <summary>What the platform wants to hear. Null: 200 without a body.</summary>
    public IResult? Answer { get; set; }

    public void Ignore(string reason) => _ignored.Add(reason);

    public void FetchLater(string id) => _toFetch.Add(id);

    public void Park(string reason, JsonElement part) => Park(reason, JsonSerializer.SerializeToUtf8Bytes(part));

    public void Park(string reason, ReadOnlyMemory<byte> part) => _unreadable.Add(new UnreadablePart(source, reason, part, now));

    /// <summary>
    /// The source that an account's events belong to. Platforms send the events of all accounts of one app to one address: an account
    /// that another source with the same secret names is that source's, everything else is the addressed one's, unless it names an
    /// account itself.
    /// </summary>
    /// <returns>Null if the event is for an account that no source names; it is then noted as ignored.</returns>
    public Source? Route(string? account)
    {
        if (account is null || account == source.Account)
            return source;
        if (sources.FindAccount(account, source) is { } other)
            return other;
        if (source.Account is null)
            return source;
        Ignore("an account that no source names");
        return null;
    }

    /// <summary>Takes a comment in that was read and checked already.</summary>
    public void Take(Comment comment, string? eventId) =>
        _arrivals.Add(new Arrival(comment with { Source = comment.Source ?? source.ToString() }, OrNull(eventId, CommentLimits.Id)));

    /// <summary>Takes a comment in.</summary>
    /// <param name="to">The source it belongs to.</param>
    /// <param name="platform">Its platform.</param>
    /// <param name="part">The part of the delivery it was read from, to be parked if it has no id.</param>
    /// <param name="reading">What was read.</param>
    public void Take(Source to, PlatformId platform, JsonElement part, Reading reading)
    {
        if (reading.Id is not { Length: > 0 and <= CommentLimits.Id } id)
        {
            Park("a comment without a readable id", part);
            return;
        }

        var comment = new Comment
        {
            Community = to.Community,
            Key = new CommentKey(platform, id),
            Source = to.ToString(),
            Channel = reading.Channel is { Length: > 0 and <= CommentLimits.Channel } channel ? channel : platform.ToString(),
            ThreadId = OrNull(reading.ThreadId, CommentLimits.Id),
            ParentId = OrNull(reading.ParentId, CommentLimits.Id),
            Permalink = OrNull(reading.Permalink, CommentLimits.Permalink) is { } link && WebAddress.IsValid(link) ? link : null,
            PostCreatedAt = reading.PostCreatedAt,
            Author = OrNull(reading.AuthorId, CommentLimits.Id) is { } author ? new Author(author, Shorten(reading.AuthorName, CommentLimits.Name)) : null,
            Text = Shorten(PlainText.Clean(reading.Text ?? ""), CommentLimits.Text)!,
            Stars = reading.Stars is >= 1 and <= 5 ? reading.Stars : null,
            CreatedAt = reading.CreatedAt,
            EditedAt = reading.EditedAt,
            FirstReceivedAt = now,
            ReceivedAt = now,
        };
        Take(reading.Removed ? comment.AsTombstone() : comment, reading.EventId);
    }

    /// <summary>The objects of a list; whatever else is in it is parked.</summary>
    public IEnumerable<JsonElement> Objects(JsonElement from, string field)
    {
        foreach (var element in from.List(field))
        {
            if (element.IsObject())
                yield return element;
            else
                Park("an element that is no object", element);
        }
    }

    private static string? OrNull(string? text, int longest) => text?.Length <= longest && text.Length > 0 ? text : null;

    /// <summary>Half a surrogate pair at the cut becomes U+FFFD, so that the text that is kept equals the one that is redelivered.</summary>
    private static string? Shorten(string? text, int longest) => text is null || text.Length <= longest ? text : PlainText.Clean(text[..longest]);
}
