using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Members;

/// <summary>Registers the room that knows who writes here.</summary>
public static class MemberServices
{
    public static IServiceCollection AddMembers(this IServiceCollection services) => services.AddSingleton<OwnAccounts>();
}
