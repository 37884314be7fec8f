using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Review;

/// <summary>Registers what people decide with.</summary>
public static class ReviewServices
{
    public static IServiceCollection AddReview(this IServiceCollection services) => services
        .AddSingleton<ReviewQueue>()
        .AddSingleton<Handoffs>()
        .AddSingleton<PersonsActions>()
        .AddSingleton<Rulings>()
        .AddSingleton<RulingReader>()
        .AddSingleton<Proposals>()
        .AddSingleton<BulkSelection>();
}
