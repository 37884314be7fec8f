using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Actions.Webhooks;

/// <summary>The owner of the poison queue of <c>webhooks</c>: what broke the app every time is failed, and can be sent again by hand.</summary>
public sealed partial class ParkWebhooks(Endpoints endpoints, IWebhookStore store, ILogger<ParkWebhooks> logger)
{
    [Function("ParkWebhooks")]
    public async Task Run([QueueTrigger(QueueNames.PoisonWebhooks)] string message, CancellationToken cancellationToken)
    {
        var delivery = WebhookDelivery.Parse(message);
        if (endpoints.Find(delivery.Community, delivery.Endpoint) is null || (await store.AddAsync(delivery, cancellationToken)).State == DeliveryState.Delivered)
            return;
        await store.SaveAsync(delivery with { State = DeliveryState.Failed, LastResult = "it broke every try" }, cancellationToken);
        Log.Parked(logger, delivery.Community, delivery.Endpoint);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "An event for {Community}/{Endpoint} broke every try and is failed; it can be sent again by hand.")]
        public static partial void Parked(ILogger logger, CommunityId community, string endpoint);
    }
}
