using System.Security.Cryptography;
using Moderato.Hosting;

namespace Moderato.Tests.Hosting;

/// <summary>Kept keys in memory: counts what is read, and can be stopped in the middle of a read.</summary>
internal sealed class SomeKeys : IKeyStore
{
    private readonly Dictionary<string, (StoredKey Key, int Version)> _keys = [];

    public int Reads { get; private set; }

    /// <summary>Runs between reading and answering.</summary>
    public Action? WhileReading { get; set; }

    /// <summary>Puts a key there, and gives its text.</summary>
    public string Put(string id, DateTimeOffset now, Func<StoredKey, StoredKey>? with = null, int perMinute = ApiKey.DefaultRequestsPerMinute)
    {
        var secret = RandomNumberGenerator.GetBytes(KeyText.SecretBytes);
        var key = new StoredKey(
            new ApiKey(id, "some", null, new HashSet<Scope> { Scope.Read }) { RequestsPerMinute = perMinute }, SecretHash.Of(secret), now, "tests");
        Change(with is null ? key : with(key));
        return KeyText.Of(id, secret);
    }

    public void Change(StoredKey key) => _keys[key.Key.Id] = (key, _keys.GetValueOrDefault(key.Key.Id).Version + 1);

    public StoredKey this[string id] => _keys[id].Key;

    public Task<StandingKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        Reads++;
        var found = _keys.TryGetValue(id, out var there) ? new StandingKey(there.Key, $"{there.Version}") : null;
        WhileReading?.Invoke();
        return Task.FromResult(found);
    }

    public Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredKey>>([.. _keys.Values.Select(k => k.Key).OrderBy(k => k.Key.Id, StringComparer.Ordinal)]);

    public Task<bool> AddAsync(StoredKey key, CancellationToken cancellationToken) => Task.FromResult(_keys.TryAdd(key.Key.Id, (key, 1)));

    public Task<bool> ReplaceAsync(StandingKey standing, StoredKey next, CancellationToken cancellationToken)
    {
        if ($"{_keys[next.Key.Id].Version}" != standing.Tag)
            return Task.FromResult(false);
        Change(next);
        return Task.FromResult(true);
    }
}
