using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Moderato.Local.Host;

/// <summary>Keeps a message that is worked on invisible to others.</summary>
internal sealed class Lease(QueueClient queue, QueueMessage message, LocalHostOptions options)
{
    /// <summary>What the message is deleted with: a new one after each renewal.</summary>
    public string Receipt { get; private set; } = message.PopReceipt;

    /// <summary>Renews until it is disposed of.</summary>
    public IAsyncDisposable Renew() => new Renewal(this);

    private async Task RenewAsync(CancellationToken done)
    {
        using var timer = new PeriodicTimer(options.QueueLeaseRenewal, options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                // Not given up halfway: the answer holds the receipt that the message is deleted with.
                var renewed = await queue.UpdateMessageAsync(message.MessageId, Receipt, messageText: null, options.QueueLease, CancellationToken.None);
                Receipt = renewed.Value.PopReceipt;
            }
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
        catch (RequestFailedException)
        {
            // The lease is lost; settling the message will say so.
        }
    }

    private sealed class Renewal : IAsyncDisposable
    {
        private readonly CancellationTokenSource _done = new();
        private readonly Task _renewing;

        public Renewal(Lease lease) => _renewing = lease.RenewAsync(_done.Token);

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _renewing;
            _done.Dispose();
        }
    }
}
