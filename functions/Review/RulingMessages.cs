using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Review;

/// <summary>The queue's message: a whole decision. Wire format: JSON, <c>type</c> "ruling", <c>version</c> 1.</summary>
public static class RulingMessage
{
    public const string Type = "ruling";
    public const int Version = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Write(RulingRequest request) => JsonSerializer.SerializeToUtf8Bytes(
        new Wire(
            Type, Version, request.Community.ToString(), request.Outcome.ToString(), request.Id, request.Revision, request.By, request.At, request.Decision, request.Undoes,
            request.Reason, request.Strike, request.TrustAuthor, request.Labels.Count > 0 ? request.Labels : null, request.Route, request.Reply, request.ProposedBy),
        Options);

    /// <exception cref="FormatException">The message has another type or version, or is broken.</exception>
    public static RulingRequest Parse(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<Wire>(text, Options) is not { Type: Type, Version: Version } wire || wire.Id is null || wire.By is null || !OutcomeId.TryParse(wire.Outcome, out var outcome))
                throw new FormatException($"The message is no '{Type}' of version {Version}.");
            return new RulingRequest
            {
                Id = wire.Id,
                Community = CommunityId.Parse(wire.Community),
                Outcome = outcome.Value,
                Revision = wire.Revision,
                By = wire.By,
                At = wire.At,
                Decision = wire.Decision,
                Undoes = wire.Undoes,
                Reason = wire.Reason,
                Strike = wire.Strike,
                TrustAuthor = wire.TrustAuthor,
                Labels = wire.Labels ?? [],
                Route = wire.Route,
                Reply = wire.Reply,
                ProposedBy = wire.ProposedBy,
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
        string Type, int Version, string Community, string? Outcome, string? Id, int Revision, string? By, DateTimeOffset At, Decision? Decision, string? Undoes, string? Reason,
        bool Strike, bool TrustAuthor, IReadOnlyList<AuthorLabel>? Labels, Route? Route, string? Reply, string? ProposedBy);
}

/// <summary>Takes people's decisions from the queue <c>rulings</c>: whoever took them on may have been stopped before all was done.</summary>
public sealed class ApplyRulings(Rulings rulings)
{
    [Function("ApplyRulings")]
    public Task Run([QueueTrigger(QueueNames.Rulings)] string message, CancellationToken cancellationToken) =>
        rulings.CarryOutAsync(RulingMessage.Parse(message), cancellationToken);
}

/// <summary>The owner of the poison queue: a person's decision that failed every try waits for a person again, and is said in the log.</summary>
public sealed partial class ParkRulings(IReviewStore store, TimeProvider time, ILogger<ParkRulings> logger)
{
    [Function("ParkRulings")]
    public async Task Run([QueueTrigger(QueueNames.PoisonRulings)] string message, CancellationToken cancellationToken)
    {
        RulingRequest request;
        try
        {
            request = RulingMessage.Parse(message);
        }
        catch (FormatException)
        {
            Log.Unreadable(logger, message.Length); // nobody but this app writes there
            return;
        }
        // As a proposal, so that nothing of it has to be written again.
        var item = new ReviewItem(request.Outcome, request.Revision, ReviewCause.Proposed, time.GetUtcNow()) { Proposal = request.Undoes is null ? request : null };
        await store.AddAsync(request.Community, item, cancellationToken);
        Log.Parked(logger, request.Community);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A person's decision of {Community} failed every try and waits among the reviews.")]
        public static partial void Parked(ILogger logger, CommunityId community);

        [LoggerMessage(LogLevel.Error, "A person's decision of {Length} characters cannot be read.")]
        public static partial void Unreadable(ILogger logger, int length);
    }
}
