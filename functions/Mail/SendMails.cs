using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mail;

/// <summary>
/// Takes turns from the queue <c>mails</c>: has the letter written, hands it to the mail server, writes down what became of it. Tries go on
/// for a day, each by a message of its own that lies in the queue until its time; then the mail is parked.
/// </summary>
/// <remarks>
/// However often a turn is delivered, one mail is sent: whoever sends holds the row for as long as that may take, and a mail that is settled
/// is left alone. There is one way to two: the app is killed, or waits in vain, after the server took the mail and before that is written
/// down. Then it is sent again with the same Message-ID, by which mail servers and programs know it.
/// </remarks>
public sealed partial class SendMails(
    Communities communities, MailSettings settings, IMailStore store, IEnumerable<ILetterWriter> writers, Subscriptions subscriptions, MailSender sender,
    TimeProvider time, ILogger<SendMails> logger)
{
    private const int MaxConflicts = 8;

    /// <summary>A mail is held for twice what a try may take, since it has two ends, and this.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>A minute, 5, 15, an hour, then every hour: a day in all.</summary>
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), .. Enumerable.Repeat(TimeSpan.FromHours(1), 23)];

    [Function("SendMails")]
    public async Task Run([QueueTrigger(QueueNames.Mails)] string message, CancellationToken cancellationToken)
    {
        var turn = MailTurn.Parse(message);
        if (communities.Find(turn.Community) is not { } community)
        {
            Log.CommunityGone(logger, turn.Community);
            return;
        }
        // Absent: forgotten since.
        if (await store.FindAsync(turn.Community, turn.Id, cancellationToken) is not { Mail: { State: MailState.Waiting } mail } standing || turn.Attempt < mail.Attempts)
            return;
        var now = time.GetUtcNow();
        if (mail.BusyUntil is { } busy && busy > now)
        {
            await store.EnqueueAsync(turn, busy - now, cancellationToken);
            return;
        }
        if (settings.Server is not { } server)
        {
            await SettleAsync(mail, MailState.Parked, "the settings name no mail server", cancellationToken);
            return;
        }
        if (await IsRefusedAsync(mail, cancellationToken))
            return;

        // Written before the mail is held: what cannot be written fails here, and is parked after the host's tries.
        var links = await subscriptions.LinksAsync(mail.Request, cancellationToken);
        if (await WriterOf(mail.Request).WriteAsync(mail.Request, links, cancellationToken) is not { } letter)
        {
            await SettleAsync(mail, MailState.Skipped, "there is nothing to say any more", cancellationToken);
            return;
        }
        var lease = (2 * server.Timeout) + Margin;
        if (!await store.ReplaceAsync(standing, mail with { BusyUntil = now + lease }, cancellationToken))
        {
            await store.EnqueueAsync(turn, lease, cancellationToken); // another copy was faster
            return;
        }
        await NoteAsync(mail, await sender.SendAsync(server, mail, letter, links, community, cancellationToken), cancellationToken);
    }

    /// <summary>Every night: forgets mails older than 90 days, or what the community keeps if that is less.</summary>
    [Function("ForgetMails")]
    public Task Forget([TimerTrigger("0 45 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        community => store.ForgetAsync(community.Id, time.GetUtcNow().AddDays(-Math.Min(LongestMemory, community.OutcomeDays)), cancellationToken),
        (failure, community) => Log.NotForgotten(logger, failure, community),
        cancellationToken);

    private const int LongestMemory = 90;

    /// <summary>Whether the mail is not to be sent any more: its recipient said so, or the server did.</summary>
    private async Task<bool> IsRefusedAsync(PostedMail mail, CancellationToken cancellationToken)
    {
        var about = await store.AboutAsync(mail.Request.Community, mail.Request.Address, cancellationToken);
        if (about.WhyNot(mail.Request.Edition) is not { } why)
            return false;
        // Held before: it was this mail that was refused, and the app was stopped before that was written down.
        if (about.Bounce is { } bounce && mail.BusyUntil is not null)
            await SettleAsync(mail, MailState.Bounced, bounce.Reason, cancellationToken);
        else
            await SettleAsync(mail, MailState.Skipped, why, cancellationToken);
        return true;
    }

    private ILetterWriter WriterOf(MailRequest request) =>
        writers.FirstOrDefault(w => w.Kind == request.Kind) ?? throw new InvalidOperationException($"Nobody writes letters of the kind '{request.Kind}'.");

    private async Task NoteAsync(PostedMail mail, NotTaken? failure, CancellationToken cancellationToken)
    {
        var (now, attempts, of) = (time.GetUtcNow(), mail.Attempts + 1, mail.Request);
        if (failure is null)
        {
            Meters.Mailed(of.Kind, "sent");
            await ChangeAsync(mail, m => m with { State = MailState.Sent, Attempts = attempts, LastTriedAt = now, LastResult = "sent", NextAt = null, BusyUntil = null }, cancellationToken);
        }
        else if (failure.ForGood)
        {
            await store.NoteBounceAsync(of.Community, of.Address, new Bounce(now, failure.Reason), cancellationToken);
            await ChangeAsync(mail, m => m with { State = MailState.Bounced, Attempts = attempts, LastTriedAt = now, LastResult = failure.Reason, NextAt = null, BusyUntil = null }, cancellationToken);
            Meters.Mailed(of.Kind, "bounced");
            Log.Bounced(logger, of.Community, of.Kind, mail.Id, failure.Reason);
        }
        else if (attempts > Waits.Length)
        {
            await ChangeAsync(mail, m => m with { State = MailState.Parked, Attempts = attempts, LastTriedAt = now, LastResult = failure.Reason, NextAt = null, BusyUntil = null }, cancellationToken);
            Meters.Mailed(of.Kind, "parked");
            Log.Parked(logger, of.Community, of.Kind, mail.Id, failure.Reason);
        }
        else
        {
            // Handed over before it is written down: stopped between, this turn comes again and the other one finds what it needs.
            var wait = Waits[attempts - 1];
            await store.EnqueueAsync(new MailTurn(of.Community, mail.Id, attempts), wait, cancellationToken);
            await ChangeAsync(mail, m => m with { Attempts = attempts, LastTriedAt = now, LastResult = failure.Reason, NextAt = now + wait, BusyUntil = null }, cancellationToken);
            Meters.Mailed(of.Kind, "later");
            Log.Later(logger, of.Community, of.Kind, mail.Id, failure.Reason, attempts, wait);
        }
    }

    private Task SettleAsync(PostedMail mail, MailState state, string why, CancellationToken cancellationToken) =>
        ChangeAsync(mail, m => m with { State = state, LastResult = why, NextAt = null, BusyUntil = null }, cancellationToken);

    /// <summary>Writes down what became of a mail, unless somebody else settled it meanwhile.</summary>
    private async Task ChangeAsync(PostedMail mail, Func<PostedMail, PostedMail> change, CancellationToken cancellationToken)
    {
        for (var conflict = 0; conflict < MaxConflicts; conflict++)
        {
            if (await store.FindAsync(mail.Request.Community, mail.Id, cancellationToken) is not { Mail.State: MailState.Waiting } standing
                || await store.ReplaceAsync(standing, change(standing.Mail), cancellationToken))
                return;
        }
        throw new InvalidOperationException($"A mail changed {MaxConflicts} times while what became of it was written down.");
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A mail is of {Community}, which is no longer in the settings.")]
        public static partial void CommunityGone(ILogger logger, CommunityId community);

        [LoggerMessage(LogLevel.Warning, "The {Kind} mail {Id} of {Community} was not sent: {Reason} (try {Attempt}); the next try is in {Wait}.")]
        public static partial void Later(ILogger logger, CommunityId community, string kind, string id, string reason, int attempt, TimeSpan wait);

        [LoggerMessage(LogLevel.Warning, "The {Kind} mail {Id} of {Community} bounced: {Reason}. Its recipient gets no mail until an admin clears the address.")]
        public static partial void Bounced(ILogger logger, CommunityId community, string kind, string id, string reason);

        [LoggerMessage(LogLevel.Error, "The {Kind} mail {Id} of {Community} is parked after a day of tries, the last with: {Reason}. It can be sent again by hand.")]
        public static partial void Parked(ILogger logger, CommunityId community, string kind, string id, string reason);

        [LoggerMessage(LogLevel.Error, "Old mails of {Community} could not be forgotten.")]
        public static partial void NotForgotten(ILogger logger, Exception exception, CommunityId community);
    }
}
