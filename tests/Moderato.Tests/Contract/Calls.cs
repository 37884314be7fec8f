using Moderato.Contract;
using Moderato.Hosting;

namespace Moderato.Tests.Contract;

/// <summary>What is called to see each documented status: what follows from an operation's kind, and the table of the others.</summary>
internal static class Calls
{
    private const string Large = "large";

    /// <summary>Documented, and not to be had by a call alone.</summary>
    public static readonly IReadOnlyDictionary<(string OperationId, int Status), string> NotCallable = new Dictionary<(string, int), string>
    {
        [("restorePolicyVersion", 412)] = "Only when two restore in the same moment.",
        [("restoreGuidelinesVersion", 412)] = "Only when two restore in the same moment.",
        [("postHandoff", 413)] = "Refused by the server's own limits.",
        [("postUnsubscribe", 413)] = "Refused by the server's own limits.",
        [("postIncidentPage", 413)] = "Refused by the server's own limits.",
        [("getReady", 503)] = "See WithoutStorageNothingIsReady.",
    };

    /// <summary>Statuses that follow from what an operation is. None of these calls changes anything.</summary>
    public static IEnumerable<Call> That(string id, Operation operation, string route, int status)
    {
        var inCommunity = route.Contains("{community}", StringComparison.Ordinal);
        var own = operation.HasOwnRefusals || operation.Scope is null;
        switch (status)
        {
            case 304:
                yield return new Call(id, status) { Headers = { ["If-None-Match"] = "*" } };
                break;
            case 400 when operation.Body is { IsJson: true } && !own:
                yield return new Call(id, status) { Body = "{ broken" };
                yield return new Call(id, status) { Body = "7" };
                break;
            case 400 when operation.Query.Any(q => q.Name == "limit"):
                yield return new Call(id, status) { Query = "limit=0" };
                yield return new Call(id, status) { Query = "limit=many" };
                break;
            case 401 when !own:
                yield return new Call(id, status) { Key = null };
                yield return new Call(id, status) { Key = "nobody's" };
                break;
            case 403 when !own:
                yield return new Call(id, status) { Key = ContractApp.OnlyFor(operation.Scope == Scope.Read ? Scope.Ingest : Scope.Read) };
                if (inCommunity || operation.ForAllCommunities)
                    yield return new Call(id, status) { Key = ContractApp.Others };
                break;
            case 404 when inCommunity:
                yield return new Call(id, status) { Route = { ["community"] = "nowhere" } };
                break;
            case 413 when !own:
                yield return new Call(id, status) { Body = Large };
                break;
            case 415 when !own:
                yield return new Call(id, status) { ContentType = "text/plain" };
                break;
            case 429 when !own:
                yield return new Call(id, status) { Key = ContractApp.Slow };
                break;
        }
    }

    /// <summary>The rest, in order: what comes first may be needed by what follows.</summary>
    public static IReadOnlyList<Call> Table(ContractApp app) =>
    [
        .. People(app), .. Events(app), .. Reading(app), .. Documents(app), .. Deciding(app), .. Acting(app), .. Mood(app), .. Parked(app), .. Mails(app), .. Keys(app),
        new("postComments", 202) { Body = """{ "platform": "instagram", "id": "new", "text": "ciao" }""" },
        new("postComments", 202) { Body = """[{ "platform": "instagram", "id": "new2", "text": "ciao" }, { "platform": "Wrong!" }]""" },
        new("postComments", 200) { Body = """{ "platform": "instagram", "id": "new", "text": "ciao" }""" },
        new("receiveWebhookPost", 200) { Route = Site },
        new("receiveWebhookPost", 400) { Route = Site, Body = """{ "type": "comment.created" }""" },
        new("receiveWebhookPost", 401) { Key = null },
        new("receiveWebhookPost", 413) { Body = Large },
        new("receiveWebhookGet", 200) { Route = { ["platform"] = "facebook", ["source"] = "page" }, Query = "hub.mode=subscribe&hub.verify_token=meatyhamhock&hub.challenge=42" },
        new("receiveWebhookGet", 403),
        new("analyzeComment", 200), new("analyzeComment", 400) { Body = "{}" }, new("analyzeComment", 400) { Key = "nobody's" }, new("analyzeComment", 403) { Key = null },
        new("analyzeComment", 403) { Key = ContractApp.OnlyFor(Scope.Ingest) }, new("analyzeComment", 429) { Key = ContractApp.Slow },
        new("analyzeComment", 400) { Body = """{ "comment": { "text": "hola" }, "requestedAttributes": { "TOXICITY": {} }, "languages": ["es"] }""" },
        new("postScore", 200), new("postScore", 404) { Body = """{ "text": "ciao", "community": "nowhere" }""" },
        new("getLive", 200), new("getReady", 200), new("getOpenApi", 200), new("getProblems", 200), new("getProblem", 200), new("getProblem", 404) { Route = { ["name"] = "nothing" } },
    ];

