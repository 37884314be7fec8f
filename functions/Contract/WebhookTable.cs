using Moderato.Actions.Webhooks;
using Moderato.Comments;

namespace Moderato.Contract;

/// <summary>What the user's own systems are told.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Summary">When it is sent.</param>
/// <param name="Example">What it looks like.</param>
internal sealed record OutgoingWebhook(string Type, string Summary, object Example);

/// <summary>Every event that is sent.</summary>
internal static class WebhookTable
{
    public const string About = """
        Sent as Standard Webhooks (https://www.standardwebhooks.com): `webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over
        `webhook-id.webhook-timestamp.body` with the webhook's secret. It holds ids and decisions and no words of anybody; ask for the outcome to read
        it. The same event sent again has the same `webhook-id`.
        """;

    public static readonly IReadOnlyList<Parameter> Headers =
    [
        new("webhook-id", Shape.Text(100, "The same on every try.", 1), "msg_2b1f0c9d8e7a65544332211000ffeedd"),
        new("webhook-timestamp", Shape.Text(20, "When this try was made, in Unix seconds.", 1), "1773135002"),
        new("webhook-signature", Shape.Text(1_000, "Proves that it is ours.", 1), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ];

    private static readonly OutcomeEventData Decided = new(
        "demo", Examples.Outcome.Id, "instagram", "17912345", "bottega.demo", "17900001", Examples.Outcome.Permalink, 1, Decision.Escalate, null, "angry-customers",
        "anger 0.83 (at_least 0.7)", "2", Examples.Outcome.Route, Sentiment.Negative);

    private static readonly IncidentEventData Incident = new(
        "demo", IncidentOperations.IncidentExample, 1, "cause", "crisis", "open", ["delivery"], ["pacco"], 14, 23, [new IncidentChannel("instagram", "bottega.demo")], [Examples.Outcome.Id],
        Examples.At, "/api/incidents/aW5jaWRlbnQ");

    public static readonly IReadOnlyList<OutgoingWebhook> All =
    [
        new(EventTypes.OutcomeDecided, "A comment, or a new version of one, was judged, or a person decided.", Event(EventTypes.OutcomeDecided, Decided)),
        new(EventTypes.CommentRemoved, "A comment was removed by its author or the platform.", Event(EventTypes.CommentRemoved, Decided with { Permalink = null, Revision = 2 })),
        new(EventTypes.CommentNotify, "A rule wants somebody told about a comment.", Event(EventTypes.CommentNotify, new NotifyEventData(
            "demo", Examples.Outcome.Id, "instagram", Examples.Outcome.Permalink, ["manager"], Decision.Escalate, "angry-customers", [], "anger 0.83 (at_least 0.7)"))),
        new(EventTypes.CommentHandoff, "A comment was handed to a team.", Event(EventTypes.CommentHandoff, new HandoffEventData(
            "demo", Examples.Outcome.Id, "instagram", "customer-care", Examples.At.AddHours(4), "/api/handoffs/aGFuZG9mZg"))),
        new(EventTypes.ActionFinished, "An action on a platform came to its end, whatever it was.", Event(EventTypes.ActionFinished, new ActionEventData(
            "demo", Examples.Outcome.Id, "instagram", "17912345", "rule-1-hide", ActionKind.Hide, ActionState.Done, null, "rule:insults", null))),
        new(EventTypes.IncidentOpened, "People are unhappy about something, or it rose again.", Event(EventTypes.IncidentOpened, Incident)),
        new(EventTypes.IncidentChanged, "An incident is worse than was told before.", Event(EventTypes.IncidentChanged, Incident with { Change = 2, Level = "mutiny", People = 41, Comments = 77 })),
        new(EventTypes.IncidentEscalated, "Nobody saw to a crisis in time.", Event(EventTypes.IncidentEscalated, Incident with { Change = 3, Level = "mutiny" })),
        new(EventTypes.IncidentClosed, "An incident calmed down, or somebody closed it.", Event(EventTypes.IncidentClosed, Incident with { Change = 4, Level = "calm", State = "over" })),
        new(EventTypes.Test, "Somebody wants to see whether it arrives.", Event(EventTypes.Test, new TestEventData("demo", "crm"))),
    ];

    private static WebhookEvent<T> Event<T>(string type, T data) => new(type, Examples.At, data);
}
