using System.Text.Json;
using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>A message of the queue <c>replays</c>: the next piece of a replay.</summary>
public sealed record ReplayMessage(string Community, string Id, int Step)
{
    /// <exception cref="FormatException">It is no such message.</exception>
    public static ReplayMessage Parse(string message)
    {
        try
        {
            return JsonSerializer.Deserialize<ReplayMessage>(message, JsonSerializerOptions.Web) is { Community: not null, Id: not null } parsed
                ? parsed
                : throw new FormatException("A replay's message needs a community and an id.");
        }
        catch (JsonException broken)
        {
            throw new FormatException("A replay's message is no JSON.", broken);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);
}

/// <summary>
/// Does a replay piece by piece, so that none takes long. The piece is saved before the next one is handed over; a message that comes
/// twice finds its piece done, and hands the next one over again in case nobody did.
/// </summary>
public sealed partial class RunReplay(IReplayStore store, Policies policies, Communities communities, TimeProvider time, ILogger<RunReplay> logger)
{
    /// <summary>How many outcomes are a piece.</summary>
    private const int Piece = 5_000;
    private const int TextsAtOnce = 16;

    [Function("RunReplay")]
    public async Task Run([QueueTrigger(QueueNames.Replays)] string message, CancellationToken cancellationToken)
    {
        var (community, id, step) = ReplayMessage.Parse(message);
        if (!CommunityId.TryParse(community, out var of) || communities.Find(of) is not { } known || await store.FindAsync(of, id, cancellationToken) is not { } standing)
        {
            Log.Gone(logger, id);
            return;
        }
        var replay = standing.Replay;
        if (replay.State != ReplayState.Running || step > replay.Step || step < replay.Step - 1)
            return;
        if (step == replay.Step - 1)
        {
            await store.EnqueueAsync(of, id, replay.Step, cancellationToken);
            return;
        }
        var next = await DoPieceAsync(replay, known, cancellationToken);
        if (!await store.ReplaceAsync(standing, next, cancellationToken))
            return; // another message of the same piece was faster, and goes on
        if (next.State == ReplayState.Running)
            await store.EnqueueAsync(of, id, next.Step, cancellationToken);
        else
            Log.Done(logger, id, of, next.Result.Compared, next.Result.Changed);
    }

    private async Task<Replay> DoPieceAsync(Replay replay, Community community, CancellationToken cancellationToken)
    {
        var reading = await policies.CheckAsync(community, replay.Draft, cancellationToken);
        if (reading.Policy is not { } draft)
            return replay with { State = ReplayState.Failed, Reason = "The draft has errors by now: a paragraph of the guidelines that it cites is gone.", FinishedAt = time.GetUtcNow() };

        var replaying = new Replaying(draft, community, replay.Result);
        var (outcomes, next) = await store.PageAsync(replay.Community, replay.From, replay.To, replay.Cursor, Piece, cancellationToken);
        if (draft.AsksForSurroundings && outcomes.Count > 0)
            await WarmUpAsync(replaying, replay, outcomes[0].Comment.FirstReceivedAt, cancellationToken);
        foreach (var chunk in outcomes.Chunk(TextsAtOnce))
        {
            var whole = await Task.WhenAll(chunk.Select(o => draft.AsksForWords && Replaying.NeedsWholeText(o)
                ? store.FindCommentAsync(replay.Community, o.Key, cancellationToken)
                : Task.FromResult<Comment?>(null)));
            for (var i = 0; i < chunk.Length; i++)
                replaying.Add(chunk[i], whole[i]);
        }
        return replay with
        {
            Step = replay.Step + 1,
            Cursor = next,
            ReadThrough = outcomes.Count > 0 ? outcomes[^1].Comment.FirstReceivedAt : replay.ReadThrough,
            Result = replaying.Result,
            State = next is null ? ReplayState.Done : ReplayState.Running,
            FinishedAt = next is null ? time.GetUtcNow() : null,
        };
    }

    /// <summary>The day before the piece, for rules that ask what goes on around a comment.</summary>
    private async Task WarmUpAsync(Replaying replaying, Replay replay, DateTimeOffset before, CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            (var outcomes, after) = await store.PageAsync(replay.Community, before - PassingComments.Reach, before, after, Piece, cancellationToken);
            foreach (var outcome in outcomes)
            {
                if (outcome is { Removed: false, Signals: { } signals })
                    replaying.Passing.Add(Passing.Of(outcome.Comment, signals));
            }
        }
        while (after is not null);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Replay {Id} of {Community} is done: {Compared} comments, {Changed} would change.")]
        public static partial void Done(ILogger logger, string id, CommunityId community, int compared, int changed);

        [LoggerMessage(LogLevel.Warning, "Replay {Id} is no longer there.")]
        public static partial void Gone(ILogger logger, string id);
    }
}

/// <summary>The owner of the poison queue: says in the replay that it failed.</summary>
public sealed partial class ParkReplays(IReplayStore store, TimeProvider time, ILogger<ParkReplays> logger)
{
    private const int MaxConflicts = 8;

    [Function("ParkReplays")]
    public async Task Run([QueueTrigger(QueueNames.PoisonReplays)] string message, CancellationToken cancellationToken)
    {
        var (community, id, _) = ReplayMessage.Parse(message);
        for (var attempt = 0; attempt < MaxConflicts && CommunityId.TryParse(community, out var of); attempt++)
        {
            if (await store.FindAsync(of, id, cancellationToken) is not { Replay.State: ReplayState.Running } standing)
                return;
            if (await store.ReplaceAsync(standing, standing.Replay with { State = ReplayState.Failed, Reason = "It failed every try.", FinishedAt = time.GetUtcNow() }, cancellationToken))
                break;
        }
        Log.Failed(logger, id, community);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Replay {Id} of {Community} failed every try.")]
        public static partial void Failed(ILogger logger, string id, string community);
    }
}
