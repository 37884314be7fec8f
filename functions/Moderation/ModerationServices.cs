using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Moderation;

/// <summary>Registers the corridor.</summary>
public static class ModerationServices
{
    public static IServiceCollection AddModeration(this IServiceCollection services) => services.AddSingleton<Judge>().AddSingleton<Traffic>().AddSingleton<Sweep>();
}
