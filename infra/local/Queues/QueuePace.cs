namespace Moderato.Local.Queues;

/// <summary>How a queue is listened to, beside what host.json says.</summary>
/// <param name="Lease">How long a message taken stays invisible unless renewed.</param>
/// <param name="Renewal">How often the lease is renewed while the message runs.</param>
/// <param name="ShortestPoll">The wait after the first empty look.</param>
internal sealed record QueuePace(TimeSpan Lease, TimeSpan Renewal, TimeSpan ShortestPoll);
