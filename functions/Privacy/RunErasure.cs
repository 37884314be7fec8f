using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Privacy;

/// <summary>Takes the pieces of erasures from the queue <c>erasures</c>.</summary>
public sealed partial class RunErasure(Erasures erasures, ILogger<RunErasure> logger)
{
    [Function("RunErasure")]
    public async Task Run([QueueTrigger(QueueNames.Erasures)] string message, CancellationToken cancellationToken)
    {
        if (await erasures.DoAsync(ErasureMessage.Parse(message), cancellationToken) is { } finished)
            Log.Done(logger, finished.Id, finished.Community, finished.Erased.Values.Sum());
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Erasure {Id} of {Community} is done: {Count} rows.")]
        public static partial void Done(ILogger logger, string id, CommunityId community, int count);
    }
}

/// <summary>The owner of the poison queue: says in the receipt that it failed.</summary>
public sealed partial class ParkErasures(Erasures erasures, ILogger<ParkErasures> logger)
{
    [Function("ParkErasures")]
    public async Task Run([QueueTrigger(QueueNames.PoisonErasures)] string message, CancellationToken cancellationToken)
    {
        ErasureMessage failed;
        try
        {
            failed = ErasureMessage.Parse(message);
        }
        catch (FormatException)
        {
            Log.Unreadable(logger, message.Length); // nobody but this app writes there
            return;
        }
        await erasures.FailAsync(failed, cancellationToken);
        Log.Failed(logger, failed.Id, failed.Community);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Erasure {Id} of {Community} failed every try; ask for it again.")]
        public static partial void Failed(ILogger logger, string id, string community);

        [LoggerMessage(LogLevel.Error, "A message of {Length} characters is no erasure.")]
        public static partial void Unreadable(ILogger logger, int length);
    }
}
