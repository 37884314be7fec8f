using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>
/// Writes a digest's mail into the mailbox folder as an .eml file that any mail program opens. The file's name comes from community
/// and day, so that writing it again after a crash gives no second mail.
/// </summary>
public sealed class Mailbox(MailSettings settings)
{
    public bool IsWanted(Community community) => settings.Folder is not null && community.DigestTo.Count > 0;

    /// <returns>The file's path.</returns>
    public async Task<string> WriteAsync(
        Community community, Digest digest, IReadOnlyDictionary<string, Quote> quotes, CancellationToken cancellationToken)
    {
        var name = $"{community.Id}-{digest.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(digest.Partial ? "-so-far" : "")}";
        using var mail = Compose(community, digest, quotes, name);

        // The mail library names the files it drops by chance; one of a folder of its own is easily found, and moving is atomic.
        var drop = Directory.CreateDirectory(Path.Combine(settings.Folder!, ".drop", Guid.NewGuid().ToString("N")));
        try
        {
            using var writer = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = drop.FullName };
            await writer.SendMailAsync(mail, cancellationToken);
            var path = Path.Combine(settings.Folder!, name + ".eml");
            File.Move(drop.GetFiles().Single().FullName, path, overwrite: true);
            return path;
        }
        finally
        {
            drop.Delete(recursive: true);
        }
    }

    private MailMessage Compose(Community community, Digest digest, IReadOnlyDictionary<string, Quote> quotes, string name)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(settings.From, "Moderato"),
            Subject = DigestWords.Of(digest.Language).Subject(digest),
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        foreach (var recipient in community.DigestTo)
            mail.To.Add(recipient);
        mail.Headers.Add("Message-ID", $"<digest-{name}@moderato>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(DigestText.Render(digest, quotes, digest.Language, DigestLinks.None), Encoding.UTF8, MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(DigestHtml.Render(digest, quotes, digest.Language, DigestLinks.None), Encoding.UTF8, MediaTypeNames.Text.Html));
        return mail;
    }
}
