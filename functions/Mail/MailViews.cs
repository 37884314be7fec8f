using Moderato.Comments;

namespace Moderato.Mail;

/// <summary>A mail as the HTTP interface shows it: what it is and what became of it, none of its words.</summary>
/// <param name="Id">Its id, and the first part of its Message-ID.</param>
/// <param name="Kind">What sort of letter: <c>digest</c>, <c>alarm</c>.</param>
/// <param name="Of">What it is about: a day, an incident.</param>
/// <param name="Edition">What its recipient asked for.</param>
/// <param name="Address">The recipient.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastResult">What the last try came to, or why it is not sent.</param>
/// <param name="At">When it was posted.</param>
/// <param name="LastTriedAt">When it was tried last.</param>
/// <param name="NextAt">When it is tried again.</param>
public sealed record MailView(
    string Id, string Kind, string Of, string Edition, string Address, MailState State, int Attempts, string? LastResult, DateTimeOffset At, DateTimeOffset? LastTriedAt, DateTimeOffset? NextAt)
{
    internal static MailView From(PostedMail mail) => new(
        mail.Id, mail.Request.Kind, mail.Request.Of, mail.Request.Edition, mail.Request.Address, mail.State, mail.Attempts, mail.LastResult, mail.PostedAt, mail.LastTriedAt, mail.NextAt);
}

/// <summary>Mails, newest first.</summary>
public sealed record MailList(IReadOnlyList<MailView> Mails, string? NextCursor);

/// <summary>Whether a recipient gets an edition.</summary>
public enum SubscriptionState
{
    Subscribed,

    /// <summary>The recipient wants it no longer.</summary>
    Unsubscribed,

    /// <summary>No mail reaches the address.</summary>
    Bounced,
}

/// <summary>An edition that a recipient was given in the settings.</summary>
public sealed record EditionView(string Edition, SubscriptionState State);

/// <summary>A recipient of the settings, and what became of it since.</summary>
/// <param name="Address">The mail address.</param>
/// <param name="Language">The language of the mails.</param>
/// <param name="Hour">The local hour from which the digest is sent.</param>
/// <param name="Editions">What is sent.</param>
/// <param name="BouncedAt">Since when no mail reaches the address; null while it does.</param>
/// <param name="BouncedBecause">Why.</param>
public sealed record RecipientView(string Address, string Language, int Hour, IReadOnlyList<EditionView> Editions, DateTimeOffset? BouncedAt, string? BouncedBecause)
{
    internal static RecipientView Of(Recipient recipient, AddressNotes about) => new(
        recipient.Address, recipient.Language, recipient.Hour,
        [.. recipient.Editions.Select(e => new EditionView(
            e, about.Bounce is not null ? SubscriptionState.Bounced : about.Unsubscribed.Contains(e) ? SubscriptionState.Unsubscribed : SubscriptionState.Subscribed))],
        about.Bounce?.At, about.Bounce?.Reason);
}

/// <summary>A community's recipients, as in the settings.</summary>
public sealed record RecipientList(IReadOnlyList<RecipientView> Recipients);
