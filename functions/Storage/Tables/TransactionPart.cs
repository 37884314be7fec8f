using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace Moderato.Storage.Tables;

/// <summary>The answer to one action of a transaction.</summary>
internal sealed class TransactionPart : Response
{
    private readonly Dictionary<string, string> _headers;

    public TransactionPart(int status, string reason, Dictionary<string, string> headers, byte[] body, string clientRequestId)
    {
        _headers = headers;
        Status = status;
        ReasonPhrase = reason;
        ContentStream = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);
        ClientRequestId = clientRequestId;
    }

    public override int Status { get; }

    public override string ReasonPhrase { get; }

    public override bool IsError => Status >= 400;

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; }

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => _headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers.Select(h => new HttpHeader(h.Key, h.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => _headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = _headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }
}
