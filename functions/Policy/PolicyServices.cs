using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Policy;

/// <summary>Registers the policy room.</summary>
public static class PolicyServices
{
    public static IServiceCollection AddPolicy(this IServiceCollection services) => services.AddSingleton<Policies>().AddSingleton<PolicyTrial>();
}
