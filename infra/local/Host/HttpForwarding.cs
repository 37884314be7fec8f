using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Moderato.Local.Host;

/// <summary>
/// Forwards requests to the handler as they came: path, query, headers and raw body, plus the host's two headers. Only routes that
/// functions declare exist. While the handler is down the answer is 503, which a platform takes as "later".
/// </summary>
internal sealed class HttpForwarding(HandlerProcess handler, IHttpForwarder forwarder, HttpMessageInvoker client, HostConsole console)
{
    private static readonly HostHeaders Headers = new();

    public void Map(IEndpointRouteBuilder endpoints, FunctionsApp app)
    {
        foreach (var function in app.Functions.OfType<HttpFunction>())
        {
            var route = $"/{app.RoutePrefix}/{function.Route}";
            if (function.Methods.Count > 0)
                endpoints.MapMethods(route, function.Methods, context => ForwardAsync(context, function));
            else
                endpoints.Map(route, context => ForwardAsync(context, function));
        }
    }

    private async Task ForwardAsync(HttpContext context, HttpFunction function)
    {
        var error = handler.Address is { } address
            ? await forwarder.SendAsync(context, address.ToString(), client, ForwarderRequestConfig.Empty, Headers)
            : ForwarderError.NoAvailableDestinations;
        if (error is ForwarderError.NoAvailableDestinations or ForwarderError.Request && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
            console.Say(function.Name, $"{context.Request.Method} answered with {context.Response.StatusCode}");
    }

    private sealed class HostHeaders : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
            proxyRequest.Headers.TryAddWithoutValidation("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
            proxyRequest.Headers.TryAddWithoutValidation("X-Azure-Functions-HostVersion", LocalHost.Version);
        }
    }
}
