using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>
/// The owner of the poison queue: what failed every try is written down, comment by comment, and said in the log. A comment that got
/// its outcome after all is not parked. Delivered twice it writes the same rows.
/// </summary>
public sealed partial class ParkComments(IModerationStore store, IDeadLetterStore deadLetters, TimeProvider time, ILogger<ParkComments> logger)
{
    [Function("ParkComments")]
    public async Task Run([QueueTrigger(QueueNames.PoisonComments)] string message, FunctionContext context, CancellationToken cancellationToken)
    {
        CommentsMessage parsed;
        try
        {
            parsed = CommentsMessage.Parse(message);
        }
        catch (FormatException unreadable)
        {
            var id = context.BindingContext.BindingData.GetValueOrDefault("Id") as string ?? context.InvocationId;
            await deadLetters.ParkUnreadableAsync(id, message, time.GetUtcNow(), unreadable.Message, cancellationToken);
            Log.Unreadable(logger, id, message.Length);
            return;
        }

        var parked = 0;
        foreach (var item in parsed.Items)
        {
            var comment = item.Comment ?? await store.FindCommentAsync(parsed.Community, item.Key, cancellationToken);
            if (comment is null || (await store.FindOutcomeAsync(comment, cancellationToken))?.Outcome.Revision >= comment.Revision)
                continue;
            await deadLetters.ParkAsync(new DeadLetter(comment, time.GetUtcNow(), "It failed every try to judge it."), cancellationToken);
            parked++;
        }
        Log.Parked(logger, parsed.Community, parked, parsed.Items.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Parked} of {Count} comments of {Community} failed every try and are parked in deadletters.")]
        public static partial void Parked(ILogger logger, CommunityId community, int parked, int count);

        [LoggerMessage(LogLevel.Error, "Message {Id} of {Length} characters cannot be read and is parked in deadletters.")]
        public static partial void Unreadable(ILogger logger, string id, int length);
    }
}
