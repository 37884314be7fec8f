using Moderato.Comments;

namespace Moderato.Privacy;

/// <summary>How far an erasure has come.</summary>
public enum ErasureState
{
    Running,
    Done,

    /// <summary>It failed every try; asking for it again goes on with what is left.</summary>
    Failed,
}

/// <summary>What an erasure goes through, in this order.</summary>
public enum ErasurePhase
{
    /// <summary>Comments that name the author, and everything that was kept about each.</summary>
    Comments,

    /// <summary>Outcomes that still name the author.</summary>
    Outcomes,

    /// <summary>The author's history and profile.</summary>
    History,

    /// <summary>What nobody could read and names the author.</summary>
    Unreadable,
}

/// <summary>
/// The receipt of an erasure: what was done, when and for whom. It names the author only by <see cref="Author"/>, so that it can be kept.
/// </summary>
public sealed record Erasure
{
    /// <summary>Grows with time.</summary>
    public required string Id { get; init; }
    public required CommunityId Community { get; init; }

    /// <summary>The platform and a short hash of the author's id.</summary>
    public required string Author { get; init; }

    /// <summary>Who asked for it: the key's name, and the person behind it.</summary>
    public required string By { get; init; }
    public required string Reason { get; init; }

    /// <summary>When it was asked for. What the author writes later is kept.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public ErasureState State { get; init; }

    /// <summary>How many pieces were done: a message for another piece than the next one is a double.</summary>
    public int Step { get; init; }

    /// <summary>1, or 2 for the second look at everything.</summary>
    public int Look { get; init; } = 1;
    public ErasurePhase Phase { get; init; }

    /// <summary>Where the next piece of the phase begins; null at its beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many rows were erased, by table. A piece that was cut off and done again counts only what was left.</summary>
    public IReadOnlyDictionary<string, int> Erased { get; init; } = new Dictionary<string, int>();
}

/// <summary>An erasure as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingErasure(Erasure Erasure, string Tag);

/// <summary>Who is erased: comments of this author that were first received up to that time.</summary>
public sealed record ErasureSubject(string Erasure, CommunityId Community, PlatformId Platform, string Author, DateTimeOffset UpTo);

/// <summary>What a piece of an erasure came to.</summary>
/// <param name="Erased">How many rows, by table.</param>
/// <param name="Next">Where the next piece of the same phase begins; null if there is none.</param>
public sealed record ErasedPiece(IReadOnlyDictionary<string, int> Erased, string? Next);

/// <summary>What erasing asks of storage.</summary>
public interface IErasureStore
{
    /// <summary>Hands the next piece over, to be done after the delay. The message is the only thing that still names the author.</summary>
    Task EnqueueAsync(ErasureMessage message, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Stores a receipt unless it is there; answers the one that stands.</summary>
    Task<StandingErasure> AddAsync(Erasure erasure, CancellationToken cancellationToken);

    Task<Erasure?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken);

    /// <summary>Receipts, newest first.</summary>
    Task<IReadOnlyList<Erasure>> NewestAsync(CommunityId community, int most, CancellationToken cancellationToken);

    /// <summary>False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(StandingErasure standing, Erasure next, CancellationToken cancellationToken);

    /// <summary>Erases a piece. Stopped at any point and called again it goes on; what is erased already is not counted.</summary>
    Task<ErasedPiece> EraseAsync(ErasureSubject subject, ErasurePhase phase, bool secondLook, string? cursor, CancellationToken cancellationToken);
}
