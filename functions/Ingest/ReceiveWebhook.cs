using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Ingest.Platforms;

namespace Moderato.Ingest;

/// <summary>
/// <c>GET</c> and <c>POST /api/webhooks/{platform}/{source}</c>: the address to give a platform. Nothing is stored of a body whose
/// signature does not hold; a source that does not exist is refused in the same words. What is signed is always answered with
/// success once it is stored: a platform that gets anything else sends the same again for hours, and some hold back all that follows.
/// </summary>
public sealed partial class ReceiveWebhook(Intake intake, IIntakeStore store, Sources sources, TimeProvider time, ILogger<ReceiveWebhook> logger)
{
    [Function("ReceiveWebhook")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "webhooks/{platform}/{source}")] HttpRequest request,
        string platform,
        string source,
        CancellationToken cancellationToken)
    {
        var connector = Connectors.Find(platform);
        var addressed = connector is null ? null : sources.Find(connector.Platform, source);
        var (body, tooLong) = await RequestBody.ReadSignedAsync(request, cancellationToken);
        if (tooLong is not null)
            return tooLong;

        var webhook = new WebhookRequest(request.Method, request.Query, request.Headers, body);
        if (connector is not null && addressed is not null)
        {
            if (connector.AnswerHandshake(webhook, addressed) is { } answer)
                return answer;
            if (webhook.IsPost && connector.IsAuthentic(webhook, addressed, time.GetUtcNow()))
                return await ReceiveAsync(connector, webhook, addressed, cancellationToken);
        }

        if (!webhook.IsPost)
        {
            Log.HandshakeRefused(logger);
            return Problem.Forbidden("This is no handshake of this source.");
        }
        Log.SignatureRefused(logger, body.Length);
        return Problem.Unauthorized("The request is not signed with a secret of this source.");
    }

    private async Task<IResult> ReceiveAsync(IConnector connector, WebhookRequest webhook, Source source, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(source, sources, time.GetUtcNow());
        try
        {
            connector.Read(webhook, delivery);
        }
        catch (JsonException)
        {
            delivery.Park("the body is no JSON", webhook.Body);
        }

        var accepted = 0;
        foreach (var community in delivery.Arrivals.GroupBy(a => a.Comment.Community))
            accepted += (await intake.ReceiveAsync([.. community], cancellationToken)).Count(r => r.Status == ReceiptStatus.Accepted);
        foreach (var part in delivery.Unreadable)
        {
            await store.ParkAsync(part, cancellationToken);
            Log.Parked(logger, source.Platform, source.Id, part.Reason);
        }
        Log.Received(logger, source.Platform, source.Id, accepted, delivery.Arrivals.Count - accepted, delivery.Ignored.Count, delivery.Unreadable.Count);
        foreach (var reason in delivery.Ignored.CountBy(r => r))
            Log.Ignored(logger, source.Platform, source.Id, reason.Value, reason.Key);
        return delivery.Answer ?? Results.Ok();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A handshake was refused: unknown source or wrong token.")]
        public static partial void HandshakeRefused(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "A delivery of {Length} bytes was refused: unknown source or wrong signature.")]
        public static partial void SignatureRefused(ILogger logger, int length);

        [LoggerMessage(LogLevel.Information, "{Platform} {Source}: {Accepted} accepted, {Duplicate} duplicates, {Ignored} ignored, {Parked} parked.")]
        public static partial void Received(ILogger logger, PlatformId platform, string source, int accepted, int duplicate, int ignored, int parked);

        [LoggerMessage(LogLevel.Information, "{Platform} {Source}: {Count} ignored: {Reason}.")]
        public static partial void Ignored(ILogger logger, PlatformId platform, string source, int count, string reason);

        [LoggerMessage(LogLevel.Error, "{Platform} {Source}: a part of a delivery cannot be read and is parked in deadletters: {Reason}.")]
        public static partial void Parked(ILogger logger, PlatformId platform, string source, string reason);
    }
}
