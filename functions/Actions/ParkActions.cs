using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Actions;

/// <summary>The owner of the poison queue of <c>actions</c>: what broke the app every time is failed in the comment's history.</summary>
public sealed partial class ParkActions(IActionStore store, TimeProvider time, ILogger<ParkActions> logger)
{
    [Function("ParkActions")]
    public async Task Run([QueueTrigger(QueueNames.PoisonActions)] string message, CancellationToken cancellationToken)
    {
        PlatformAction action;
        try
        {
            action = ActionMessage.Parse(message);
        }
        catch (FormatException)
        {
            Log.Unreadable(logger, message.Length); // nobody but this app writes there
            return;
        }
        var standing = await store.AddAsync(action, cancellationToken);
        if (standing.Action.IsFinal)
            return;
        var failed = standing.Action with { State = ActionState.Failed, Reason = "it broke every try", FinishedAt = time.GetUtcNow() };
        if (await store.ReplaceAsync(standing, failed, cancellationToken) is null)
            throw new InvalidOperationException("The action changed while it was parked.");
        Log.Parked(logger, action.Kind, action.Key.Platform, action.Community);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Kind} on {Platform} for {Community} broke every try and is failed.")]
        public static partial void Parked(ILogger logger, ActionKind kind, PlatformId platform, CommunityId community);

        [LoggerMessage(LogLevel.Error, "An action of {Length} characters cannot be read.")]
        public static partial void Unreadable(ILogger logger, int length);
    }
}
