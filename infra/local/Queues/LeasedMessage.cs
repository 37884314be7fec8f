using System.Globalization;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Moderato.Local.Queues;

/// <summary>A message taken from the queue: invisible to others as long as its lease is renewed.</summary>
internal sealed class LeasedMessage(QueueClient queue, QueueMessage message, TimeProvider time)
{
    // Each renewal gives a new receipt; older ones no longer delete the message.
    private string _receipt = message.PopReceipt;

    public QueueMessage Message => message;

    /// <summary>What the console calls it.</summary>
    public string Label =>
        string.Create(CultureInfo.InvariantCulture, $"message {message.MessageId[..8]}, try {message.DequeueCount}");

    /// <summary>Runs the work while renewing the lease.</summary>
    public async Task<bool> KeepWhileAsync(Func<Task<bool>> work, QueuePace pace)
    {
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(pace, done.Token);
        try
        {
            return await work();
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }
    }

    public Task DeleteAsync() => queue.DeleteMessageAsync(message.MessageId, _receipt);

    /// <summary>Gives it back; others see it when the time is over.</summary>
    public async Task ReleaseAsync(TimeSpan invisible) => await ExtendAsync(invisible);

    private async Task RenewAsync(QueuePace pace, CancellationToken done)
    {
        while (true)
        {
            await Task.Delay(pace.Renewal, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
                return;
            try
            {
                await ExtendAsync(pace.Lease);
            }
            catch (RequestFailedException lost) when (lost.Status is 400 or 404)
            {
                // Somebody else has it by now: the message runs twice, and deleting it here will fail and be reported.
                return;
            }
            catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException)
            {
                // The storage is away for a moment; the lease outlasts two missed renewals.
            }
        }
    }

    private async Task ExtendAsync(TimeSpan invisible)
    {
        UpdateReceipt receipt = await queue.UpdateMessageAsync(message.MessageId, _receipt, message.Body, invisible);
        _receipt = receipt.PopReceipt;
    }
}
