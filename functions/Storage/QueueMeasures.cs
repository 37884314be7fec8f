using Moderato.Comments;
using Moderato.Moderation;

namespace Moderato.Storage;

/// <summary>How long queues are: one request a queue, and one more for the comments' oldest.</summary>
public sealed class QueueMeasures(StorageConnection connection) : IQueueMeasures
{
    public async Task<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(QueueNames.All.Select(name => MeasureAsync(name, cancellationToken)));

    private async Task<QueueMeasure> MeasureAsync(string name, CancellationToken cancellationToken)
    {
        var queue = connection.Queues.GetQueueClient(name);
        var messages = (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        // Elsewhere an age would say nothing: messages lie there with a delay of their own.
        var oldest = name == QueueNames.Comments && messages > 0 ? (await queue.PeekMessagesAsync(1, cancellationToken)).Value.FirstOrDefault() : null;
        return new QueueMeasure(name, messages, oldest?.InsertedOn);
    }
}
