using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Scoring;

/// <summary>Registers the scoring room.</summary>
public static class ScoringServices
{
    public static IServiceCollection AddScoring(this IServiceCollection services) => services.AddSingleton(_ => Scorer.Default());
}
