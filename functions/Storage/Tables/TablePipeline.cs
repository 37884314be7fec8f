using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Moderato.Storage.Tables;

/// <summary>Makes requests to one table service and sends them. What every request has in common is here.</summary>
internal sealed class TablePipeline(Uri endpoint, HttpPipeline pipeline)
{
    /// <summary>Rows with type annotations only where JSON cannot tell the type.</summary>
    public const string Json = "application/json;odata=minimalmetadata";

    public const string DataServiceVersion = "3.0";

    private const string ServiceVersion = "2020-12-06";

    public Uri Endpoint { get; } = new(endpoint.AbsoluteUri.TrimEnd('/'));

    /// <param name="method">The verb.</param>
    /// <param name="path">Below the endpoint, escaped already, without a leading slash.</param>
    /// <param name="expected">Says which answers are not failures; the rest throws when the message is sent.</param>
    public HttpMessage CreateMessage(RequestMethod method, string path, ResponseClassifier expected)
    {
        var message = pipeline.CreateMessage();
        message.ResponseClassifier = expected;
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(Endpoint);
        request.Uri.AppendPath("/", escape: false);
        request.Uri.AppendPath(path, escape: false);
        request.Headers.Add(HttpHeader.Names.Accept, Json);
        request.Headers.Add("x-ms-version", ServiceVersion);
        request.Headers.Add("DataServiceVersion", DataServiceVersion);
        return message;
    }

    /// <exception cref="RequestFailedException">The answer is none of those that were expected.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await pipeline.SendAsync(message, cancellationToken);
        return message.Response.IsError ? throw TableFailure.From(message.Response) : message.Response;
    }
}
