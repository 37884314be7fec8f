using System.Globalization;
using System.Text;
using Azure;

namespace Moderato.Storage.Tables;

/// <summary>Takes the multipart answer to a transaction apart: one answer for each action, or a single one for the action that failed.</summary>
internal static class TransactionResponse
{
    private const string StatusLine = "HTTP/1.1 ";

    /// <exception cref="TableTransactionFailedException">An action failed.</exception>
    public static IReadOnlyList<Response> Read(Response response, int actions)
    {
        var parts = new List<Response>(actions);
        using var lines = new StringReader(response.Content.ToString());
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith(StatusLine, StringComparison.Ordinal))
            {
                parts.Add(ReadPart(line, lines, response));
            }
        }

        if (parts.Find(p => p.IsError) is { } failed)
        {
            throw new TableTransactionFailedException(TableFailure.Read(failed) with { RequestId = response.Headers.RequestId });
        }

        return parts.Count == actions
            ? parts
            : throw new InvalidDataException($"The table service answered {parts.Count} of {actions} actions of a transaction.");
    }

    private static TransactionPart ReadPart(string statusLine, StringReader lines, Response whole)
    {
        var status = int.Parse(statusLine.AsSpan(StatusLine.Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var reason = statusLine[(StatusLine.Length + 3)..].Trim();

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (lines.ReadLine() is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[header[..colon]] = header[(colon + 1)..].Trim();
            }
        }

        var body = new StringBuilder();
        while (lines.ReadLine() is { } line && !line.StartsWith("--", StringComparison.Ordinal))
        {
            body.Append(line);
        }

        return new TransactionPart(status, reason, headers, Encoding.UTF8.GetBytes(body.ToString()), whole.ClientRequestId);
    }
}
