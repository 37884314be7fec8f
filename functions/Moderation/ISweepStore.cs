using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>How far the sweep has come.</summary>
/// <param name="SettledThrough">Everything received until then is judged or parked.</param>
/// <param name="RequeuedThrough">What was received until then was handed to moderation again...</param>
/// <param name="RequeuedAt">... at this time.</param>
public sealed record SweepState(DateTimeOffset SettledThrough, DateTimeOffset RequeuedThrough, DateTimeOffset RequeuedAt)
{
    public static readonly SweepState Start = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}

/// <summary>What the sweep asks of storage.</summary>
public interface ISweepStore
{
    Task<SweepState> ReadStateAsync(CommunityId community, CancellationToken cancellationToken);

    Task SaveStateAsync(CommunityId community, SweepState state, CancellationToken cancellationToken);

    /// <summary>Receipts later than <paramref name="after"/> up to and including <paramref name="upTo"/>, in no order.</summary>
    IAsyncEnumerable<ReceiptNote> ReadReceiptsAsync(CommunityId community, DateTimeOffset after, DateTimeOffset upTo, CancellationToken cancellationToken);

    /// <summary>Those receipts whose revision, or a later one, is neither judged nor parked.</summary>
    Task<IReadOnlyList<ReceiptNote>> UnsettledAsync(CommunityId community, IReadOnlyList<ReceiptNote> receipts, CancellationToken cancellationToken);

    /// <summary>About how many messages wait for moderation, those being worked on included.</summary>
    Task<int> WaitingMessagesAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="IModerationStore.FindCommentAsync"/>
    Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken);

    Task EnqueueAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken);
}
