namespace Moderato.Hosting;

/// <summary>
/// What was read of kept keys in the last 15 seconds, for this instance: so long a revocation may take to count on the others. Ids that
/// are nobody's are remembered too, so that a wrong key sent again and again costs one read, and apart, so that no flood of invented
/// ids drives out those that are used.
/// </summary>
internal sealed class KeyCache(TimeProvider time)
{
    /// <summary>How many are remembered of each sort; the oldest goes first.</summary>
    public const int Capacity = 1_000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Remembered _known = new();
    private readonly Remembered _unknown = new();
    private long _forgotten;

    /// <summary>How many are remembered, for tests.</summary>
    internal (int Known, int Unknown) Count
    {
        get
        {
            lock (_lock)
                return (_known.Count, _unknown.Count);
        }
    }

    /// <summary>The key, as it was at most 15 seconds ago; null if there is none.</summary>
    public async Task<StoredKey?> FindAsync(string id, Func<string, Task<StoredKey?>> read)
    {
        var now = time.GetUtcNow();
        long forgotten;
        lock (_lock)
        {
            if (_known.Find(id, now, out var key) || _unknown.Find(id, now, out key))
                return key;
            forgotten = _forgotten;
        }
        var found = await read(id);
        lock (_lock)
        {
            // What was read while something was forgotten may be what it was before.
            if (forgotten == _forgotten)
                (found is null ? _unknown : _known).Add(id, found, now);
        }
        return found;
    }

    /// <summary>It was changed: the next one who asks reads it.</summary>
    public void Forget(string id)
    {
        lock (_lock)
        {
            _known.Remove(id);
            _unknown.Remove(id);
            _forgotten++;
        }
    }

    /// <summary>Since every entry lives as long, the oldest is always the first to go.</summary>
    private sealed class Remembered
    {
        private readonly Dictionary<string, (StoredKey? Key, DateTimeOffset ReadAt)> _entries = [];
        private readonly Queue<(string Id, DateTimeOffset ReadAt)> _order = [];

        public int Count => _entries.Count;

        public bool Find(string id, DateTimeOffset now, out StoredKey? key)
        {
            var there = _entries.TryGetValue(id, out var entry) && now - entry.ReadAt < Lifetime;
            key = there ? entry.Key : null;
            return there;
        }

        public void Add(string id, StoredKey? key, DateTimeOffset readAt)
        {
            _entries[id] = (key, readAt);
            _order.Enqueue((id, readAt));
            while (_order.Count > Capacity || readAt - _order.Peek().ReadAt >= Lifetime)
            {
                var oldest = _order.Dequeue();
                if (_entries.TryGetValue(oldest.Id, out var entry) && entry.ReadAt == oldest.ReadAt)
                    _entries.Remove(oldest.Id);
            }
        }

        public void Remove(string id) => _entries.Remove(id);
    }
}
