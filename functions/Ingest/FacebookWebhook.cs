using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moderato.Hosting;
using Moderato.Ingest.Platforms;

namespace Moderato.Ingest;

/// <summary>
/// <c>GET</c> and <c>POST /api/webhooks/facebook/{source}</c>: the address to give Meta. Nothing is stored of a body whose signature
/// does not hold; a source that does not exist is refused in the same words.
/// </summary>
public sealed partial class FacebookWebhook(Intake intake, Sources sources, TimeProvider time, ILogger<FacebookWebhook> logger)
{
    [Function("FacebookWebhook")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "webhooks/facebook/{source}")] HttpRequest request,
        string source,
        CancellationToken cancellationToken)
    {
        var known = sources.Find(Facebook.Platform, source);
        return HttpMethods.IsGet(request.Method) ? Task.FromResult(Handshake(request, known)) : ReceiveAsync(request, known, cancellationToken);
    }

    private IResult Handshake(HttpRequest request, Source? source)
    {
        if (source is not null && Facebook.AnswerHandshake(request.Query, source) is { } challenge)
            return Results.Text(challenge, "text/plain");
        Log.HandshakeRefused(logger);
        return Problem.Forbidden("The verify token is not the one of this source's settings.");
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request, Source? source, CancellationToken cancellationToken)
    {
        var (body, tooLong) = await RequestBody.ReadSignedAsync(request, cancellationToken);
        if (tooLong is not null)
            return tooLong;
        if (source is null || !Facebook.IsSigned(request.Headers, body, source))
        {
            Log.SignatureRefused(logger, body.Length);
            return Problem.Unauthorized("The header X-Hub-Signature-256 does not sign this body with a secret of this source.");
        }

        try
        {
            var (comments, ignored) = Facebook.Parse(body, source.Community, time.GetUtcNow());
            var receipts = await intake.ReceiveAsync(comments, cancellationToken);
            var accepted = receipts.Count(r => r.Status == ReceiptStatus.Accepted);
            Log.Received(logger, source.Id, accepted, receipts.Count - accepted, ignored.Count);
            foreach (var reason in ignored.CountBy(r => r))
                Log.Ignored(logger, source.Id, reason.Value, reason.Key);
            return Results.Ok();
        }
        catch (JsonException)
        {
            return Problem.Invalid("body", "The body is signed but is not valid JSON.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A Facebook handshake was refused: unknown source or wrong verify token.")]
        public static partial void HandshakeRefused(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "A Facebook delivery of {Length} bytes was refused: unknown source or wrong signature.")]
        public static partial void SignatureRefused(ILogger logger, int length);

        [LoggerMessage(LogLevel.Information, "Facebook {Source}: {Accepted} accepted, {Duplicate} duplicates, {Ignored} ignored.")]
        public static partial void Received(ILogger logger, string source, int accepted, int duplicate, int ignored);

        [LoggerMessage(LogLevel.Information, "Facebook {Source}: {Count} ignored: {Reason}.")]
        public static partial void Ignored(ILogger logger, string source, int count, string reason);
    }
}