    private static Dictionary<string, string> Site => new() { ["platform"] = "standard", ["source"] = "site" };

    private static IEnumerable<Call> Reading(ContractApp app) =>
    [
        new("getOutcomes", 200), new("getOutcomes", 200) { Query = "fields=id,sentiment.label&limit=3&order=newest" }, new("getOutcomes", 400) { Query = "decison=hold" },
        new("exportOutcomes", 200) { Query = "limit=2" }, new("exportOutcomes", 200) { Query = "format=csv" },
        .. app.Outcomes.Values.Select(id => new Call("getOutcome", 200) { Route = { ["id"] = id } }),
        new("getOutcome", 404) { Route = { ["id"] = "nothing" } },
        new("getNotice", 200) { Route = { ["id"] = app.Outcomes["to-hide"] } }, new("getNotice", 404),
        new("getMembers", 200), new("getMember", 200), new("getMember", 404) { Route = { ["author"] = "nobody" } },
        new("getDigests", 200), new("getDigest", 200), new("getDigest", 200) { Query = "format=html" }, new("getDigest", 200) { Headers = { ["Accept"] = "text/plain" } },
        new("getDigest", 400) { Route = { ["date"] = "yesterday" } }, new("getDigest", 400) { Query = "format=pdf" }, new("getDigest", 404) { Route = { ["date"] = "2001-01-01" } },
        new("getDigest", 200) { Query = "language=en" }, new("getDigest", 404) { Query = "team=nobody" }, new("getDigest", 400) { Query = "language=de" }, new("getDigest", 404) { Route = { ["date"] = "2001-W01" } },
        new("compileDigestNow", 200), new("compileDigestNow", 400) { Route = { ["date"] = "1999-01-01" } },
        new("getStatistics", 200), new("getStatistics", 200) { Query = "by=channel&interval=hour" }, new("getStatistics", 400) { Query = "by=moon" },
        new("getPlatforms", 200), new("getPolicySchema", 200), new("getPresets", 200), new("getPreset", 200), new("getPreset", 200) { Route = { ["file"] = "guidelines.it.md" } },
        new("getPreset", 404) { Route = { ["file"] = "nothing" } },
        new("getWebhooks", 200), new("getDeliveries", 200), new("getDeliveries", 404) { Route = { ["id"] = "none" } },
        new("testWebhook", 202), new("enableWebhook", 202), new("resendDelivery", 202), new("resendDelivery", 404) { Route = { ["delivery"] = "none" } },
    ];

