using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>Runs the sweep for every community, every two minutes. One community's trouble does not stop the others.</summary>
public sealed partial class SweepComments(Sweep sweep, Communities communities, ILogger<SweepComments> logger)
{
    [Function("SweepComments")]
    public async Task Run([TimerTrigger("0 */2 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var community in communities.All)
        {
            try
            {
                await sweep.RunAsync(community.Id, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, failure, community.Id);
                failures.Add(failure);
            }
        }
        if (failures.Count > 0)
            throw new AggregateException($"The sweep failed for {failures.Count} of {communities.All.Count} communities.", failures);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The sweep failed for {Community}.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
