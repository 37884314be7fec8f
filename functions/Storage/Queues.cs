using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Moderato.Hosting;

namespace Moderato.Storage;

/// <summary>Sending messages that must not get lost.</summary>
internal static class Queues
{
    /// <summary>What nobody takes for a week must not vanish.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    /// <param name="queue">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long nobody sees it; null for not at all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<Response<SendReceipt>> KeepAsync(this QueueClient queue, byte[] message, TimeSpan? delay, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(BinaryData.FromBytes(TraceContext.Carry(message)), delay, Never, cancellationToken);
}
