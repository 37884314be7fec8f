using System.Net;

namespace Moderato.Local;

/// <summary>What the local host runs, and how.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The published functions app: host.json, a folder per function, the executable.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Where the host keeps the timers' status and the handler's process id. Made if missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where requests are taken. Default: 127.0.0.1, this machine only.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any free one. Default: 7071, as for the Core Tools.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>Which functions run here; those on how the app is always do. Default: all.</summary>
    public Triggers Triggers { get; init; } = Triggers.All;

    /// <summary>
    /// Whether <c>POST /admin/functions/{name}</c> runs timers for whoever asks. Never on an address that others reach, and to be
    /// switched off where a proxy on this machine lets others in. Default: true.
    /// </summary>
    public bool Admin { get; init; } = true;

    /// <summary>
    /// Whether a timer of which nothing is remembered runs at once, as if a run had been missed: right where the data folder does not
    /// outlive the host, as in a container. Default: false.
    /// </summary>
    public bool RunsForgottenTimers { get; init; }

    /// <summary>
    /// Whether the handler's lines are written as they are, for whoever searches logs by level and class. Default: false, for a person
    /// at a console, who wants the messages.
    /// </summary>
    public bool WholeLogLines { get; init; }

    /// <summary>A file like local.settings.json, read after the app folder's own, which it overrides. Default: none.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>App settings that override those of the files. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Receives the console lines. Default: nobody.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>The clock of the host. Default: the system's. The handler is a process with a clock of its own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long a message taken stays invisible unless renewed. Default: 30 s, where Azure has ten minutes: after a crash its messages
    /// come back soon, which is worth the more frequent renewals on one machine.
    /// </summary>
    public TimeSpan QueueLease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the lease is renewed while a message runs; less than half of <see cref="QueueLease"/>. Default: 10 s.</summary>
    public TimeSpan QueueLeaseRenewal { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait after the first look at an empty queue; doubles up to host.json's maxPollingInterval. Default: 100 ms.</summary>
    public TimeSpan FirstPollingInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the handler may take from its start to any HTTP answer. Default: 30 s.</summary>
    public TimeSpan HandlerStartPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the handler may take from SIGTERM to its end; then it is killed. Default: 10 s.</summary>
    public TimeSpan HandlerExitPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long running messages, timers and requests are waited for when the host stops. Default: 25 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(25);
}

/// <summary>What makes functions run.</summary>
[Flags]
public enum Triggers
{
    Http = 1,
    Queues = 2,
    Timers = 4,
    All = Http | Queues | Timers,
}
