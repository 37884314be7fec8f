using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moderato.Storage;

namespace Moderato.Hosting;

/// <summary>What the host and a load balancer ask. No key is needed, and nothing is told but yes or no.</summary>
public sealed partial class Health(StorageHealth storage, ILogger<Health> logger)
{
    /// <summary>How long storage may take to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary><c>GET /api/health/live</c>: the app runs and answers.</summary>
    [Function("GetLive")]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) => Answer.Json(new HealthAnswer("live"));

    /// <summary><c>GET /api/health/ready</c>: it can also take work: tables and queues answer. Else 503.</summary>
    [Function("GetReady")]
    public async Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await storage.CheckAsync(limit.Token);
            return Answer.Json(new HealthAnswer("ready"));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotReady(logger, failure);
            return Problem.Unavailable();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Storage does not answer: the app is not ready.")]
        public static partial void NotReady(ILogger logger, Exception exception);
    }
}

/// <summary>How the app is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record HealthAnswer(string Status);
