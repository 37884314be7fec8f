using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest;

/// <summary>
/// <c>POST /api/communities/{community}/comments</c>: one comment, or a JSON array of up to 1,000. Every element has its own result,
/// so that a bad one never fails its neighbours. Sending the same again is always safe.
/// </summary>
public sealed partial class PostComments(Intake intake, ApiKeys keys, TimeProvider time, ILogger<PostComments> logger)
{
    public const int LargestBatch = 1_000;

    [Function("PostComments")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/comments")] HttpRequest request,
        string community,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Ingest, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (bytes, unreadable) = await RequestBody.ReadJsonAsync(request, cancellationToken);
        if (unreadable is not null)
            return unreadable;

        JsonDocument body;
        try
        {
            body = JsonText.Parse(bytes);
        }
        catch (JsonException broken)
        {
            return Problem.Invalid("body", $"The body is not valid JSON in UTF-8 (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}).");
        }
        using (body)
            return await ReceiveAsync(body.RootElement, admitted.Id, cancellationToken);
    }

    private async Task<IResult> ReceiveAsync(JsonElement root, CommunityId community, CancellationToken cancellationToken)
    {
        var isBatch = root.ValueKind == JsonValueKind.Array;
        if (isBatch && root.GetArrayLength() is 0 or > LargestBatch)
            return Problem.Invalid("body", $"A batch has 1 to {LargestBatch} comments.");

        var now = time.GetUtcNow();
        var read = (isBatch ? root.EnumerateArray().AsEnumerable() : [root]).Select(e => CommentReader.Read(e, community, now)).ToList();
        if (!isBatch && read[0].Comment is null)
            return Problem.Invalid(read[0].Errors);

        var receipts = new Queue<Receipt>(await intake.ReceiveAsync([.. read.Select(r => r.Comment).OfType<Comment>().Select(c => new Arrival(c))], cancellationToken));
        var results = read.Select((r, index) => r.Comment is null ? ItemResult.Rejected(index, r.Errors) : ItemResult.Of(index, receipts.Dequeue())).ToList();
        var answer = new BatchAnswer(
            results.Count(r => r.Status == ItemStatus.Accepted),
            results.Count(r => r.Status == ItemStatus.Duplicate),
            results.Count(r => r.Status == ItemStatus.Rejected),
            results);
        Log.Received(logger, community, answer.Accepted, answer.Duplicate, answer.Rejected);
        return Answer.Json(answer, answer.Accepted > 0 ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Comments for {Community}: {Accepted} accepted, {Duplicate} duplicates, {Rejected} rejected.")]
        public static partial void Received(ILogger logger, CommunityId community, int accepted, int duplicate, int rejected);
    }
}

/// <summary>What became of one element of a batch.</summary>
public enum ItemStatus
{
    Accepted,
    Duplicate,
    Rejected,
}

/// <summary>The answer to a post of comments.</summary>
public sealed record BatchAnswer(int Accepted, int Duplicate, int Rejected, IReadOnlyList<ItemResult> Results);

/// <summary>The result of one element, by its place in the batch.</summary>
public sealed record ItemResult
{
    public required int Index { get; init; }
    public required ItemStatus Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Platform { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Where the outcome will be: <c>GET .../outcomes/{outcomeId}</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OutcomeId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    public static ItemResult Rejected(int index, IReadOnlyList<FieldError> errors) => new() { Index = index, Status = ItemStatus.Rejected, Errors = errors };

    public static ItemResult Of(int index, Receipt receipt) => new()
    {
        Index = index,
        Status = receipt.Status == ReceiptStatus.Accepted ? ItemStatus.Accepted : ItemStatus.Duplicate,
        Platform = receipt.Comment.Key.Platform.ToString(),
        Id = receipt.Comment.Key.Id,
        OutcomeId = Comments.OutcomeId.Of(receipt.Comment).ToString(),
    };
}
