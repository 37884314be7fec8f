using System.Text.Json;
using System.Text.Json.Serialization;
using Moderato.Comments;

namespace Moderato.Actions;

/// <summary>The queue's message: a whole action. Wire format: JSON, <c>type</c> "action", <c>version</c> 1.</summary>
public static class ActionMessage
{
    public const string Type = "action";
    public const int Version = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Write(PlatformAction action) => JsonSerializer.SerializeToUtf8Bytes(
        new Wire(
            Type, Version, action.Community.ToString(), action.Key.Platform.ToString(), action.Key.Id, action.Id, action.Kind, action.Revision, action.RequestedBy,
            action.RequestedAt, action.Text, action.Undoes),
        Options);

    /// <exception cref="FormatException">The message has another type or version, or is broken.</exception>
    public static PlatformAction Parse(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<Wire>(text, Options) is not { Type: Type, Version: Version } wire || wire.Comment is null || wire.Id is null || wire.RequestedBy is null)
                throw new FormatException($"The message is no '{Type}' of version {Version}.");
            return new PlatformAction
            {
                Id = wire.Id,
                Community = CommunityId.Parse(wire.Community),
                Key = new CommentKey(PlatformId.Parse(wire.Platform), wire.Comment),
                Kind = wire.Kind,
                Revision = wire.Revision,
                RequestedBy = wire.RequestedBy,
                RequestedAt = wire.RequestedAt,
                Text = wire.Text,
                Undoes = wire.Undoes,
            };
        }
        catch (JsonException)
        {
#pragma warning disable MA0054 // The parser's message may quote the text, and with it somebody's words: it is left behind.
            throw new FormatException($"The message is not valid JSON of type '{Type}'.");
#pragma warning restore MA0054
        }
    }

    private sealed record Wire(
        string Type, int Version, string Community, string Platform, string? Comment, string? Id, ActionKind Kind, int Revision, string? RequestedBy,
        DateTimeOffset RequestedAt, string? Text, string? Undoes);
}
