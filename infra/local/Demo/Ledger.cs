namespace Moderato.Local.Demo;

/// <summary>The demo's own book: what it sent and what became of each delivery. Safe for several platforms at once.</summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly HashSet<SentKey> _delivered = [];
    private readonly Dictionary<SentKey, string> _refused = [];

    /// <summary>Deliveries of comments that had been delivered before.</summary>
    public int Repeated { get; private set; }

    public int Delivered
    {
        get { lock (_gate) return _delivered.Count; }
    }

    /// <summary>Comments that the app would not take, with the reason.</summary>
    public IReadOnlyDictionary<SentKey, string> Refused
    {
        get { lock (_gate) return new Dictionary<SentKey, string>(_refused); }
    }

    public bool WasDelivered(SentKey key)
    {
        lock (_gate) return _delivered.Contains(key);
    }

    public void Deliver(IEnumerable<SentKey> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (!_delivered.Add(key)) Repeated++;
            }
        }
    }

    public void Refuse(IEnumerable<SentKey> keys, string because)
    {
        lock (_gate)
        {
            foreach (var key in keys) _refused[key] = because;
        }
    }
}
