using System.Globalization;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Moderato.Local.Hosting;

namespace Moderato.Local.Queues;

/// <summary>
/// Takes messages of one queue and has the handler run them, as many at once as the Functions host: a batch is taken whenever no
/// more than <see cref="QueueSettings.NewBatchThreshold"/> still run.
/// </summary>
internal sealed class QueueListener(
    QueueFunction function, QueueSettings settings, QueuePace pace, Handler handler, Invoker invoker, HostConsole console, TimeProvider time)
    : IListener
{
    private const string PoisonSuffix = "-poison";
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = function.Queue;
    private readonly List<Task> _running = [];
    private bool _queueExists;

    public string Name => function.Name;

    /// <inheritdoc/>
    /// <remarks>Messages that are given up come back when their lease ends.</remarks>
    public async Task ListenAsync(CancellationToken stopping, CancellationToken abandon)
    {
        var delay = new PollDelay(pace.ShortestPoll, settings.MaxPollingInterval);
        try
        {
            while (true)
            {
                if (await TakeAsync(stopping, abandon))
                    delay.Reset();
                else
                    await Task.Delay(delay.Next(), time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(_running);
        }
    }

    /// <returns>Whether there was anything to take.</returns>
    private async Task<bool> TakeAsync(CancellationToken stopping, CancellationToken abandon)
    {
        while (_running.Count > settings.NewBatchThreshold)
        {
            await Task.WhenAny(_running).WaitAsync(stopping);
            _running.RemoveAll(run => run.IsCompleted);
        }

        // A message taken while the handler is down would only waste one of its tries.
        await handler.WhenUpAsync(stopping);
        stopping.ThrowIfCancellationRequested();
        var messages = await ReceiveAsync();
        _running.AddRange(messages.Select(message => RunAsync(new LeasedMessage(_queue, message, time), abandon)));
        return messages.Count > 0;
    }

    // Not given up when the host stops: a batch that the storage has handed out would be lost until its lease ends.
    private async Task<IReadOnlyList<QueueMessage>> ReceiveAsync()
    {
        try
        {
            if (!_queueExists)
                await _queue.CreateIfNotExistsAsync();
            _queueExists = true;
            return (await _queue.ReceiveMessagesAsync(settings.BatchSize, pace.Lease)).Value;
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException)
        {
            // Perhaps somebody deleted it.
            _queueExists = false;
            console.Trouble(function.Name, $"cannot read queue {function.QueueName}: {Reason(failure)}");
            return [];
        }
    }

    private async Task RunAsync(LeasedMessage leased, CancellationToken abandon)
    {
        try
        {
            if (leased.Message.DequeueCount > settings.MaxDequeueCount && HasPoisonQueue)
                await PoisonAsync(leased, "tried too often");
            else if (MessageText.Decode(leased.Message.Body.ToString(), settings.Base64) is { } text)
                await RunAsync(leased, text, abandon);
            else if (HasPoisonQueue)
                await PoisonAsync(leased, "is not base64");
            else
                await leased.ReleaseAsync(settings.VisibilityTimeout);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            console.Trouble(function.Name, $"given up; comes back within {HostConsole.Seconds(pace.Lease)}  {leased.Label}");
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException)
        {
            // The message is not deleted, so it comes back; running it again is what at-least-once means.
            console.Trouble(function.Name, $"cannot settle: {Reason(failure)}  {leased.Label}");
        }
    }

    private async Task RunAsync(LeasedMessage leased, string text, CancellationToken abandon)
    {
        var body = QueueInvocation.Compose(function, leased.Message, text, time.GetUtcNow());
        if (await leased.KeepWhileAsync(() => invoker.InvokeAsync(function, body, leased.Label, abandon), pace))
            await leased.DeleteAsync();
        else if (leased.Message.DequeueCount >= settings.MaxDequeueCount && HasPoisonQueue)
            await PoisonAsync(leased, "failed for good");
        else
            await leased.ReleaseAsync(settings.VisibilityTimeout);
    }

    /// <summary>As in the Functions host a poison queue has no poison queue of its own; its messages are tried for ever.</summary>
    private bool HasPoisonQueue => !function.QueueName.EndsWith(PoisonSuffix, StringComparison.Ordinal);

    /// <summary>Copies first and deletes then: a crash in between leaves two copies rather than none.</summary>
    private async Task PoisonAsync(LeasedMessage leased, string why)
    {
        var poison = function.Account.GetQueueClient(function.QueueName + PoisonSuffix);
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(leased.Message.Body, timeToLive: Never);
        await leased.DeleteAsync();
        console.Trouble(function.Name, $"{why}: moved to {poison.Name}  {leased.Label}");
    }

    private static string Reason(Exception failure) =>
        failure is RequestFailedException { Status: > 0 } answered
            ? string.Create(CultureInfo.InvariantCulture, $"status {answered.Status} {answered.ErrorCode}")
            : "the storage does not answer";
}
