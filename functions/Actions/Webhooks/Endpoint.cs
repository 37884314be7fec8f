using Moderato.Comments;

namespace Moderato.Actions.Webhooks;

/// <summary>The kinds of events that can be sent. Types after Standard Webhooks: letters, digits, underscores and dots.</summary>
public static class EventTypes
{
    /// <summary>A comment, or a new version of one, was judged.</summary>
    public const string OutcomeDecided = "outcome.decided";

    /// <summary>A comment was removed by its author or the platform.</summary>
    public const string CommentRemoved = "comment.removed";

    /// <summary>An action on a platform came to its end, whatever it was.</summary>
    public const string ActionFinished = "action.finished";

    /// <summary>A rule wants somebody to be told about a comment.</summary>
    public const string CommentNotify = "comment.notify";

    /// <summary>A comment was handed to a team; with the link at which the team reacts.</summary>
    public const string CommentHandoff = "comment.handoff";

    /// <summary>People are unhappy about something, or it rose again after it had calmed down.</summary>
    public const string IncidentOpened = "incident.opened";

    /// <summary>An incident is worse than was told before.</summary>
    public const string IncidentChanged = "incident.changed";

    /// <summary>Nobody saw to a crisis in time.</summary>
    public const string IncidentEscalated = "incident.escalated";

    /// <summary>An incident calmed down, or somebody closed it.</summary>
    public const string IncidentClosed = "incident.closed";

    /// <summary>Somebody wants to see whether it arrives.</summary>
    public const string Test = "test";

    public static readonly IReadOnlyList<string> All = [OutcomeDecided, CommentRemoved, CommentNotify, CommentHandoff, ActionFinished, IncidentOpened, IncidentChanged, IncidentEscalated, IncidentClosed];
}

/// <summary>An address of the user's own systems that is told what happens.</summary>
/// <param name="Id">1 to 40 lower-case letters, digits or hyphens.</param>
/// <param name="Community">Whose events.</param>
/// <param name="Address">An https address; http only where private networks are allowed.</param>
/// <param name="Key">The key that signs, as bytes.</param>
/// <param name="Events">Which types of events.</param>
/// <param name="AllowPrivate">Whether the address may lie in a private network: on one machine, in one's own network.</param>
public sealed record Endpoint(string Id, CommunityId Community, Uri Address, byte[] Key, IReadOnlyList<string> Events, bool AllowPrivate)
{
    /// <summary>Names it without its key: a record would write it.</summary>
    public override string ToString() => $"{Community}/{Id}";
}

/// <summary>The endpoints of this installation.</summary>
public sealed class Endpoints(IEnumerable<Endpoint> endpoints)
{
    public IReadOnlyList<Endpoint> All { get; } = [.. endpoints];

    public IEnumerable<Endpoint> Of(CommunityId community) => All.Where(e => e.Community == community);

    public Endpoint? Find(CommunityId community, string id) => All.FirstOrDefault(e => e.Community == community && e.Id == id);
}
