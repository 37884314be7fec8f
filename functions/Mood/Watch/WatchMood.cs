using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>Every half minute: how it stands with each community.</summary>
public sealed partial class WatchMood(MoodWatch watch, Communities communities, ILogger<WatchMood> logger)
{
    [Function("WatchMood")]
    public Task Run([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        community => watch.RunAsync(community, cancellationToken),
        (failure, community) => Log.Failed(logger, failure, community),
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "It could not be looked how it stands with {Community}.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
