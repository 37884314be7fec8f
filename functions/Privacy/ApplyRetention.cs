using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Privacy;

/// <summary>What a run of retention came to.</summary>
/// <param name="Count">How many comments lost their words, or how many rows went.</param>
/// <param name="Done">Whether nothing is left for now; else the next run goes on.</param>
public sealed record RetentionPiece(int Count, bool Done);

/// <summary>What retention asks of storage. Every call may be stopped anywhere; the next one goes on.</summary>
public interface IRetentionStore
{
    /// <summary>Lets go of the words of comments that were received before a time, oldest first, about so many at most.</summary>
    Task<RetentionPiece> ExpireTextsAsync(CommunityId community, DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Deletes rows about comments that were first received before a day's beginning, and audit entries of months before another.</summary>
    Task<RetentionPiece> DeleteRowsAsync(CommunityId community, DateTimeOffset before, DateTimeOffset auditBefore, int most, CancellationToken cancellationToken);

    /// <summary>The same for what belongs to no community: whole messages that nobody could read, audit entries.</summary>
    Task DeleteOwnerlessAsync(DateTimeOffset unreadableBefore, DateTimeOffset auditBefore, CancellationToken cancellationToken);
}

/// <summary>
/// Every hour: lets go of words that are older than a community keeps them, and deletes rows that are older than it keeps anything. A run
/// does a bounded amount, so that it ends in time however much has come together; digests and hours keep their counts for ever.
/// </summary>
public sealed partial class ApplyRetention(Communities communities, IRetentionStore store, TimeProvider time, ILogger<ApplyRetention> logger)
{
    /// <summary>How many comments or rows a run does at most, more or less.</summary>
    public const int MostPerRun = 20_000;

    /// <summary>How long it is remembered who changed what.</summary>
    public const int AuditYears = 10;

    [Function("ApplyRetention")]
    public async Task Run([TimerTrigger("0 50 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var auditBefore = today.AddYears(-AuditYears);
        await communities.ForEachAsync(
            async community =>
            {
                var texts = await store.ExpireTextsAsync(community.Id, now.AddDays(-community.TextDays), MostPerRun, cancellationToken);
                var rows = await store.DeleteRowsAsync(community.Id, today.AddDays(-community.OutcomeDays), auditBefore, MostPerRun, cancellationToken);
                if (texts.Count > 0 || rows.Count > 0)
                    Log.Applied(logger, community.Id, texts.Count, rows.Count, texts.Done && rows.Done);
            },
            (failure, community) => Log.Failed(logger, failure, community),
            cancellationToken);
        // Nobody knows whose they are: the shortest time of all holds.
        await store.DeleteOwnerlessAsync(now.AddDays(-communities.All.Min(c => c.TextDays)), auditBefore, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Of {Community} the words of {Texts} comments and {Rows} rows were kept long enough and are gone; finished: {Done}.")]
        public static partial void Applied(ILogger logger, CommunityId community, int texts, int rows, bool done);

        [LoggerMessage(LogLevel.Error, "What {Community} keeps no longer could not be let go.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
