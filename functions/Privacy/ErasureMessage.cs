using System.Text.Json;
using Moderato.Comments;

namespace Moderato.Privacy;

/// <summary>
/// A message of the queue <c>erasures</c>: the next piece of an erasure. It holds all that is needed to begin, so that an erasure whose
/// receipt was not written yet is done all the same. Wire format: JSON, <c>type</c> "erasure", <c>version</c> 1.
/// </summary>
public sealed record ErasureMessage(
    string Community, string Id, string Platform, string Author, string Pseudonym, string By, string Reason, DateTimeOffset AskedAt, int Step)
{
    private const string Kind = "erasure";

    public string Type { get; init; } = Kind;
    public int Version { get; init; } = 1;

    public Erasure ToReceipt() => new() { Id = Id, Community = CommunityId.Parse(Community), Author = Pseudonym, By = By, Reason = Reason, StartedAt = AskedAt };

    public ErasureSubject ToSubject() => new(Id, CommunityId.Parse(Community), PlatformId.Parse(Platform), Author, AskedAt);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <exception cref="FormatException">The message has another type or version, or is broken.</exception>
    public static ErasureMessage Parse(string message)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureMessage>(message, JsonSerializerOptions.Web) is
            { Type: Kind, Version: 1, Community: not null, Id: not null, Platform: not null, Author: not null, Pseudonym: not null, By: not null, Reason: not null } parsed
                ? parsed
                : throw new FormatException($"The message is no '{Kind}' of version 1.");
        }
        catch (JsonException)
        {
#pragma warning disable MA0054 // The parser's message may quote the text, and with it an author's id: it is left behind.
            throw new FormatException($"The message is not valid JSON of type '{Kind}'.");
#pragma warning restore MA0054
        }
    }
}
