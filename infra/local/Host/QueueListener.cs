using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Moderato.Local.Host;

/// <summary>
/// Listens on one queue, as the Functions host does: fetches a batch when few messages are left, renews the lease of what is worked
/// on, deletes what succeeded, lets what failed wait, and moves what failed too often to NAME-poison, where it never expires.
/// </summary>
internal sealed class QueueListener(QueueFunction function, QueueServiceClient service, Invoker invoker, HandlerProcess handler, QueueSettings settings, LocalHostOptions options, HostConsole console)
{
    private const string PoisonSuffix = "-poison";
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = service.GetQueueClient(function.QueueName);
    private readonly HashSet<Task> _running = [];

    /// <summary>Runs until told to stop; then finishes what it took, until <paramref name="aborted"/>.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken aborted)
    {
        var pause = options.FirstPollingInterval;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // Tries are not to be used up on a handler that is not there.
                await handler.WaitUntilUpAsync(stopping);
                var taken = await FillAsync(stopping, aborted);
                pause = taken ? options.FirstPollingInterval : Min(pause * 2, settings.MaxPollingInterval);
                if (!taken)
                    await Task.Delay(pause, options.Time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (RequestFailedException failed) when (failed.Status == 404)
            {
                await _queue.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            }
            catch (Exception failed) when (failed is RequestFailedException or AggregateException)
            {
                console.Say(function.Name, $"the queue {function.QueueName} cannot be read; trying again");
                await Task.Delay(settings.MaxPollingInterval, options.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_running);
    }

    /// <summary>Fetches one batch if there is room. Returns false if the queue was empty.</summary>
    private async Task<bool> FillAsync(CancellationToken stopping, CancellationToken aborted)
    {
        _running.RemoveWhere(t => t.IsCompleted);
        while (_running.Count > settings.NewBatchThreshold)
        {
            await Task.WhenAny(_running).WaitAsync(stopping);
            _running.RemoveWhere(t => t.IsCompleted);
        }

        var messages = (await _queue.ReceiveMessagesAsync(settings.BatchSize, options.QueueLease, stopping)).Value;
        foreach (var message in messages)
            _running.Add(WorkAsync(message, aborted));
        return messages.Length > 0;
    }

    private async Task WorkAsync(QueueMessage message, CancellationToken aborted)
    {
        var lease = new Lease(_queue, message, options);
        try
        {
            if (message.DequeueCount > settings.MaxDequeueCount)
            {
                await FailAsync(message, lease.Receipt, "it was taken too often");
                return;
            }

            InvocationResult result;
            await using (lease.Renew())
                result = await invoker.InvokeAsync(function, function.Binding, Invoker.Twice(TextOf(message)), MetadataOf(message), aborted);
            if (result.Succeeded)
                await _queue.DeleteMessageAsync(message.MessageId, lease.Receipt, CancellationToken.None);
            else
                await FailAsync(message, lease.Receipt, result.Why);
        }
        catch (OperationCanceledException)
        {
            console.Say(function.Name, $"message {message.MessageId} was not finished in time; it will be tried again");
        }
        catch (RequestFailedException lost)
        {
            // The lease is gone or storage is away: the message comes back by itself, and doing it twice is harmless.
            console.Say(function.Name, $"message {message.MessageId} could not be settled ({lost.ErrorCode}); it will be tried again");
        }
    }

    private async Task FailAsync(QueueMessage message, string receipt, string why)
    {
        // As in the Functions host, a poison queue has no poison queue of its own.
        if (message.DequeueCount >= settings.MaxDequeueCount && !function.QueueName.EndsWith(PoisonSuffix, StringComparison.Ordinal))
        {
            var poison = service.GetQueueClient(function.QueueName + PoisonSuffix);
            await poison.CreateIfNotExistsAsync();
            await poison.SendMessageAsync(message.MessageText, timeToLive: Never);
            await _queue.DeleteMessageAsync(message.MessageId, receipt);
            console.Say(function.Name, $"message {message.MessageId} failed {message.DequeueCount} times ({why}); moved to {poison.Name}");
            return;
        }
        await _queue.UpdateMessageAsync(message.MessageId, receipt, messageText: null, settings.VisibilityTimeout);
        console.Say(function.Name, $"message {message.MessageId} failed, try {message.DequeueCount} of {settings.MaxDequeueCount}: {why}");
    }

    private string TextOf(QueueMessage message)
    {
        if (!settings.Base64)
            return message.MessageText;
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText));
        }
        catch (FormatException)
        {
            return message.MessageText; // somebody put plain text there: the function says what it thinks of it
        }
    }

    private static JsonObject MetadataOf(QueueMessage message) => new()
    {
        ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
        ["ExpirationTime"] = message.ExpiresOn,
        ["Id"] = Invoker.Twice(message.MessageId),
        ["InsertionTime"] = message.InsertedOn,
        ["NextVisibleTime"] = message.NextVisibleOn,
        ["PopReceipt"] = Invoker.Twice(message.PopReceipt),
    };

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
