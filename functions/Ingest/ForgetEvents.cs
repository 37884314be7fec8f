using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>Every night: forgets which events were taken in more than 30 days ago. No platform sends anything again so late.</summary>
public sealed partial class ForgetEvents(Communities communities, IIntakeStore store, TimeProvider time, ILogger<ForgetEvents> logger)
{
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    [Function("ForgetEvents")]
    public Task Run([TimerTrigger("0 30 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        async community => Log.Forgotten(logger, await store.ForgetEventsAsync(community.Id, time.GetUtcNow() - Memory, cancellationToken), community.Id),
        (failure, community) => Log.Failed(logger, failure, community),
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Count} events of {Community} are older than 30 days and forgotten.")]
        public static partial void Forgotten(ILogger logger, int count, CommunityId community);

        [LoggerMessage(LogLevel.Error, "Old events of {Community} could not be forgotten.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
