using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Mail;

/// <summary>Registers the mail room. Rooms that write letters register an <see cref="ILetterWriter"/> each.</summary>
public static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<Postbox>()
        .AddSingleton<Subscriptions>()
        .AddSingleton<MailSender>();
}
