using Microsoft.Extensions.DependencyInjection;
using Moderato.Mail;

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
        .AddSingleton<IncidentPart>()
        .AddSingleton<DigestParts>()
        .AddSingleton<DigestMails>()
        .AddSingleton<ILetterWriter, DigestLetterWriter>()
        .AddSingleton<DigestCompiler>();
}
