using System.Net;
using System.Net.Mail;

namespace Moderato.Mail;

/// <summary>Who mails come from, and through whom they are sent.</summary>
/// <param name="From">The sender.</param>
/// <param name="Server">Null where no mail is to be sent.</param>
public sealed record MailSettings(MailAddress From, MailServer? Server);

/// <summary>The mail server that mails are handed to.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="User">Whom it knows, with a password; null for nobody.</param>
/// <param name="Encrypted">Whether nothing is sent unless it encrypts (STARTTLS) and its certificate is trusted.</param>
/// <param name="Timeout">How long handing over a mail may take.</param>
public sealed record MailServer(string Host, int Port, NetworkCredential? User, bool Encrypted, TimeSpan Timeout);
