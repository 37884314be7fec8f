using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Webhooks;

/// <summary>
/// Takes events from the queue <c>webhooks</c> and sends them. Tries go on for three days, each by a message of its own that lies in the queue
/// until its time; then the endpoint is switched off, as it is at once by 410, and a person has to switch it on again.
/// </summary>
public sealed partial class SendWebhooks(Endpoints endpoints, IWebhookStore store, WebhookSender sender, TimeProvider time, ILogger<SendWebhooks> logger)
{
    /// <summary>Waits between tries, as the Standard Webhooks specification suggests, each up to a fifth shorter or longer.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private const double Jitter = 0.2;

    [Function("SendWebhooks")]
    public async Task Run([QueueTrigger(QueueNames.Webhooks)] string message, CancellationToken cancellationToken)
    {
        var asked = WebhookDelivery.Parse(message);
        if (endpoints.Find(asked.Community, asked.Endpoint) is not { } endpoint)
        {
            Log.EndpointGone(logger, asked.Community, asked.Endpoint);
            return;
        }
        var delivery = await store.AddAsync(asked, cancellationToken);
        if (delivery.State != DeliveryState.Pending)
            return; // an older message of the same delivery
        if (await store.FindSwitchedOffAsync(endpoint, cancellationToken) is not null)
        {
            await store.SaveAsync(delivery with { State = DeliveryState.Skipped, LastResult = "the endpoint is switched off", NextAt = null }, cancellationToken);
            return;
        }

        var failure = await sender.SendAsync(endpoint, delivery, cancellationToken);
        var now = time.GetUtcNow();
        delivery = delivery with { Attempts = delivery.Attempts + 1, LastTriedAt = now, LastResult = failure?.Message ?? "delivered", NextAt = null };
        if (failure is null)
            await store.SaveAsync(delivery with { State = DeliveryState.Delivered }, cancellationToken);
        else if (failure.Kind == FailureKind.Later && delivery.Attempts <= Waits.Length)
            await TryLaterAsync(endpoint, delivery, Max(failure.RetryAfter ?? TimeSpan.Zero, WaitAfter(delivery)), now, cancellationToken);
        else
            await GiveUpAsync(endpoint, delivery, failure, now, cancellationToken);
    }

    /// <summary>The schedule's wait, shifted by what the message's id and the try make of it: the same if it is worked out twice.</summary>
    internal static TimeSpan WaitAfter(WebhookDelivery delivery)
    {
        var chance = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{delivery.Id}/{delivery.Attempts}"))) / (double)uint.MaxValue;
        return Waits[delivery.Attempts - 1] * (1 - Jitter + (2 * Jitter * chance));
    }

    private async Task TryLaterAsync(Endpoint endpoint, WebhookDelivery delivery, TimeSpan wait, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Handed over before it is written down: stopped between, it is sent, and the receiver knows its id.
        await store.EnqueueAsync(delivery, wait, cancellationToken);
        await store.SaveAsync(delivery with { State = DeliveryState.Pending, NextAt = now + wait }, cancellationToken);
        Log.Later(logger, endpoint, delivery.LastResult!, delivery.Attempts, wait);
    }

    private async Task GiveUpAsync(Endpoint endpoint, WebhookDelivery delivery, PlatformException failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reason = failure.Kind switch
        {
            FailureKind.Gone => "it answered 410: it does not want to be told any more",
            FailureKind.Refused => $"{failure.Message}; AllowPrivate in its settings would allow it",
            _ => $"every try of three days failed, the last with {failure.Message}",
        };
        await store.SwitchAsync(endpoint, new SwitchedOff(reason, now), cancellationToken);
        await store.SaveAsync(delivery with { State = DeliveryState.Failed }, cancellationToken);
        Log.SwitchedOff(logger, endpoint, reason);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An event is for {Community}/{Endpoint}, which is no longer in the settings.")]
        public static partial void EndpointGone(ILogger logger, CommunityId community, string endpoint);

        [LoggerMessage(LogLevel.Warning, "{Endpoint} did not take an event ({Result}, try {Attempt}); the next try is in {Wait}.")]
        public static partial void Later(ILogger logger, Endpoint endpoint, string result, int attempt, TimeSpan wait);

        [LoggerMessage(LogLevel.Error, "{Endpoint} is switched off: {Reason}. Switch it on again by hand once it is mended.")]
        public static partial void SwitchedOff(ILogger logger, Endpoint endpoint, string reason);
    }
}
