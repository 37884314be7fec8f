using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Ingest;

/// <summary>Registers the intake room.</summary>
public static class IngestServices
{
    public static IServiceCollection AddIngest(this IServiceCollection services) => services.AddSingleton<Intake>().AddSingleton<Receiving>();
}
