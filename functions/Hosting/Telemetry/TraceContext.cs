using System.Diagnostics;
using System.Text;

namespace Moderato.Hosting;

/// <summary>
/// Hands a trace on through a queue: as the first property of the message, a JSON object, in W3C Trace Context's form
/// (<c>{"traceparent":"00-…-…-01",</c>). Whoever reads the message does not look at it. Without a trace that is kept, nothing is added.
/// </summary>
internal static class TraceContext
{
    private const string Before = """{"traceparent":"00-""";
    private const string Version = "00-";
    private const int Length = 55;

    /// <summary>What a message grows by, in bytes.</summary>
    public const int Bytes = 72;

    /// <summary>The message, with the trace that goes on with it.</summary>
    public static byte[] Carry(byte[] message)
    {
        var span = Activity.Current;
        if (!Spans.IsOurs(span) || message is not [(byte)'{', not (byte)'}', ..])
            return message;
        return [.. Encoding.ASCII.GetBytes($$"""{"traceparent":"00-{{span!.TraceId}}-{{span.SpanId}}-01","""), .. message.AsSpan(1)];
    }

    /// <summary>The trace that a message carries; null for none.</summary>
    public static ActivityContext? Of(string message) =>
        message.StartsWith(Before, StringComparison.Ordinal) && message.Length >= Before.Length - Version.Length + Length
        && ActivityContext.TryParse(message.Substring(Before.Length - Version.Length, Length), null, isRemote: true, out var context)
            ? context
            : null;
}
