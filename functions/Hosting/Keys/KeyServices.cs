using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Hosting;

/// <summary>Registers who may do what, the memory of who did, and what only we can read.</summary>
public static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services.AddSingleton<AuditTrail>().AddSingleton<Cursors>();
}