    private static IEnumerable<Call> Documents(ContractApp app) =>
    [
        new("getPolicy", 200), new("putPolicy", 428) { Query = "by=anna" }, new("putPolicy", 412) { Query = "by=anna", Headers = { ["If-Match"] = "\"7\"" } }, new("putPolicy", 400) { Query = "by=anna", Body = "policy: 9", Headers = { ["If-Match"] = "\"1\"" } },
        new("putPolicy", 400) { Query = "", Headers = { ["If-Match"] = "\"1\"" } }, new("putPolicy", 200) { Query = "by=anna", Headers = { ["If-Match"] = "\"1\"" } }, new("putPolicy", 413) { Body = Large },
        new("getPolicyVersions", 200), new("getPolicyVersion", 200), new("getPolicyVersion", 404) { Route = { ["number"] = "99" } },
        new("restorePolicyVersion", 200) { Query = "by=anna" }, new("restorePolicyVersion", 400), new("restorePolicyVersion", 404) { Query = "by=anna", Route = { ["number"] = "99" } },
        new("getGuidelines", 200), new("getGuidelines", 404) { Route = { ["language"] = "en" } },
        new("putGuidelines", 428) { Query = "by=anna" }, new("putGuidelines", 412) { Query = "by=anna", Headers = { ["If-Match"] = "\"7\"" } },
        new("putGuidelines", 400) { Query = "", Headers = { ["If-Match"] = "\"1\"" } }, new("putGuidelines", 200) { Query = "by=anna", Headers = { ["If-Match"] = "\"1\"" } },
        new("putGuidelines", 404) { Query = "by=anna", Route = { ["language"] = "de" } }, new("putGuidelines", 413) { Body = Large },
        new("getGuidelinesVersions", 200), new("getGuidelinesVersion", 200), new("getGuidelinesVersion", 404) { Route = { ["number"] = "99" } },
        new("restoreGuidelinesVersion", 200) { Query = "by=anna" }, new("restoreGuidelinesVersion", 400), new("restoreGuidelinesVersion", 404) { Query = "by=anna", Route = { ["number"] = "99" } },
        new("checkPolicy", 200), new("checkPolicy", 200) { Body = "nonsense" }, new("checkPolicy", 413) { Body = Large }, new("checkPolicy", 400) { Body = "\ud800" },
        new("tryPolicy", 200), new("whichRule", 200), new("whichRule", 400) { Body = """{ "ids": ["nothing"] }""" }, new("checkTone", 200),
        new("postReplay", 202), new("postReplay", 400) { Body = """{ "from": "soon" }""" },
        new("getReplay", 200), new("getReplay", 404) { Route = { ["id"] = "none" } },
    ];

    private static IEnumerable<Call> Deciding(ContractApp app)
    {
        Call At(string operation, int status, string channel) => new(operation, status) { Route = { ["id"] = app.Outcomes[channel] } };
        return
        [
            new("getReviews", 200), new("claimReviews", 200) { Body = """{ "by": "anna", "limit": 1 }""" },
            At("claimReview", 200, "to-claim") with { Body = """{ "by": "paola" }""" }, At("claimReview", 409, "to-claim") with { Body = """{ "by": "luca" }""" },
            At("claimReview", 404, "to-approve"), At("releaseReview", 409, "to-claim") with { Body = """{ "by": "luca" }""" }, At("releaseReview", 204, "to-claim") with { Body = """{ "by": "paola" }""" },
            At("releaseReview", 404, "to-approve"),
            At("postDecision", 202, "to-propose") with { Key = ContractApp.Apprentice, Body = Decision }, At("postDecision", 202, "to-reject") with { Key = ContractApp.Apprentice, Body = Decision },
            At("postDecision", 409, "to-hide") with { Body = """{ "decision": "approve", "revision": 7 }""" }, At("postDecision", 409, "to-remove") with { Body = Decision },
            At("postDecision", 400, "to-hide") with { Body = """{ "decision": "perhaps" }""" }, new("postDecision", 404) { Route = { ["id"] = "nothing" } },
            At("confirmProposal", 403, "to-propose") with { Key = ContractApp.Apprentice }, At("confirmProposal", 200, "to-propose"), At("confirmProposal", 404, "to-hide"), At("confirmProposal", 409, "to-remove"),
            At("rejectProposal", 403, "to-reject") with { Key = ContractApp.Apprentice }, At("rejectProposal", 204, "to-reject"), At("rejectProposal", 404, "to-hide"), At("rejectProposal", 409, "to-remove"),
            At("postDecision", 200, "to-decide") with { Body = Decision }, At("undoDecision", 200, "to-decide"), At("undoDecision", 409, "to-approve"),
            new("postDecisions", 200), new("postDecisions", 200) { Body = $$"""{ "like": "{{app.Outcomes["to-hold"]}}", "decision": "approve", "by": "anna" }""" },
            new("postDecisions", 403) { Key = ContractApp.Apprentice },
            new("getHandoffs", 200), new("getHandoffs", 400) { Query = "state=lost" }, new("getHandoff", 200) { Key = null }, new("getHandoff", 404) { Route = { ["token"] = "none" } },
            new("postHandoff", 400) { Body = "reaction=none" }, new("postHandoff", 415) { ContentType = "text/plain" }, new("postHandoff", 200), new("postHandoff", 409),
            new("postHandoff", 404) { Route = { ["token"] = "none" } },
        ];
    }

