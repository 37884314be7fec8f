namespace Moderato.Local.Host;

/// <summary>What a local host needs to know.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The published app: host.json, a folder per function, the executable.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Where the host keeps its own notes: when timers ran, which handler runs.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The port to listen on, on 127.0.0.1. 0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>App settings: the handler's environment, and where connections are looked up.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Where lines about what happens go.</summary>
    public required TextWriter Output { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long a message taken from a queue stays invisible unless that is renewed. Azure's host takes ten minutes; this is shorter,
    /// so that a message is soon tried again after everything was killed.
    /// </summary>
    public TimeSpan QueueLease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the lease of a message that is worked on is renewed.</summary>
    public TimeSpan QueueLeaseRenewal { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How soon an empty queue is looked at again at first; doubles up to host.json's maxPollingInterval.</summary>
    public TimeSpan FirstPollingInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long what runs may take to finish when the host stops.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(25);
}
