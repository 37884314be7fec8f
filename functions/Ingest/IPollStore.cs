using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>How far a platform has been read.</summary>
/// <param name="Cursor">The connector's own; null before the first success.</param>
/// <param name="NextAt">When to ask again.</param>
/// <param name="Failures">How often it failed in a row.</param>
public sealed record PollState(string? Cursor, DateTimeOffset NextAt, int Failures)
{
    public static readonly PollState Start = new(null, DateTimeOffset.UnixEpoch, 0);
}

/// <summary>A comment to be asked for.</summary>
/// <param name="Platform">The source's platform.</param>
/// <param name="Source">The source's id.</param>
/// <param name="Id">The comment's id, as the platform calls it.</param>
/// <param name="Attempt">How often it was asked for in vain.</param>
public sealed record Fetch(string Platform, string Source, string Id, int Attempt = 0);

/// <summary>What asking platforms needs of storage.</summary>
public interface IPollStore
{
    Task<PollState> ReadAsync(Source source, CancellationToken cancellationToken);

    Task SaveAsync(Source source, PollState state, CancellationToken cancellationToken);

    /// <summary>Hands a question to the queue, to be asked after the delay.</summary>
    Task EnqueueAsync(Fetch fetch, TimeSpan delay, CancellationToken cancellationToken);
}
