using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>
/// Every hour: rebuilds the roll-ups of the last hours, then compiles the digests that are due. Late, twice or after days of silence
/// it does the same.
/// </summary>
public sealed partial class CompileDigests(Communities communities, RollUp rollUp, DigestCompiler compiler, TimeProvider time, ILogger<CompileDigests> logger)
{
    /// <summary>How far back the hourly run rebuilds: comments judged late still get into their hour.</summary>
    private const int HoursBack = 3;

    [Function("CompileDigests")]
    public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var thisHour = RollUp.HourOf(time.GetUtcNow());
        return communities.ForEachAsync(
            async community =>
            {
                await rollUp.RebuildAsync(community.Id, thisHour.AddHours(-HoursBack), thisHour, cancellationToken);
                var compiled = await compiler.CompileDueAsync(community, cancellationToken);
                Log.Done(logger, community.Id, compiled.Count);
            },
            (failure, community) => Log.Failed(logger, failure, community),
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Hours of {Community} are rolled up; {Count} digests were due.")]
        public static partial void Done(ILogger logger, CommunityId community, int count);

        [LoggerMessage(LogLevel.Error, "Roll-up or digest failed for {Community}.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
