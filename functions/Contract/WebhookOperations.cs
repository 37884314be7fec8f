using Microsoft.AspNetCore.Http;
using Moderato.Actions.Webhooks;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>The user's own endpoints: how they are, what was sent, sending again.</summary>
internal static class WebhookOperations
{
    private static readonly DeliveryView Delivery = new(
        "msg_2b1f0c9d8e7a65544332211000ffeedd", EventTypes.OutcomeDecided, DeliveryState.Pending, 1, "HTTP 500", Examples.At, Examples.At.AddSeconds(5), Examples.At.AddMinutes(5));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetWebhooks", "List your webhooks", "Your own addresses that are told what happens, and whether they are switched on.")
        {
            Scope = Scope.Read,
            Replies = [Reply.Ok("The webhooks.", new EndpointList([new EndpointView("crm", "https://crm.example.org/moderato", [EventTypes.OutcomeDecided], true, null, null)]))],
        },
        new("GetDeliveries", "See what was sent", "Deliveries to one webhook, newest first; those of the last 30 days are kept.")
        {
            Scope = Scope.Read,
            Query = [Parameters.Limit(50, 200)],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("The deliveries.", new DeliveryList([Delivery]))],
        },
        new("ResendDelivery", "Send one again", "Sends a delivery again, whatever became of it.")
        {
            Scope = Scope.Admin,
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "It is on its way.", Delivery with { Attempts = 0, NextAt = null })],
        },
        new("EnableWebhook", "Switch a webhook on again", "Switches an address on again that answered 410 or failed for three days, and sends it a test.")
        {
            Scope = Scope.Admin,
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "The test is on its way.", Test())],
        },
        new("TestWebhook", "Test a webhook", "Sends a test.")
        {
            Scope = Scope.Admin,
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "The test is on its way.", Test())],
        },
    ];

    private static DeliveryView Test() => Delivery with { Type = EventTypes.Test, Attempts = 0, LastResult = null, LastTriedAt = null, NextAt = null };
}
