using Azure.Storage.Queues;
using Moderato.Comments;

namespace Moderato.Storage;

/// <summary>The queue between intake and moderation.</summary>
public sealed class CommentsQueue(StorageConnection connection)
{
    private readonly QueueClient _queue = connection.CommentsQueue;

    public async Task EnqueueAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken)
    {
        foreach (var community in comments.GroupBy(c => c.Community))
        {
            foreach (var message in CommentsMessage.Pack(community.Key, community))
                await _queue.KeepAsync(message, delay: null, cancellationToken);
        }
    }

    /// <summary>About how many messages are there, those being worked on included.</summary>
    public async Task<int> LengthAsync(CancellationToken cancellationToken) =>
        (await _queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
}
