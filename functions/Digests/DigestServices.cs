using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Digests;

/// <summary>Registers the digest's room.</summary>
public static class DigestServices
{
    public static IServiceCollection AddDigests(this IServiceCollection services) =>
        services.AddSingleton<RollUp>().AddSingleton<Mailbox>().AddSingleton<DigestCompiler>();
}
