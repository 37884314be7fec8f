using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Policy;

/// <summary>Replays over HTTP: asking for one, and how far it has come.</summary>
public sealed class ReplayFunctions(IReplayStore store, Policies policies, ApiKeys keys, TimeProvider time)
{
    /// <summary>How many replays of a community are kept.</summary>
    public const int MostKept = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary><c>POST …/policy/replay</c>: <c>policy</c>, a draft, else the one in force; <c>from</c>, <c>to</c>: first receipt. Default: the last 30 days.</summary>
    [Function("PostReplay")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/policy/replay")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"policy\": \"…\", \"from\": \"2026-01-01T00:00:00Z\"}", cancellationToken);
        if (body is null)
            return unreadable!;
        var (replay, errors) = await ReadAsync(admitted, body.Value, request, cancellationToken);
        if (replay is null)
            return Problem.Invalid(errors);
        // Stopped between the two, the caller got no answer and asks again.
        await store.AddAsync(replay, cancellationToken);
        await store.EnqueueAsync(admitted.Id, replay.Id, 0, cancellationToken);
        await store.KeepNewestAsync(admitted.Id, MostKept, cancellationToken);
        request.HttpContext.Response.Headers.Location = $"/api/communities/{admitted.Id}/policy/replays/{replay.Id}";
        return Answer.Json(ReplayView.Of(replay), StatusCodes.Status202Accepted);
    }

    [Function("GetReplay")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/policy/replays/{id}")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        return await store.FindAsync(admitted.Id, id, cancellationToken) is { Replay: var replay }
            ? Answer.Json(ReplayView.Of(replay))
            : Problem.NotFound($"There is no such replay; the last {MostKept} are kept.");
    }

    private async Task<(Replay? Replay, IReadOnlyList<FieldError> Errors)> ReadAsync(Community community, JsonElement body, HttpRequest request, CancellationToken cancellationToken)
    {
        var (now, errors) = (time.GetUtcNow(), new List<FieldError>());
        var to = Time(body, "to", now, errors);
        var from = Time(body, "from", to - TimeSpan.FromDays(30), errors);
        if (errors.Count == 0 && (from >= to || to - from > Longest))
            errors.Add(new FieldError("from", $"'from' must be before 'to', by at most {Longest.TotalDays} days."));
        var draft = body.Text("policy") ?? (await policies.InForceAsync(community.Id, cancellationToken)).Documents.GetValueOrDefault(DocumentKinds.Policy)?.Content ?? BuiltInPolicy.Text;
        var reading = await policies.CheckAsync(community, draft, cancellationToken);
        errors.AddRange(ProblemView.ErrorsOf(reading.Problems, request, community, "policy"));
        if (errors.Count > 0)
            return (null, errors);
        return (new Replay
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            Community = community.Id,
            Draft = draft,
            From = from,
            To = to,
            AskedAt = now,
            Result = new ReplayResult(),
        }, errors);
    }

    private static DateTimeOffset Time(JsonElement body, string field, DateTimeOffset otherwise, List<FieldError> errors)
    {
        if (!body.Has(field))
            return otherwise;
        if (DateTimeOffset.TryParse(body.Text(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        errors.Add(new FieldError(field, $"'{field}' must be a time such as 2026-03-01T00:00:00Z."));
        return otherwise;
    }
}

/// <summary>A replay as the HTTP interface shows it.</summary>
public sealed record ReplayView(
    string Id, ReplayState State, double Progress, string? Reason, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AskedAt, DateTimeOffset? FinishedAt,
    int Compared, int NotComparable, int Changed, IReadOnlyDictionary<string, int> Transitions, IReadOnlyList<RuleView> Rules, IReadOnlyDictionary<string, int> Shadows,
    WithheldView WithheldBefore, WithheldView WithheldAfter, IReadOnlyList<ReplayChange> Changes)
{
    public static ReplayView Of(Replay replay) => new(
        replay.Id, replay.State, Math.Round(replay.Progress, 3), replay.Reason, replay.From, replay.To, replay.AskedAt, replay.FinishedAt,
        replay.Result.Compared, replay.Result.NotComparable, replay.Result.Changed, replay.Result.Transitions,
        [.. replay.Result.Rules.OrderByDescending(r => r.Value.Changed).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => new RuleView(r.Key, r.Value.Decided, r.Value.Changed))],
        replay.Result.Shadows, WithheldView.Of(replay.Result.Before), WithheldView.Of(replay.Result.After), replay.Result.Changes);
}

/// <param name="Rule">Its id.</param>
/// <param name="Decided">How many comments it decided.</param>
/// <param name="Changed">For how many of them anything would change.</param>
public sealed record RuleView(string Rule, int Decided, int Changed);

/// <param name="Comments">How many were hidden, held or deleted.</param>
/// <param name="FairCriticism">How many of them were criticism rather than abuse.</param>
/// <param name="Share">Their share, 0 to 1.</param>
public sealed record WithheldView(int Comments, int FairCriticism, double Share)
{
    public static WithheldView Of(WithheldCount count) => new(count.Comments, count.FairCriticism, Math.Round(count.Share, 4));
}
