using Microsoft.Extensions.DependencyInjection;
using Moderato.Mail;

namespace Moderato.Mood;

/// <summary>Registers the mood's room.</summary>
public static class MoodServices
{
    public static IServiceCollection AddMood(this IServiceCollection services) => services
        .AddSingleton<Listening>()
        .AddSingleton<MoodWatch>()
        .AddSingleton<IncidentLinks>()
        .AddSingleton<Alarms>()
        .AddSingleton<Incidents>()
        .AddSingleton<Protections>()
        .AddSingleton<RaidProtection>()
        .AddSingleton<ILetterWriter, AlarmLetter>();
}