    private const string Decision = """{ "decision": "approve", "by": "anna" }""";

    private static IEnumerable<Call> Acting(ContractApp app)
    {
        Call At(string operation, int status, string action = "") => new(operation, status) { Route = { ["id"] = app.Outcomes["site"], ["action"] = action } };
        return
        [
            At("postAction", 202) with { Headers = new() { ["Idempotency-Key"] = "one" } }, At("postAction", 202) with { Body = """{ "kind": "reply", "text": "ciao" }""", Headers = new() { ["Idempotency-Key"] = "two" } },
            At("postAction", 400) with { Body = """{ "kind": "dance" }""" }, new("postAction", 404) { Route = { ["id"] = "nothing" } },
            At("getActions", 200), At("undoAction", 202, "asked-one"), At("undoAction", 409, "asked-two"), At("undoAction", 404, "asked-none"),
        ];
    }

    private static IEnumerable<Call> Mood(ContractApp app)
    {
        Call At(string operation, int status, string incident) => new(operation, status) { Route = { ["id"] = app.There[incident] } };
        return
        [
            new("getMood", 200), new("getIncidents", 200), new("getIncidents", 200) { Query = "state=open&limit=1" }, new("getIncidents", 400) { Query = "state=lost" },
            new("getIncident", 200), new("getIncident", 404) { Route = { ["id"] = "nothing" } },
            At("acknowledgeIncident", 200, "incident") with { Body = """{ "by": "anna" }""" }, At("acknowledgeIncident", 409, "incident") with { Body = """{ "by": "luca" }""" },
            At("acknowledgeIncident", 400, "incident") with { Body = "{}" }, new("acknowledgeIncident", 404) { Route = { ["id"] = "nothing" } },
            At("giveIncident", 200, "incident"), At("giveIncident", 400, "incident") with { Body = """{ "owner": "" }""" }, At("noteIncident", 200, "incident"),
            new("getIncidentPage", 200) { Key = null }, new("getIncidentPage", 404) { Route = { ["token"] = "none" } },
            new("postIncidentPage", 400) { Body = "reaction=none" }, new("postIncidentPage", 415) { ContentType = "text/plain" }, new("postIncidentPage", 200) { Key = null },
            new("postIncidentPage", 409) { Body = "reaction=acknowledge&name=Luca" }, new("postIncidentPage", 404) { Route = { ["token"] = "none" } },
            At("closeIncident", 200, "incident"), At("closeIncident", 409, "incident") with { Body = """{ "by": "luca", "note": "me too" }""" }, At("giveIncident", 409, "incident"),
            new("postProtection", 200), new("postProtection", 400) { Body = """{ "platform": "instagram", "channel": "bottega.demo", "minutes": 4, "by": "anna" }""" },
            new("postProtection", 403) { Key = ContractApp.Apprentice }, new("getProtections", 200), new("deleteProtection", 403) { Key = ContractApp.Apprentice },
            new("deleteProtection", 400) { Query = "who=anna" }, new("deleteProtection", 204) { Query = "by=anna" }, new("deleteProtection", 404),
        ];
    }

    private static IEnumerable<Call> Parked(ContractApp app)
    {
        Call At(string operation, int status, string name) => new(operation, status) { Route = { ["id"] = app.There[$"parked {name}"] } };
        return
        [
            new("getParked", 200), new("getParked", 400) { Query = "state=lost" },
            At("getParkedOne", 200, "replayable"), At("getParkedOne", 200, "part"), At("getParkedOne", 200, "gone"), new("getParkedOne", 404) { Route = { ["id"] = "nothing" } },
            At("replayParked", 409, "part"), At("replayParked", 409, "gone"), At("replayParked", 202, "replayable"), At("replayParked", 400, "part") with { Query = $"by={new string('a', 101)}" },
            new("replayManyParked", 202), new("replayManyParked", 202) { Body = $$"""{ "ids": ["{{app.There["parked part"]}}", "nothing"] }""" }, new("replayManyParked", 400) { Body = "{}" },
            At("discardParked", 409, "settled"), At("discardParked", 200, "part"), new("discardParked", 404) { Route = { ["id"] = "nothing" } },
            new("getParkedMessages", 200), At("getParkedMessage", 200, "message"), new("getParkedMessage", 404) { Route = { ["id"] = "nothing" } },
            At("discardParkedMessage", 200, "message"), new("discardParkedMessage", 404) { Route = { ["id"] = "nothing" } },
        ];
    }

