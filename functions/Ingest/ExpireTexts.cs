using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Ingest.Platforms;

namespace Moderato.Ingest;

/// <summary>What letting texts go asks of storage.</summary>
public interface IExpiryStore
{
    /// <summary>
    /// Lets go of the words of every comment of a platform that was received before a time, in comments, outcomes and dead letters; what
    /// was decided stays. Stopped at any point, the next call goes on.
    /// </summary>
    /// <returns>How many comments had words.</returns>
    Task<int> ExpireTextsAsync(CommunityId community, PlatformId platform, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>Every hour: lets go of words that a platform's terms no longer allow to be kept (LinkedIn: 48 hours).</summary>
public sealed partial class ExpireTexts(Communities communities, Sources sources, IExpiryStore store, TimeProvider time, ILogger<ExpireTexts> logger)
{
    /// <summary>The function runs every hour, and must not be late.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(2);

    [Function("ExpireTexts")]
    public Task Run([TimerTrigger("0 15 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        async community =>
        {
            foreach (var platform in sources.All.Where(s => s.Community == community.Id).Select(s => s.Platform).Distinct())
            {
                if (Connectors.Find(platform)?.TextLifetime is { } lifetime)
                    Log.Expired(logger, await store.ExpireTextsAsync(community.Id, platform, time.GetUtcNow() - lifetime + Margin, cancellationToken), platform, community.Id);
            }
        },
        (failure, community) => Log.Failed(logger, failure, community),
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The words of {Count} comments on {Platform} of {Community} were let go.")]
        public static partial void Expired(ILogger logger, int count, PlatformId platform, CommunityId community);

        [LoggerMessage(LogLevel.Error, "Words of {Community} that may be kept no longer could not be let go.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
