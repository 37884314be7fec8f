namespace Moderato.Hosting;

/// <summary>A kept key, and the tag that it was read with.</summary>
public sealed record StandingKey(StoredKey Key, string Tag);

/// <summary>Keeps keys. They are never deleted: whoever finds an old id in the audit can look it up.</summary>
public interface IKeyStore
{
    /// <summary>One key by its id; null if there is none.</summary>
    Task<StandingKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Every key, in the order of ids.</summary>
    Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>False if there is a key of this id already; then nothing is changed.</summary>
    Task<bool> AddAsync(StoredKey key, CancellationToken cancellationToken);

    /// <summary>False if it was changed meanwhile; then nothing is changed.</summary>
    Task<bool> ReplaceAsync(StandingKey standing, StoredKey next, CancellationToken cancellationToken);
}
