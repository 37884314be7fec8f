using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>A comment that could not be judged after every try, parked where a person sees it. Holds no text.</summary>
public sealed record DeadLetter(Comment Comment, DateTimeOffset ParkedAt, string Reason);

/// <summary>Where parked things lie.</summary>
public interface IDeadLetterStore
{
    /// <summary>Parks a comment. Parking it twice is parking it once.</summary>
    Task ParkAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Parks a message that nobody could read, whole, so that nothing is lost with it.</summary>
    Task ParkUnreadableAsync(string messageId, string message, DateTimeOffset parkedAt, string reason, CancellationToken cancellationToken);
}
