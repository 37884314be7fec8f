using System.Globalization;

namespace Moderato.Comments;

/// <summary>Somebody changed something that others rely on. Holds nothing that a commenter wrote, and no author's id or name.</summary>
/// <param name="Community">Where; null for what belongs to no community, such as a key for all of them.</param>
/// <param name="At">When.</param>
/// <param name="Who">The name of the key, and whoever the request says is behind it: <c>office/anna</c>.</param>
/// <param name="Act">What was done, as in <c>policy.changed</c>; all of them are in <see cref="Acts"/>.</param>
/// <param name="Target">What it was done to: a version's number, an outcome's id, a key's id.</param>
/// <param name="Note">Why, in the words of whoever did it.</param>
public sealed record AuditEntry(CommunityId? Community, DateTimeOffset At, string Who, string Act, string? Target, string? Note);

/// <summary>What audit entries call what was done.</summary>
public static class Acts
{
    public const string PolicyChanged = "policy.changed";
    public const string PolicyRestored = "policy.restored";
    public const string GuidelinesChanged = "guidelines.changed";
    public const string GuidelinesRestored = "guidelines.restored";
    public const string ProfileChanged = "profile.changed";
    public const string WebhookEnabled = "webhook.enabled";
    public const string DeliveryResent = "webhook.resent";
    public const string KeyCreated = "key.created";
    public const string KeyRotated = "key.rotated";
    public const string KeyRevoked = "key.revoked";
    public const string Decided = "comment.decided";
    public const string DecisionUndone = "comment.decision-undone";
    public const string ActionAsked = "action.asked";
    public const string ActionUndone = "action.undone";
    public const string ProposalRejected = "comment.proposal-rejected";
    public const string ParkedReplayed = "parked.replayed";
    public const string ParkedDiscarded = "parked.discarded";
    public const string EventNoted = "event.noted";
    public const string EventRemoved = "event.removed";
    public const string MailResent = "mail.resent";
    public const string RecipientBounced = "recipient.bounced";
    public const string RecipientCleared = "recipient.cleared";
    public const string AuthorErased = "author.erased";
    public const string AuthorExported = "author.exported";
    public const string ProtectionBegun = "protection.begun";
    public const string ProtectionEnded = "protection.ended";
}

/// <summary>Remembers who changed what. Entries are added, never changed.</summary>
public interface IAuditLog
{
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);
}

/// <summary>Where an entry lies among the others: by its time, and by its id where two have the same.</summary>
public sealed record AuditPosition(DateTimeOffset At, Guid Id)
{
    public static AuditPosition Parse(string text)
    {
        var parts = text.Split(' ');
        return new AuditPosition(new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.ParseExact(parts[1], "n"));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks} {Id:n}");
}

/// <summary>An entry as it is remembered.</summary>
public sealed record AuditRecord(AuditPosition Position, AuditEntry Entry);

/// <summary>Which entries are asked for.</summary>
/// <param name="Community">Whose; null for what belongs to no community.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Until when; the end is excluded.</param>
/// <param name="Limit">How many at most.</param>
public sealed record AuditQuery(CommunityId? Community, DateTimeOffset From, DateTimeOffset To, int Limit)
{
    /// <summary>Only what comes behind; null for all.</summary>
    public AuditPosition? After { get; init; }
}

/// <summary>Reads who changed what.</summary>
public interface IAuditReader
{
    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditQuery query, CancellationToken cancellationToken);
}
