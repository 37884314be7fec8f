using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mail;

/// <summary>Why a mail was not taken.</summary>
/// <param name="ForGood">Whether the server refused its recipient for good; else it may be tried again.</param>
/// <param name="Reason">Our words and the server's code.</param>
internal sealed record NotTaken(bool ForGood, string Reason);

/// <summary>Hands mails to the mail server of the settings.</summary>
public sealed class MailSender(MailSettings settings, TimeProvider time)
{
    private const int FirstForGood = 500;

    /// <summary>RFC 4954: who does not say who they are, or says it wrongly.</summary>
    private const int FirstOfAccess = 530;
    private const int LastOfAccess = 538;

    /// <summary>What became of it: null if the server took it.</summary>
    internal async Task<NotTaken?> SendAsync(MailServer server, PostedMail mail, Letter letter, LetterLinks links, Community community, CancellationToken cancellationToken)
    {
        using var span = Spans.Mail(server.Host, server.Port);
        var failure = await TryAsync(server, mail, letter, links, community, cancellationToken);
        if (failure is not null)
            span.Fail(failure.ForGood ? "refused" : "later");
        return failure;
    }

    private async Task<NotTaken?> TryAsync(MailServer server, PostedMail mail, Letter letter, LetterLinks links, Community community, CancellationToken cancellationToken)
    {
        using var message = Envelope.Of(mail, letter, links, community, settings.From);
        using var ended = new CancellationTokenSource(server.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, cancellationToken);
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.Encrypted, // STARTTLS, or nothing is sent
            Credentials = server.User,
            Timeout = (int)server.Timeout.TotalMilliseconds, // cancelling does not reach the wait for the last answer
        };
        try
        {
            await client.SendMailAsync(message, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Later(NoAnswer(server));
        }
        catch (SmtpFailedRecipientException refused)
        {
            var code = (int)refused.StatusCode;
            return new NotTaken(code >= FirstForGood, string.Create(CultureInfo.InvariantCulture, $"the server refused the recipient ({code})"));
        }
        catch (SmtpException failure) when (!cancellationToken.IsCancellationRequested)
        {
            return Later(failure switch
            {
                { InnerException: AuthenticationException } => $"the server's certificate is not trusted, or is not for {server.Host}: nothing was sent",
                { InnerException: SocketException { SocketErrorCode: var error } } => $"no connection ({error})",
                { InnerException: not null } => "the connection broke",
                { StatusCode: not SmtpStatusCode.GeneralFailure and var code } => Answered((int)code, server),
                _ when ended.IsCancellationRequested || !server.Encrypted => NoAnswer(server),
                _ => "the server does not offer STARTTLS: nothing was sent",
            });
        }
    }

    /// <summary>The library goes on without a user whom the server does not know, and is refused then.</summary>
    private static string Answered(int code, MailServer server) => (code is >= FirstOfAccess and <= LastOfAccess, server.User) switch
    {
        (true, null) => string.Create(CultureInfo.InvariantCulture, $"the server wants a user and a password, or STARTTLS ({code})"),
        (true, _) => string.Create(CultureInfo.InvariantCulture, $"the server does not take the user and the password ({code})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"the server answered {code}"),
    };

    private static string NoAnswer(MailServer server) => string.Create(CultureInfo.InvariantCulture, $"no answer within {server.Timeout.TotalSeconds:0} s");

    private static NotTaken Later(string reason) => new(false, reason);
}
