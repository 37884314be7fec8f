using Moderato.Comments;

namespace Moderato.Mail;

/// <summary>That no mail reaches an address.</summary>
/// <param name="At">Since when that is known.</param>
/// <param name="Reason">Our words and the server's code, or those of whoever noted it.</param>
public sealed record Bounce(DateTimeOffset At, string Reason);

/// <summary>What is known of a recipient's address beside the settings.</summary>
/// <param name="Unsubscribed">The editions that its owner wants no longer.</param>
/// <param name="Bounce">Null while mails reach it.</param>
public sealed record AddressNotes(IReadOnlyCollection<string> Unsubscribed, Bounce? Bounce)
{
    /// <summary>Why a mail of this edition is not sent; null if it is.</summary>
    public string? WhyNot(string edition) =>
        Bounce is not null ? "no mail reaches the address" : Unsubscribed.Contains(edition) ? "its recipient unsubscribed" : null;
}

/// <summary>What mail asks of storage.</summary>
public interface IMailStore
{
    /// <summary>Hands a mail's turn to the queue, to come after the delay.</summary>
    Task EnqueueAsync(MailTurn turn, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>False if it is there already; then nothing changes.</summary>
    Task<bool> AddAsync(PostedMail mail, CancellationToken cancellationToken);

    Task<StandingMail?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken);

    /// <summary>False if it stands no longer as it was read.</summary>
    Task<bool> ReplaceAsync(StandingMail standing, PostedMail next, CancellationToken cancellationToken);

    /// <summary>Every mail that is remembered, or every one of a state, in no order.</summary>
    Task<IReadOnlyList<PostedMail>> ReadAsync(CommunityId community, MailState? state, CancellationToken cancellationToken);

    /// <summary>Forgets mails that were posted before a time. What is known of addresses stays.</summary>
    Task ForgetAsync(CommunityId community, DateTimeOffset before, CancellationToken cancellationToken);

    Task<AddressNotes> AboutAsync(CommunityId community, string address, CancellationToken cancellationToken);

    /// <summary>Notes that an address wants an edition no longer, or wants it again.</summary>
    Task SubscribeAsync(CommunityId community, string address, string edition, bool wanted, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notes that no mail reaches an address, or with null that it does again.</summary>
    Task NoteBounceAsync(CommunityId community, string address, Bounce? bounce, CancellationToken cancellationToken);
}
