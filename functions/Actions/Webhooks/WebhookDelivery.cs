using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Comments;

namespace Moderato.Actions.Webhooks;

/// <summary>How far a delivery has come.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its next try.</summary>
    Pending,
    Delivered,

    /// <summary>Every try failed, or the endpoint is gone. It can be sent again by hand.</summary>
    Failed,

    /// <summary>The endpoint was switched off when its turn came. It can be sent again by hand.</summary>
    Skipped,
}

/// <summary>One event on its way to one endpoint. The body holds ids and decisions, and no words of any comment.</summary>
public sealed record WebhookDelivery
{
    /// <summary>A conversation is named after who began it: its thread leads there too.</summary>
    private static readonly string[] Links = ["permalink", "threadId"];

    /// <summary>The same on every try, so that the receiver can tell repetitions: <c>msg_</c> and a hash. Holds no dot.</summary>
    public required string Id { get; init; }
    public required CommunityId Community { get; init; }
    public required string Endpoint { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>What the last try came to: <c>HTTP 500</c>, <c>no answer in time</c>.</summary>
    public string? LastResult { get; init; }
    public DateTimeOffset? LastTriedAt { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The comment that it links to; null if it links to none.</summary>
    public CommentKey? LinksTo() =>
        JsonNode.Parse(Body)?["data"] is JsonObject data && Links.Any(l => data[l] is not null) && OutcomeId.TryParse((string?)data["outcomeId"], out var outcome) ? outcome.Value.Key : null;

    /// <summary>The same without what leads to the comment's author.</summary>
    public WebhookDelivery WithoutLinks()
    {
        var body = JsonNode.Parse(Body)!;
        foreach (var link in Links)
            body["data"]![link] = null;
        return this with { Body = body.ToJsonString() };
    }

    public byte[] ToMessage() => JsonSerializer.SerializeToUtf8Bytes(
        new Wire("webhook", 1, Id, Community.ToString(), Endpoint, Type, Body, CreatedAt), JsonSerializerOptions.Web);

    /// <exception cref="FormatException">The message is none of version 1.</exception>
    public static WebhookDelivery Parse(string message) =>
        JsonSerializer.Deserialize<Wire>(message, JsonSerializerOptions.Web) is { Kind: "webhook", Version: 1 } wire
            ? new WebhookDelivery
            {
                Id = wire.Id,
                Community = CommunityId.Parse(wire.Community),
                Endpoint = wire.Endpoint,
                Type = wire.Type,
                Body = wire.Body,
                CreatedAt = wire.CreatedAt,
            }
            : throw new FormatException("The message is no 'webhook' of version 1.");

    private sealed record Wire(string Kind, int Version, string Id, string Community, string Endpoint, string Type, string Body, DateTimeOffset CreatedAt);
}
