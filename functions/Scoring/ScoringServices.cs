using Microsoft.Extensions.DependencyInjection;
using Moderato.Scoring.Feedback;

namespace Moderato.Scoring;

/// <summary>Registers the scoring room.</summary>
public static class ScoringServices
{
    public static IServiceCollection AddScoring(this IServiceCollection services) => services
        .AddSingleton(_ => Scorer.Default())
        .AddSingleton<Corrections>();
}
