namespace Moderato.Moderation;

/// <summary>A queue at one moment.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Messages">About how many messages are there, those being worked on included.</param>
/// <param name="OldestAt">When the oldest was put there that nobody works on; null if there is none, or it was not asked.</param>
public sealed record QueueMeasure(string Queue, int Messages, DateTimeOffset? OldestAt);

/// <summary>What the moderation room knows of queues.</summary>
public interface IQueueMeasures
{
    /// <summary>Every queue, in the order of <see cref="Comments.QueueNames.All"/>. Of the comments also how old the oldest is.</summary>
    Task<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken);
}
