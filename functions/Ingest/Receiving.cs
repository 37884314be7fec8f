using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>Takes in what a delivery turned out to hold, whether a platform sent it or was asked for it.</summary>
public sealed partial class Receiving(Intake intake, IIntakeStore store, IPollStore polls, ILogger<Receiving> logger)
{
    public async Task ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var source = delivery.Source;
        var accepted = 0;
        foreach (var community in delivery.Arrivals.GroupBy(a => a.Comment.Community))
            accepted += (await intake.ReceiveAsync([.. community], cancellationToken)).Count(r => r.Status == ReceiptStatus.Accepted);
        foreach (var id in delivery.ToFetch)
            await polls.EnqueueAsync(new Fetch(source.Platform.ToString(), source.Id, id), TimeSpan.Zero, cancellationToken);
        foreach (var part in delivery.Unreadable)
        {
            await store.ParkAsync(part, cancellationToken);
            Log.Parked(logger, source.Platform, source.Id, part.Reason);
        }
        Log.Received(logger, source.Platform, source.Id, accepted, delivery.Arrivals.Count - accepted, delivery.Ignored.Count, delivery.Unreadable.Count);
        foreach (var reason in delivery.Ignored.CountBy(r => r))
            Log.Ignored(logger, source.Platform, source.Id, reason.Value, reason.Key);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Platform} {Source}: {Accepted} accepted, {Duplicate} duplicates, {Ignored} ignored, {Parked} parked.")]
        public static partial void Received(ILogger logger, PlatformId platform, string source, int accepted, int duplicate, int ignored, int parked);

        [LoggerMessage(LogLevel.Information, "{Platform} {Source}: {Count} ignored: {Reason}.")]
        public static partial void Ignored(ILogger logger, PlatformId platform, string source, int count, string reason);

        [LoggerMessage(LogLevel.Error, "{Platform} {Source}: a part of a delivery cannot be read and is parked in deadletters: {Reason}.")]
        public static partial void Parked(ILogger logger, PlatformId platform, string source, string reason);
    }
}
