using System.Diagnostics.Metrics;
using System.Text.Json;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>
/// What is counted and measured: <c>TELEMETRY.md</c> explains each. Attributes are ids of communities, platforms, queues and functions, and
/// words of ours for what became of something; nothing that people wrote, and nobody's id.
/// </summary>
internal static class Meters
{
    private const string Community = "moderato.community";
    private const string Platform = "moderato.platform";
    private const string Queue = "moderato.queue";
    private const string Result = "moderato.result";
    private const string Kind = "moderato.kind";
    private const string ErrorType = "error.type";

    private static readonly Meter Meter = new(Spans.Name);

    private static readonly Counter<long> Comments = Meter.CreateCounter<long>("moderato.comments.received", "{comment}", "Comments that came in.");
    private static readonly Counter<long> Outcomes = Meter.CreateCounter<long>("moderato.outcomes", "{comment}", "Comments that were judged.");
    private static readonly Counter<long> Actions = Meter.CreateCounter<long>("moderato.actions", "{action}", "Actions on platforms that are over.");
    private static readonly Counter<long> PlatformErrors = Meter.CreateCounter<long>("moderato.platform.errors", "{error}", "Requests that a platform, or a system of the user's own, did not do.");
    private static readonly Counter<long> MailsTried = Meter.CreateCounter<long>("moderato.mails", "{mail}", "Mails by what became of them, each try that is put off included.");
    private static readonly Counter<long> Digests = Meter.CreateCounter<long>("moderato.digests", "{digest}", "Digests that were compiled, and runs that failed.");
    private static readonly Gauge<long> Messages = Meter.CreateGauge<long>("moderato.queue.messages", "{message}", "Messages in a queue, those being worked on included.");
    private static readonly Gauge<double> Age = Meter.CreateGauge<double>("moderato.queue.age", "s", "Age of the oldest message that nobody took yet.");
    private static readonly Gauge<double> Oldest = Meter.CreateGauge<double>("moderato.comments.oldest_waiting", "s", "Age of the oldest comment without an outcome; 0 if none is older than two minutes.");

    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>(
        "moderato.queue.wait", "s", "From the moment a message was put into its queue until it was taken, an intended delay included.", null, Buckets(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600));

    private static readonly Histogram<double> Scoring = Meter.CreateHistogram<double>(
        "moderato.scoring.duration", "s", "Scoring one text.", null, Buckets(2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 2.5e-2));

    private static readonly Histogram<double> Alarm = Meter.CreateHistogram<double>(
        "moderato.alarm.delay", "s", "From the receipt of the last comment that made an alarm until the alarm was posted.", null, Buckets(5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 900));

    private static readonly Histogram<double> Invocation = Meter.CreateHistogram<double>(
        "faas.invoke_duration", "s", "How long a function ran.", null, Buckets(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300));

    public static void Received(CommunityId community, PlatformId platform, bool duplicate, int count) =>
        Comments.Add(count, new(Community, community.ToString()), new(Platform, platform.ToString()), new(Result, duplicate ? "duplicate" : "accepted"));

    /// <param name="community">Whose comment.</param>
    /// <param name="decision">What was decided; null for one that was taken down.</param>
    public static void Decided(CommunityId community, Decision? decision) =>
        Outcomes.Add(1, new(Community, community.ToString()), new("moderato.decision", decision is { } made ? Word(made) : "removed"));

    public static void Acted(PlatformId platform, ActionKind kind, ActionState state) => Actions.Add(1, new(Platform, platform.ToString()), new(Kind, Word(kind)), new(Result, Word(state)));

    public static void Refused(string? host, FailureKind kind) => PlatformErrors.Add(1, new("server.address", host), new(ErrorType, Word(kind)));

    public static void Mailed(string kind, string result) => MailsTried.Add(1, new(Kind, kind), new(Result, result));

    public static void Digested(bool failed, int count = 1) => Digests.Add(count, new KeyValuePair<string, object?>(Result, failed ? "failed" : "compiled"));

    public static void Queued(string queue, long messages) => Messages.Record(messages, new KeyValuePair<string, object?>(Queue, queue));

    public static void Aged(string queue, TimeSpan age) => Age.Record(age.TotalSeconds, new KeyValuePair<string, object?>(Queue, queue));

    public static void Waited(string queue, TimeSpan wait) => Wait.Record(Math.Max(0, wait.TotalSeconds), new KeyValuePair<string, object?>(Queue, queue));

    public static void WaitsSince(CommunityId community, TimeSpan age) => Oldest.Record(age.TotalSeconds, new KeyValuePair<string, object?>(Community, community.ToString()));

    public static void Scored(TimeSpan took) => Scoring.Record(took.TotalSeconds);

    public static void Alarmed(CommunityId community, TimeSpan delay) => Alarm.Record(delay.TotalSeconds, new KeyValuePair<string, object?>(Community, community.ToString()));

    /// <param name="function">Which ran.</param>
    /// <param name="trigger"><c>http</c>, <c>pubsub</c> or <c>timer</c>, as the conventions call them.</param>
    /// <param name="took">How long.</param>
    /// <param name="error">The type of what it threw; null if it did not.</param>
    public static void Invoked(string function, string trigger, TimeSpan took, string? error) => Invocation.Record(
        took.TotalSeconds, error is null ? [new("faas.name", function), new("faas.trigger", trigger)] : [new("faas.name", function), new("faas.trigger", trigger), new(ErrorType, error)]);

    /// <summary>As the interface writes it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
