using Moderato.Comments;
using Moderato.Mail;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mail;

/// <summary>What tests of mails do again and again.</summary>
internal static class MailWorld
{
    public const string Anna = "anna@example.org";

    public static MailRequest Request(string of = "2026-03-09", string edition = Editions.Daily, string address = Anna) => new(World.Demo, "test", of, edition, address, "it");

    public static Task PostAsync(this World world, params MailRequest[] requests) => world.Get<Postbox>().PostAsync(requests, CancellationToken.None);

    public static async Task<IReadOnlyList<PostedMail>> MailsAsync(this World world) => await world.Get<IMailStore>().ReadAsync(World.Demo, null, CancellationToken.None);

    public static async Task<PostedMail> OnlyMailAsync(this World world) => Assert.Single(await world.MailsAsync());

    /// <summary>A mail's turn, as the queue brings it.</summary>
    public static Task TurnAsync(this World world, PostedMail mail) =>
        world.Make<SendMails>().Run(System.Text.Encoding.UTF8.GetString(new MailTurn(World.Demo, mail.Id, mail.Attempts).ToMessage()), CancellationToken.None);

    /// <summary>The app's clock goes to a mail's next try, and its turn comes.</summary>
    public static async Task NextTryAsync(this World world)
    {
        var mail = await world.OnlyMailAsync();
        world.Time.Now = mail.NextAt!.Value;
        await world.TurnAsync(mail);
    }

    public static async Task<string> LinkAsync(this World world, MailRequest request) =>
        (await world.Get<Subscriptions>().LinksAsync(request, CancellationToken.None)).Unsubscribe!;
}
