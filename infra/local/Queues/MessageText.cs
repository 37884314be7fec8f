using System.Buffers.Text;
using System.Text;

namespace Moderato.Local.Queues;

/// <summary>The text of a message as it lies in the queue, and what it means.</summary>
internal static class MessageText
{
    /// <returns>Null if it should be base64 and is not.</returns>
    public static string? Decode(string text, bool base64)
    {
        if (!base64)
            return text;
        return Base64.IsValid(text) ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;
    }
}
