using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>Runs the sweep for every community, every two minutes.</summary>
public sealed partial class SweepComments(Sweep sweep, Communities communities, ILogger<SweepComments> logger)
{
    [Function("SweepComments")]
    public Task Run([TimerTrigger("0 */2 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        community => sweep.RunAsync(community.Id, cancellationToken),
        (failure, community) => Log.Failed(logger, failure, community),
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The sweep failed for {Community}.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
