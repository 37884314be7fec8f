using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Hosting;

/// <summary>Registers who may do what, and the memory of who did.</summary>
public static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services.AddSingleton<AuditTrail>();
}
