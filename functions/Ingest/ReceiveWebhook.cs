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
public sealed partial class ReceiveWebhook(Receiving receiving, Sources sources, TimeProvider time, ILogger<ReceiveWebhook> logger)
{
    [Function("ReceiveWebhook")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "webhooks/{platform}/{source}")] HttpRequest request,
        string platform,
        string source,
        CancellationToken cancellationToken)
    {
        var connector = Connectors.Find(platform) as IWebhookConnector;
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

    private async Task<IResult> ReceiveAsync(IWebhookConnector connector, WebhookRequest webhook, Source source, CancellationToken cancellationToken)
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

        await receiving.ReceiveAsync(delivery, cancellationToken);
        return delivery.Answer ?? Results.Ok();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A handshake was refused: unknown source or wrong token.")]
        public static partial void HandshakeRefused(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "A delivery of {Length} bytes was refused: unknown source or wrong signature.")]
        public static partial void SignatureRefused(ILogger logger, int length);
    }
}