    private static IEnumerable<Call> Mails(ContractApp app)
    {
        const string anna = """{ "address": "Anna@example.org", "reason": "gone" }""", nobody = """{ "address": "nobody@example.org" }""";
        return
        [
            new("getMails", 200), new("getMails", 200) { Query = "state=parked&limit=1" }, new("getMails", 400) { Query = "state=lost" },
            new("resendMail", 202), new("resendMail", 404) { Route = { ["id"] = "none" } }, new("resendMail", 409) { Route = { ["id"] = app.There["sent mail"] } },
            new("getRecipients", 200), new("noteBounce", 200) { Body = anna }, new("noteBounce", 400) { Body = """{ "address": 7, "reason": [] }""" }, new("noteBounce", 404) { Body = nobody },
            new("getRecipients", 200), new("clearRecipient", 200) { Body = anna }, new("clearRecipient", 404) { Body = nobody },
            new("getUnsubscribe", 200) { Key = null }, new("getUnsubscribe", 404) { Route = { ["token"] = "none" } },
            new("postUnsubscribe", 200) { Key = null }, new("postUnsubscribe", 200) { Body = "action=subscribe" }, new("postUnsubscribe", 400) { Body = "action=none" },
            new("postUnsubscribe", 415) { ContentType = "text/plain" }, new("postUnsubscribe", 404) { Route = { ["token"] = "none" } },
        ];
    }

    private static IEnumerable<Call> People(ContractApp app) =>
    [
        new("exportAuthor", 200), new("exportAuthor", 200) { Route = { ["author"] = "nobody" } }, new("exportAuthor", 400) { Route = { ["platform"] = "Not one" } },
        new("putAuthorProfile", 200), new("putAuthorProfile", 400) { Body = """{ "labels": [{ "name": "Not One" }] }""" }, new("getAuthorProfile", 200),
        new("getAuthorProfile", 404) { Route = { ["platform"] = "Not one" } },
        new("eraseAuthor", 202) { Route = { ["author"] = "bruno" } }, new("getErasures", 200), new("getErasure", 200), new("getErasure", 404) { Route = { ["id"] = "none" } },
    ];

    private static IEnumerable<Call> Events(ContractApp app) =>
    [
        new("postEvent", 201), new("postEvent", 400) { Body = """{ "kind": "party", "from": "soon" }""" }, new("postEvent", 403) { Key = ContractApp.Apprentice },
        new("getEvents", 200), new("getEvents", 400) { Query = "from=2026-03-02&to=2026-03-01" },
        new("deleteEvent", 400) { Query = $"by={new string('a', 101)}" }, new("deleteEvent", 204), new("deleteEvent", 404) { Route = { ["id"] = "none" } },
    ];

    private static IEnumerable<Call> Keys(ContractApp app) =>
    [
        new("getKeys", 200), new("getKey", 200), new("getKey", 404) { Route = { ["id"] = "none" } },
        new("postKey", 201) { Headers = { ["Idempotency-Key"] = "one" } }, new("postKey", 409) { Headers = { ["Idempotency-Key"] = "one" } },
        new("postKey", 400) { Body = """{ "name": "x", "communities": ["demo"], "scopes": ["all"] }""" }, new("postKey", 403) { Key = ContractApp.Others },
        new("rotateKey", 200), new("rotateKey", 200) { WithoutBody = true }, new("rotateKey", 404) { Route = { ["id"] = "none" } }, new("rotateKey", 409) { Route = { ["id"] = "settings-0" } },
        new("deleteKey", 204), new("deleteKey", 204), new("deleteKey", 404) { Route = { ["id"] = "none" } }, new("deleteKey", 409) { Route = { ["id"] = "settings-0" } },
        new("getAudit", 200), new("getAudit", 400) { Query = "form=2026-01-01" }, new("getAuditOfAll", 200), new("getAuditOfAll", 400) { Query = "to=never" },
    ];

    /// <summary>The body to send; longer than anything is taken where the call says so.</summary>
    public static string? BodyOf(Call call) => call.Body == Large ? new string(' ', 9 * 1024 * 1024) : call.Body;
}
