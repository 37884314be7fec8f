using Moderato.Comments;

namespace Moderato.Actions.Webhooks;

/// <summary>What is sent to a user's own endpoint, in the shape of Standard Webhooks.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What happened; no words of any comment.</param>
public sealed record WebhookEvent<T>(string Type, DateTimeOffset Timestamp, T Data);

/// <summary>A comment, or a new version of one, was judged; a person decided; or it was removed.</summary>
/// <param name="Community">The community.</param>
/// <param name="OutcomeId">Where the outcome is: <c>GET …/outcomes/{outcomeId}</c>.</param>
/// <param name="Platform">The platform.</param>
/// <param name="CommentId">The platform's id of the comment.</param>
/// <param name="Channel">The page, profile or forum.</param>
/// <param name="ThreadId">The post or topic; null where a person decided.</param>
/// <param name="Permalink">Where it was written; null where a person decided.</param>
/// <param name="Revision">Which version of the comment.</param>
/// <param name="Decision">The decision that holds.</param>
/// <param name="DecidedBy">The person who decided; null where a rule did.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Because">What held, in the policy's words.</param>
/// <param name="Paragraph">The paragraph of the guidelines that the rule applies.</param>
/// <param name="Route">The team that it was handed to.</param>
/// <param name="Sentiment">How it feels.</param>
public sealed record OutcomeEventData(
    string Community, string OutcomeId, string Platform, string CommentId, string Channel, string? ThreadId, string? Permalink, int Revision,
    Decision? Decision, string? DecidedBy, string? Rule, string? Because, string? Paragraph, Route? Route, Sentiment? Sentiment);

/// <summary>A rule wants somebody told about a comment.</summary>
/// <param name="Community">The community.</param>
/// <param name="OutcomeId">Where the outcome is.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Permalink">Where it was written.</param>
/// <param name="Notify">Who is to be told, by the policy's names.</param>
/// <param name="Decision">What the rule decided.</param>
/// <param name="Rule">The rule.</param>
/// <param name="AlsoRules">Other rules that added something.</param>
/// <param name="Because">What held, in the policy's words.</param>
public sealed record NotifyEventData(
    string Community, string OutcomeId, string Platform, string? Permalink, IReadOnlyList<string> Notify, Decision Decision, string Rule,
    IReadOnlyList<string> AlsoRules, string Because);

/// <summary>A comment was handed to a team.</summary>
/// <param name="Community">The community.</param>
/// <param name="OutcomeId">Where the outcome is.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Team">The team.</param>
/// <param name="DueAt">Until when it should react.</param>
/// <param name="Link">The page on which it reacts, below the app's address. Whoever has it can.</param>
public sealed record HandoffEventData(string Community, string OutcomeId, string Platform, string Team, DateTimeOffset DueAt, string Link);

/// <summary>An action on a platform came to its end.</summary>
/// <param name="Community">The community.</param>
/// <param name="OutcomeId">Where the outcome is; null where the comment is gone.</param>
/// <param name="Platform">The platform.</param>
/// <param name="CommentId">The platform's id of the comment.</param>
/// <param name="ActionId">The action's id.</param>
/// <param name="Kind">What was to be done.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why.</param>
/// <param name="RequestedBy"><c>rule:</c> and a rule's id, or <c>person:</c> and who asked.</param>
/// <param name="Undoes">The id of the action that this one takes back.</param>
public sealed record ActionEventData(
    string Community, string? OutcomeId, string Platform, string CommentId, string ActionId, ActionKind Kind, ActionState State, string? Reason,
    string RequestedBy, string? Undoes);

/// <summary>How it stands with something that makes people unhappy.</summary>
/// <param name="Community">The community.</param>
/// <param name="IncidentId">Where it is: <c>GET …/incidents/{incidentId}</c>.</param>
/// <param name="Change">Counts what is told of one incident, from 1.</param>
/// <param name="About"><c>person</c>, <c>channel</c>, <c>cause</c> or <c>raid</c>.</param>
/// <param name="Level"><c>calm</c>, <c>complaint</c>, <c>unrest</c>, <c>crisis</c> or <c>mutiny</c>.</param>
/// <param name="State"><c>open</c>, <c>acknowledged</c>, <c>over</c> or <c>closed</c>.</param>
/// <param name="Concepts">What it is about, by the lexicon's names.</param>
/// <param name="Words">Words that at least two people used.</param>
/// <param name="People">The most people at once.</param>
/// <param name="Comments">How many comments those wrote.</param>
/// <param name="Channels">Where, the one with most people first.</param>
/// <param name="OutcomeIds">Typical comments.</param>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="Link">The page on which somebody can see to it, below the app's address. Whoever has it can.</param>
public sealed record IncidentEventData(
    string Community, string IncidentId, int Change, string About, string Level, string State, IReadOnlyList<string> Concepts, IReadOnlyList<string> Words, int People,
    int Comments, IReadOnlyList<IncidentChannel> Channels, IReadOnlyList<string> OutcomeIds, DateTimeOffset OpenedAt, string Link);

/// <summary>A page, profile or forum of a platform.</summary>
public sealed record IncidentChannel(string Platform, string Channel);

/// <summary>Somebody wants to see whether it arrives.</summary>
/// <param name="Community">The community.</param>
/// <param name="Endpoint">The endpoint's id.</param>
public sealed record TestEventData(string Community, string Endpoint);
