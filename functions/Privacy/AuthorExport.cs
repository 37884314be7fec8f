using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Privacy;

/// <summary>Everything held on an author as one JSON document, written comment by comment as it is read.</summary>
internal sealed class AuthorExport(CommunityId community, PlatformId platform, string author, IHeldStore store, DateTimeOffset now, string fileName) : IResult
{
    private static readonly JsonSerializerOptions Compact = new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellationToken) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";

        // Into the pipe: the serializer flushes its writer at once, and a server's stream takes nothing but asynchronously.
        await using var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = Compact.Encoder });
        json.WriteStartObject();
        json.WriteString("community", community.ToString());
        json.WriteString("platform", platform.ToString());
        json.WriteString("author", author);
        Write(json, "exportedAt", now);
        Write(json, "profile", await store.FindProfileAsync(community, platform, author, cancellationToken));
        json.WriteStartArray("comments");
        await foreach (var held in store.CommentsOfAsync(community, platform, author, cancellationToken))
        {
            JsonSerializer.Serialize(json, ExportedComment.Of(held), Compact);
            await response.BodyWriter.FlushAsync(cancellationToken);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, Compact);
    }
}

/// <summary>A comment as an export shows it. <see cref="DecidedText"/> is the text that was judged, where a newer one waits.</summary>
public sealed record ExportedComment
{
    public required string Id { get; init; }
    public required string OutcomeId { get; init; }
    public string? AuthorName { get; init; }
    public string? Source { get; init; }
    public required string Channel { get; init; }
    public string? ThreadId { get; init; }
    public string? ParentId { get; init; }
    public string? Permalink { get; init; }
    public DateTimeOffset? PostCreatedAt { get; init; }
    public required string Text { get; init; }
    public bool? TextExpired { get; init; }
    public string? DecidedText { get; init; }
    public int? Stars { get; init; }
    public required int Revision { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public required DateTimeOffset FirstReceivedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public OutcomeState State { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public Decision? Decision { get; init; }
    public Verdict? Verdict { get; init; }
    public Ruling? Ruling { get; init; }
    public Effect? Effect { get; init; }
    public Signals? Scores { get; init; }
    public required IReadOnlyList<OutcomeEvent> History { get; init; }
    public required IReadOnlyList<ExportedAction> Actions { get; init; }

    public static ExportedComment Of(HeldComment held)
    {
        var (comment, outcome) = (held.Comment, held.Outcome);
        return new ExportedComment
        {
            Id = comment.Key.Id,
            OutcomeId = Comments.OutcomeId.Of(comment).ToString(),
            AuthorName = comment.Author?.Name,
            Source = comment.Source,
            Channel = comment.Channel,
            ThreadId = comment.ThreadId,
            ParentId = comment.ParentId,
            Permalink = comment.Permalink,
            PostCreatedAt = comment.PostCreatedAt,
            Text = comment.Text,
            TextExpired = comment.TextExpired ? true : null,
            DecidedText = outcome is not null && outcome.Revision < comment.Revision ? outcome.Comment.Text : null,
            Stars = comment.Stars,
            Revision = comment.Revision,
            CreatedAt = comment.CreatedAt,
            EditedAt = comment.EditedAt,
            FirstReceivedAt = comment.FirstReceivedAt,
            ReceivedAt = comment.ReceivedAt,
            State = outcome?.State ?? OutcomeState.Waiting,
            DecidedAt = outcome?.DecidedAt,
            Decision = outcome?.Decision,
            Verdict = outcome?.Verdict,
            Ruling = outcome?.Ruling,
            Effect = outcome?.Effect,
            Scores = outcome?.Signals,
            History = outcome?.History ?? [],
            Actions = [.. held.Actions.Select(ExportedAction.Of)],
        };
    }
}

/// <summary>What was to be done about a comment, as an export shows it.</summary>
public sealed record ExportedAction(
    ActionKind Kind, ActionState State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, string? Text, string? Reason)
{
    public static ExportedAction Of(PlatformAction action) =>
        new(action.Kind, action.State, action.RequestedBy, action.RequestedAt, action.FinishedAt, action.Text, action.Reason);
}
