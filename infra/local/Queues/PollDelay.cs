namespace Moderato.Local.Queues;

/// <summary>How long to wait before looking at an empty queue again: twice as long each time, until something is found.</summary>
internal sealed class PollDelay(TimeSpan shortest, TimeSpan longest)
{
    private TimeSpan _next = Shorter(shortest, longest);

    public TimeSpan Next()
    {
        var now = _next;
        _next = Shorter(now * 2, longest);
        return now;
    }

    public void Reset() => _next = Shorter(shortest, longest);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
