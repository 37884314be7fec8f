namespace Moderato.Mail;

/// <summary>Takes mails to be sent. The same mail to the same person twice is one mail.</summary>
public sealed class Postbox
{
    private readonly Task _nothing = Task.CompletedTask;

    /// <summary>Notes mails and hands them to the queue. What was posted before is left as it is.</summary>
    public Task PostAsync(IReadOnlyList<MailRequest> requests, CancellationToken cancellationToken) => requests.Count == 0 && !cancellationToken.IsCancellationRequested ? _nothing : throw new NotSupportedException("It does not send yet.");
}
