namespace Moderato.Mail;

/// <summary>Takes mails to be sent. The same mail to the same person twice is one mail.</summary>
public sealed class Postbox(MailSettings settings, IMailStore store, TimeProvider time)
{
    /// <summary>Whether mails are sent at all: without a server in the settings nothing is noted.</summary>
    public bool IsOpen => settings.Server is not null;

    /// <summary>
    /// Notes mails and hands them to the queue. What was posted before is left as it is; what was not tried yet is handed over again, since
    /// whoever posted it may have been stopped in between. One turn too many changes nothing.
    /// </summary>
    public async Task PostAsync(IReadOnlyList<MailRequest> requests, CancellationToken cancellationToken)
    {
        if (!IsOpen)
            return;
        foreach (var request in requests)
        {
            var mail = PostedMail.Of(request, time.GetUtcNow());
            if ((await store.AboutAsync(request.Community, request.Address, cancellationToken)).WhyNot(request.Edition) is { } why)
                mail = mail with { State = MailState.Skipped, LastResult = why };
            if (!await store.AddAsync(mail, cancellationToken))
                mail = (await store.FindAsync(request.Community, mail.Id, cancellationToken))?.Mail;
            if (mail is { State: MailState.Waiting, Attempts: 0 })
                await store.EnqueueAsync(new MailTurn(request.Community, mail.Id, 0), TimeSpan.Zero, cancellationToken);
        }
    }
}
