using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Ingest.Platforms;

namespace Moderato.Ingest;

/// <summary>
/// Takes questions from the queue <c>fetches</c>: comments of which a platform sent only the id. One that fails is asked again later,
/// by a message of its own and no sleeping function, ten times within a day; then it is parked.
/// </summary>
public sealed partial class FetchComments(
    Sources sources, IPollStore polls, IIntakeStore store, Receiving receiving, PlatformHttp http, TimeProvider time, ILogger<FetchComments> logger)
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    [Function("FetchComments")]
    public async Task Run([QueueTrigger(QueueNames.Fetches)] string message, CancellationToken cancellationToken)
    {
        var fetch = JsonSerializer.Deserialize<Fetch>(message, JsonSerializerOptions.Web) ?? throw new FormatException("The message is empty.");
        if (!PlatformId.TryParse(fetch.Platform, out var platform) || sources.Find(platform, fetch.Source) is not { } source
            || Connectors.Find(platform) is not IFetchingConnector connector)
        {
            Log.SourceGone(logger, fetch.Platform, fetch.Source);
            return;
        }

        var delivery = new Delivery(source, sources, time.GetUtcNow());
        try
        {
            await connector.FetchAsync(http, source, fetch.Id, delivery, cancellationToken);
            await receiving.ReceiveAsync(delivery, cancellationToken);
        }
        catch (PlatformException failure) when (failure.Kind != FailureKind.Refused && fetch.Attempt + 1 < MostAttempts)
        {
            var wait = failure.RetryAfter ?? TimeSpan.FromMinutes(Math.Min(Math.Pow(2, fetch.Attempt), LongestWait.TotalMinutes));
            await polls.EnqueueAsync(fetch with { Attempt = fetch.Attempt + 1 }, wait, cancellationToken);
            Log.Later(logger, source.Platform, source.Id, failure.Message, wait);
        }
        catch (PlatformException failure)
        {
            await store.ParkAsync(new UnreadablePart(source, $"a comment could not be asked for: {failure.Message}", Encoding.UTF8.GetBytes(message), time.GetUtcNow()) { IsQuestion = true }, cancellationToken);
            Log.Parked(logger, source.Platform, source.Id, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A comment of {Platform} {Source} is to be asked for, but that source is no longer in the settings.")]
        public static partial void SourceGone(ILogger logger, string platform, string source);

        [LoggerMessage(LogLevel.Warning, "{Platform} {Source} could not be asked for a comment ({Reason}); the next time is in {Wait}.")]
        public static partial void Later(ILogger logger, PlatformId platform, string source, string reason, TimeSpan wait);

        [LoggerMessage(LogLevel.Error, "{Platform} {Source} could not be asked for a comment ({Reason}); the question is parked in deadletters.")]
        public static partial void Parked(ILogger logger, PlatformId platform, string source, string reason);
    }
}
