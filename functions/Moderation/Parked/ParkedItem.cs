using Moderato.Comments;

namespace Moderato.Moderation;

/// <summary>What lies parked.</summary>
public enum ParkedKind
{
    /// <summary>A comment that failed every try to judge it.</summary>
    Comment,

    /// <summary>A comment of which a platform sent only the id, and that could not be asked for.</summary>
    Fetch,

    /// <summary>A part of a platform's delivery that nobody could read.</summary>
    Part,
}

/// <summary>What became of something parked.</summary>
public enum ParkedState
{
    /// <summary>Nobody did anything about it yet, or it failed once more.</summary>
    Parked,

    /// <summary>It was tried once more.</summary>
    Replayed,

    /// <summary>It has its outcome by now.</summary>
    Settled,

    /// <summary>A person said that nothing is to be done.</summary>
    Discarded,
}

/// <summary>Something parked. Holds no words.</summary>
public sealed record ParkedItem
{
    /// <summary>Says where it lies, within its community.</summary>
    public required string Id { get; init; }
    public required ParkedKind Kind { get; init; }
    public required PlatformId Platform { get; init; }

    /// <summary>Of a comment: its id; of everything else: null.</summary>
    public string? CommentId { get; init; }

    /// <summary>Of a comment: the revision that could not be judged.</summary>
    public int? Revision { get; init; }

    /// <summary>The source that brought it; null for a comment.</summary>
    public string? Source { get; init; }
    public required DateTimeOffset FirstReceivedAt { get; init; }
    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>Why it is parked.</summary>
    public required string Reason { get; init; }
    public required ParkedState State { get; init; }

    /// <summary>When it was last tried again, and by whom.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }
    public string? ReplayedBy { get; init; }

    /// <summary>When, by whom and why it was discarded.</summary>
    public DateTimeOffset? DiscardedAt { get; init; }
    public string? DiscardedBy { get; init; }
    public string? DiscardedBecause { get; init; }

    /// <summary>Of a part: how many bytes came.</summary>
    public int? Length { get; init; }
}

/// <summary>Something parked, with what it is about: the comment as it stands, or the bytes of a part, which may be gone by now.</summary>
public sealed record ParkedWhole(ParkedItem Item, Comment? Comment, byte[]? Message);

/// <summary>Which parked things are asked for, by their first receipt.</summary>
public sealed record ParkedQuery(CommunityId Community, DateTimeOffset From, DateTimeOffset To, ParkedState? State, int Limit, string? After);

/// <summary>What became of a wish to try something again.</summary>
public enum Replayed
{
    Done,

    /// <summary>There is nothing under this id.</summary>
    Missing,

    /// <summary>It has its outcome already: nothing is to be done.</summary>
    Settled,

    /// <summary>Only a person can read it.</summary>
    Unreadable,

    /// <summary>What it was about is no longer kept.</summary>
    Gone,
}

/// <summary>A whole message that nobody could read. It belongs to no community.</summary>
public sealed record ParkedMessage(
    string Id, DateTimeOffset ParkedAt, string Reason, int Length, DateTimeOffset? DiscardedAt, string? DiscardedBy, string? DiscardedBecause);

/// <summary>What parked work asks of storage.</summary>
public interface IParkedStore
{
    /// <summary>By day, oldest first. A page may hold fewer than asked for, even none, and still have a next one.</summary>
    Task<(IReadOnlyList<ParkedItem> Items, string? Next)> QueryAsync(ParkedQuery query, CancellationToken cancellationToken);

    Task<ParkedWhole?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken);

    /// <summary>Hands something over once more, and writes that down. Twice is harmless.</summary>
    Task<Replayed> ReplayAsync(CommunityId community, string id, string by, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ids of what nobody did anything about and can be tried again, oldest first, and how many there are behind them.</summary>
    Task<(IReadOnlyList<string> Ids, int Left)> UntouchedAsync(CommunityId community, int most, CancellationToken cancellationToken);

    /// <summary>Writes down that nothing is to be done. What was discarded before stays as it was. False if there is no such thing.</summary>
    Task<bool> DiscardAsync(CommunityId community, string id, string by, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Whole messages, oldest first.</summary>
    Task<IReadOnlyList<ParkedMessage>> MessagesAsync(int most, CancellationToken cancellationToken);

    Task<(ParkedMessage Message, byte[]? Bytes)?> FindMessageAsync(string id, CancellationToken cancellationToken);

    /// <inheritdoc cref="DiscardAsync"/>
    Task<bool> DiscardMessageAsync(string id, string by, string reason, DateTimeOffset now, CancellationToken cancellationToken);
}
