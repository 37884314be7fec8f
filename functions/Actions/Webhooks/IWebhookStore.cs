namespace Moderato.Actions.Webhooks;

/// <summary>Why an endpoint was switched off, and when.</summary>
public sealed record SwitchedOff(string Reason, DateTimeOffset At);

/// <summary>What telling others asks of storage.</summary>
public interface IWebhookStore
{
    /// <summary>Hands a delivery to the queue, to be sent after the delay.</summary>
    Task EnqueueAsync(WebhookDelivery delivery, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Stores a delivery unless it is there; answers the one that stands.</summary>
    Task<WebhookDelivery> AddAsync(WebhookDelivery delivery, CancellationToken cancellationToken);

    Task SaveAsync(WebhookDelivery delivery, CancellationToken cancellationToken);

    Task<WebhookDelivery?> FindAsync(Endpoint endpoint, string id, CancellationToken cancellationToken);

    /// <summary>The newest deliveries first.</summary>
    Task<IReadOnlyList<WebhookDelivery>> NewestAsync(Endpoint endpoint, int limit, CancellationToken cancellationToken);

    /// <summary>Null while the endpoint is on.</summary>
    Task<SwitchedOff?> FindSwitchedOffAsync(Endpoint endpoint, CancellationToken cancellationToken);

    /// <summary>Switches an endpoint off, or on again with null.</summary>
    Task SwitchAsync(Endpoint endpoint, SwitchedOff? off, CancellationToken cancellationToken);

    /// <summary>Forgets deliveries that were made before a time.</summary>
    Task<int> ForgetAsync(Endpoint endpoint, DateTimeOffset before, CancellationToken cancellationToken);
}
