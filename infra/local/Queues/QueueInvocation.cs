using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using Moderato.Local.Hosting;

namespace Moderato.Local.Queues;

/// <summary>What the handler is told of a message.</summary>
internal static class QueueInvocation
{
    public static byte[] Compose(QueueFunction function, QueueMessage message, string text, DateTimeOffset now) =>
        InvocationBody.Compose(
            function,
            InvocationBody.TwiceEncoded(text),
            new JsonObject
            {
                ["Id"] = InvocationBody.TwiceEncoded(message.MessageId),
                ["PopReceipt"] = InvocationBody.TwiceEncoded(message.PopReceipt),
                ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
                ["InsertionTime"] = message.InsertedOn,
                ["ExpirationTime"] = message.ExpiresOn,
                ["NextVisibleTime"] = message.NextVisibleOn,
            },
            now);
}
