using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moderato.Local.Demo;

/// <summary>Plays a platform that speaks to the community's own intake address: single comments and batches under an API key.</summary>
internal sealed class IntakeFeed(
    string platform, DemoScript script, RunTag run, DateTimeOffset now, DemoTarget target, Redelivery redelivery, Ledger ledger)
    : IDemoFeed
{
    private static readonly int[] BatchSizes = [1, 5, 1, 10];

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerOptions.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Dictionary<string, DemoComment> _comments =
        script.Comments.Where(c => c.Platform == platform).ToDictionary(c => c.Id, StringComparer.Ordinal);

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        foreach (var comments in Batches.Of(_comments.Values.OrderByDescending(c => c.AgeSeconds), BatchSizes))
        {
            var body = ToBytes([.. comments.Select(ItemOf)]);
            for (var times = script.DeliveriesOf(comments); times > 0; times--)
            {
                ledger.Deliver(await SendAsync(body, comments, cancellationToken));
            }
        }

        // Changes come last: a second version of a comment is one only where the first has arrived.
        foreach (var edit in script.Edits)
        {
            if (_comments.TryGetValue(edit.CommentId, out var comment))
                await SendAsync(ToBytes([Edited(comment, edit)]), [comment], cancellationToken);
        }

        foreach (var removal in script.Removals)
        {
            if (_comments.TryGetValue(removal.CommentId, out var comment))
                await SendAsync(ToBytes([Removed(comment, removal)]), [comment], cancellationToken);
        }
    }

    private static byte[] ToBytes(IntakeItem[] items) => items is [var only]
        ? JsonSerializer.SerializeToUtf8Bytes(only, Wire)
        : JsonSerializer.SerializeToUtf8Bytes(items, Wire);

    /// <returns>The comments that were taken; the ledger knows of the others.</returns>
    private async Task<SentKey[]> SendAsync(byte[] body, DemoComment[] comments, CancellationToken cancellationToken)
    {
        var answer = await redelivery.SendAsync(platform, () => Request(body), cancellationToken);
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
        {
            ledger.Refuse(comments.Select(run.KeyOf), $"the intake {answer}");
            return [];
        }

        var results = answer.Read<IntakeAnswer>(platform).Results;
        foreach (var rejected in results.Where(result => result.Status == "rejected"))
            ledger.Refuse([KeyOf(rejected)], $"rejected for {FieldsOf(rejected)}");
        return [.. results.Where(result => result.Status is "accepted" or "duplicate").Select(KeyOf)];
    }

    private SentKey KeyOf(IntakeResult result) => new(platform, result.Id ?? "");

    private static string FieldsOf(IntakeResult result) =>
        result.Errors is { Count: > 0 } errors ? string.Join(", ", errors.Select(error => error.Field)) : "no stated reason";

    private HttpRequestMessage Request(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, target.Comments) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", target.ApiKey);
        return request;
    }

    private IntakeItem ItemOf(DemoComment comment) => new()
    {
        Platform = platform,
        Id = run.IdOf(comment),
        Text = comment.Text,
        Author = comment.Author,
        Channel = comment.Channel,
        ThreadId = comment.ThreadId,
        ParentId = comment.ParentId is { } parent ? run.IdOf(_comments[parent]) : null,
        Permalink = $"https://{platform}.example/{comment.ThreadId}/{run.IdOf(comment)}",
        CreatedAt = Ago(comment.AgeSeconds),
    };

    private IntakeItem Edited(DemoComment comment, DemoEdit edit) =>
        ItemOf(comment) with { Text = edit.Text, EditedAt = Ago(edit.AgeSeconds) };

    private IntakeItem Removed(DemoComment comment, DemoRemoval removal) =>
        ItemOf(comment) with { Text = "", EditedAt = Ago(removal.AgeSeconds), Removed = true };

    private DateTimeOffset Ago(int seconds) => now - TimeSpan.FromSeconds(seconds);
}

/// <summary>One comment as <c>POST /api/communities/{community}/comments</c> takes it.</summary>
internal sealed record IntakeItem
{
    public required string Platform { get; init; }
    public required string Id { get; init; }
    public required string Text { get; init; }
    public required DemoAuthor Author { get; init; }
    public required string Channel { get; init; }
    public required string ThreadId { get; init; }
    public string? ParentId { get; init; }
    public required string Permalink { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public bool Removed { get; init; }
}

internal sealed record IntakeAnswer(IReadOnlyList<IntakeResult> Results);

/// <summary>What became of one item; <see cref="Status"/> is <c>accepted</c>, <c>duplicate</c> or <c>rejected</c>.</summary>
internal sealed record IntakeResult(string? Id, string Status, IReadOnlyList<IntakeError>? Errors);

internal sealed record IntakeError(string Field);
