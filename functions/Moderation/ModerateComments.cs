using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>
/// The corridor: takes a message of the queue <c>comments</c> and judges what it holds. Throwing leaves the message in the queue, to
/// be tried again and at last parked; judging anything twice changes nothing.
/// </summary>
public sealed partial class ModerateComments(Judge judge, IModerationStore store, ILogger<ModerateComments> logger)
{
    [Function("ModerateComments")]
    public async Task Run([QueueTrigger(QueueNames.Comments)] string message, CancellationToken cancellationToken)
    {
        var parsed = CommentsMessage.Parse(message);
        var comments = new List<Comment>(parsed.Items.Count);
        foreach (var item in parsed.Items)
        {
            if ((item.Comment ?? await store.FindCommentAsync(parsed.Community, item.Key, cancellationToken)) is { } comment)
                comments.Add(comment);
            else
                Log.Gone(logger, parsed.Community);
        }

        // A message may hold a comment twice after a sweep; the later version is the one that counts.
        var outcomes = await JudgeAsync([.. comments.GroupBy(c => c.Key).Select(g => g.MaxBy(c => c.Revision)!)], cancellationToken);
        Log.Judged(logger, parsed.Community, outcomes.Count);
    }

    private async Task<IReadOnlyList<Outcome>> JudgeAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken)
    {
        try
        {
            return await judge.JudgeAsync(comments, cancellationToken);
        }
        catch (Exception together) when (comments.Count > 1 && !cancellationToken.IsCancellationRequested)
        {
            // One comment that cannot be judged must not take its neighbours along into the dead letters.
            Log.OneByOne(logger, together, comments.Count);
        }

        var outcomes = new List<Outcome>();
        var failures = new List<Exception>();
        foreach (var comment in comments)
        {
            try
            {
                outcomes.AddRange(await judge.JudgeAsync([comment], cancellationToken));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }
        return failures.Count == 0 ? outcomes : throw new AggregateException($"{failures.Count} of {comments.Count} comments could not be judged.", failures);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Judged for {Community}: {Count}.")]
        public static partial void Judged(ILogger logger, CommunityId community, int count);

        [LoggerMessage(LogLevel.Information, "A comment of {Community} was erased before it was judged.")]
        public static partial void Gone(ILogger logger, CommunityId community);

        [LoggerMessage(LogLevel.Warning, "A message of {Count} comments failed as a whole; each is tried alone.")]
        public static partial void OneByOne(ILogger logger, Exception exception, int count);
    }
}
