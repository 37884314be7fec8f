using Microsoft.Extensions.DependencyInjection;
using Moderato.Actions.Webhooks;

namespace Moderato.Actions;

/// <summary>Registers the actions room.</summary>
public static class ActionsServices
{
    public static IServiceCollection AddActions(this IServiceCollection services) => services
        .AddSingleton<ActionRequests>().AddSingleton(_ => Actors.Abilities).AddSingleton<Announcer>().AddSingleton<WebhookSender>();
}
