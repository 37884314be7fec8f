using System.Globalization;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Moderation;

/// <summary>
/// Every minute: how much waits, as metrics and as one line in the log. On Azure alerts read the line; that there is none for a while is an
/// alert too.
/// </summary>
public sealed partial class MeasureQueues(IQueueMeasures queues, TimeProvider time, ILogger<MeasureQueues> logger)
{
    private const string Poison = "-poison";

    [Function("MeasureQueues")]
    public async Task Run([TimerTrigger("20 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var measures = await queues.MeasureAsync(cancellationToken);
        foreach (var measure in measures)
            Meters.Queued(measure.Queue, measure.Messages);
        var age = AgeOf(measures.First(m => m.Queue == QueueNames.Comments), now);
        Meters.Aged(QueueNames.Comments, age);

        var waiting = measures.Where(m => !m.Queue.EndsWith(Poison, StringComparison.Ordinal)).Select(m => m.Queue == QueueNames.Comments
            ? string.Create(CultureInfo.InvariantCulture, $"{m.Queue} {m.Messages} (oldest {(long)age.TotalSeconds} s)")
            : string.Create(CultureInfo.InvariantCulture, $"{m.Queue} {m.Messages}"));
        Log.Waiting(logger, string.Join(", ", waiting), measures.Where(m => m.Queue.EndsWith(Poison, StringComparison.Ordinal)).Sum(m => m.Messages));
    }

    /// <summary>Clocks differ: nothing is younger than nothing.</summary>
    private static TimeSpan AgeOf(QueueMeasure measure, DateTimeOffset now) =>
        measure.OldestAt is { } oldest && oldest < now ? now - oldest : TimeSpan.Zero;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Queues: {Waiting}; poison {Poison}.")]
        public static partial void Waiting(ILogger logger, string waiting, int poison);
    }
}
