using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Hosting;

/// <summary>Registers what asks platforms.</summary>
public static class OutgoingServices
{
    public static IServiceCollection AddOutgoing(this IServiceCollection services)
    {
        // No loggers: they write addresses, and one platform wants its token there. No cookies: sources would share them. No trace: ours is
        // no business of theirs.
        services.AddHttpClient(PlatformHttp.ClientName, http =>
        {
            http.Timeout = PlatformHttp.Patience;
            http.MaxResponseContentBufferSize = PlatformHttp.LongestAnswer;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }).RemoveAllLoggers();
        return services.AddTransient(provider => new PlatformHttp(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(PlatformHttp.ClientName), provider.GetRequiredService<TimeProvider>()));
    }
}
