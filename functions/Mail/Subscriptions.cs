using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mail;

/// <summary>What a link in a mail is about: one edition to one address.</summary>
/// <param name="Community">Whose mails.</param>
/// <param name="Edition">Which of them.</param>
/// <param name="Address">To whom.</param>
internal sealed record Subscription(Community Community, string Edition, string Address)
{
    /// <summary>The recipient's language; that of the community if the settings know them no longer.</summary>
    public string Language => Community.Find(Address)?.Language ?? Community.Language;
}

/// <summary>The links with which a recipient ends mails, and wants them again. Only we can make one, and it opens nothing else.</summary>
public sealed class Subscriptions(Communities communities, Cursors cursors, PublicAddress app)
{
    private const string Purpose = "unsubscribe";

    /// <summary>What a mail may link to.</summary>
    public async Task<LetterLinks> LinksAsync(MailRequest mail, CancellationToken cancellationToken) => app.Value is null
        ? new LetterLinks(null, null)
        : new LetterLinks(app.Value, $"{app.Value}/api/mails/unsubscribe/{await cursors.SealAsync(Purpose, $"{mail.Community}|{mail.Edition}|{mail.Address}", cancellationToken)}");

    /// <summary>What a link is about; null if it is none of ours, or its community is no more.</summary>
    internal async Task<Subscription?> OpenAsync(string token, CancellationToken cancellationToken) =>
        (await cursors.OpenAsync(Purpose, token, cancellationToken))?.Split('|', 3) is [var community, var edition, var address]
        && communities.Find(CommunityId.Parse(community)) is { } found
            ? new Subscription(found, edition, address)
            : null;
}
