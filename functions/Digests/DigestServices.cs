using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Digests;

/// <summary>Registers the digest's room.</summary>
public static class DigestServices
{
    public static IServiceCollection AddDigests(this IServiceCollection services) => services
        .AddSingleton<RollUp>()
        .AddSingleton<Voicing>()
        .AddSingleton<NeedPart>()
        .AddSingleton<HandoffPart>()
        .AddSingleton<PersonPart>()
        .AddSingleton<CausePart>()
        .AddSingleton<QuestionPart>()
        .AddSingleton<DigestParts>()
        .AddSingleton<Mail.Postbox>()
        .AddSingleton<DigestMails>()
        .AddSingleton<DigestCompiler>();
}
