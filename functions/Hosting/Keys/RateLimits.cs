namespace Moderato.Hosting;

/// <summary>
/// How many requests each key may make: a bucket of a minute's requests that fills steadily, so that who rested may hurry. In memory, of
/// this instance only: an app on three instances takes up to three times as many.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    /// <summary>Above so many buckets, those that are full again are let go: a new one would be as full.</summary>
    private const int TidyAbove = 1_000;

    /// <summary>What one request takes. A bucket gains a key's requests a minute with every tick: whole numbers, so that nothing is rounded away.</summary>
    private const long Cost = TimeSpan.TicksPerMinute;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Level, DateTimeOffset At)> _buckets = [];

    /// <summary>Takes one request from a key that holds.</summary>
    /// <returns>Null if there was one; else after how many seconds there will be, at least 1.</returns>
    public int? Take(ApiKey key)
    {
        var (now, full) = (time.GetUtcNow(), key.RequestsPerMinute * Cost);
        lock (_lock)
        {
            if (_buckets.Count >= TidyAbove && !_buckets.ContainsKey(key.Id))
                Tidy(now);
            var (level, at) = _buckets.GetValueOrDefault(key.Id, (full, now));
            // A clock that was set back fills nothing, and a minute fills any bucket.
            var passed = Math.Clamp((now - at).Ticks, 0, TimeSpan.TicksPerMinute);
            level = Math.Min(full, level + (passed * key.RequestsPerMinute));
            var taken = level >= Cost;
            _buckets[key.Id] = (taken ? level - Cost : level, now);
            return taken ? null : (int)Math.Ceiling((decimal)(Cost - level) / key.RequestsPerMinute / TimeSpan.TicksPerSecond);
        }
    }

    private void Tidy(DateTimeOffset now)
    {
        foreach (var (id, _) in _buckets.Where(b => now - b.Value.At >= TimeSpan.FromMinutes(1)).ToList())
            _buckets.Remove(id);
    }
}
