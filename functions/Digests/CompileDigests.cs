using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Digests;

/// <summary>
/// Every hour: rebuilds the roll-ups of the last hours and of those that changed since, then compiles the digests that are due. Late, twice or after days of silence
/// it does the same.
/// </summary>
public sealed partial class CompileDigests(Communities communities, RollUp rollUp, DigestCompiler compiler, ILogger<CompileDigests> logger)
{
    [Function("CompileDigests")]
    public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        return communities.ForEachAsync(
            async community =>
            {
                await rollUp.CatchUpAsync(community.Id, cancellationToken);
                var compiled = await compiler.CompileDueAsync(community, cancellationToken);
                Meters.Digested(failed: false, compiled.Count);
                Log.Done(logger, community.Id, compiled.Count);
            },
            (failure, community) =>
            {
                Meters.Digested(failed: true);
                Log.Failed(logger, failure, community);
            },
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
