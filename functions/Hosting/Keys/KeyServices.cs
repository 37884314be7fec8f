using Microsoft.Extensions.DependencyInjection;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>Registers who may do what, the memory of who did, and what only we can read.</summary>
public static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton<AuditTrail>()
        .AddSingleton<Cursors>()
        .AddSingleton(provider => new ApiKeys(
            provider.GetRequiredService<Settings>().Keys,
            provider.GetRequiredService<Communities>(),
            provider.GetRequiredService<IKeyStore>(),
            provider.GetRequiredService<TimeProvider>()));
}
