using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Privacy;

/// <summary>Registers the privacy room.</summary>
public static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services.AddSingleton<Erasures>();
}
