using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>The owner of the poison queue of <c>fetches</c>: a question that broke the app every time is parked, whole.</summary>
public sealed partial class ParkFetches(Sources sources, IIntakeStore store, TimeProvider time, ILogger<ParkFetches> logger)
{
    [Function("ParkFetches")]
    public async Task Run([QueueTrigger(QueueNames.PoisonFetches)] string message, CancellationToken cancellationToken)
    {
        var source = SourceOf(message);
        if (source is not null)
            await store.ParkAsync(new UnreadablePart(source, "a comment could not be asked for: it failed every try", Encoding.UTF8.GetBytes(message), time.GetUtcNow()) { IsQuestion = true }, cancellationToken);
        Log.Parked(logger, message.Length, source?.ToString() ?? "no known source");
    }

    private Source? SourceOf(string message)
    {
        try
        {
            return JsonSerializer.Deserialize<Fetch>(message, JsonSerializerOptions.Web) is { } fetch && PlatformId.TryParse(fetch.Platform, out var platform)
                ? sources.Find(platform, fetch.Source)
                : null;
        }
        catch (JsonException)
        {
            return null; // nobody but this app writes here: without a source there is nothing that could be asked again
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A question of {Length} characters failed every try and is parked in deadletters, for {Source}.")]
        public static partial void Parked(ILogger logger, int length, string source);
    }
}
