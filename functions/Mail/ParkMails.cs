using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Mail;

/// <summary>The owner of the poison queue of <c>mails</c>: what could not even be written is parked, and can be sent again by hand.</summary>
public sealed partial class ParkMails(IMailStore store, ILogger<ParkMails> logger)
{
    [Function("ParkMails")]
    public async Task Run([QueueTrigger(QueueNames.PoisonMails)] string message, CancellationToken cancellationToken)
    {
        var turn = MailTurn.Parse(message);
        if (await store.FindAsync(turn.Community, turn.Id, cancellationToken) is not { Mail: { State: MailState.Waiting } mail } standing)
            return;
        var parked = mail with { State = MailState.Parked, LastResult = "it broke every try", NextAt = null, BusyUntil = null };
        if (!await store.ReplaceAsync(standing, parked, cancellationToken))
            throw new InvalidOperationException("A mail changed while it was parked."); // this message comes again
        Log.Parked(logger, turn.Community, mail.Request.Kind, turn.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The {Kind} mail {Id} of {Community} broke every try and is parked; it can be sent again by hand.")]
        public static partial void Parked(ILogger logger, CommunityId community, string kind, string id);
    }
}
