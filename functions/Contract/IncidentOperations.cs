using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Mood;
using KeyScope = Moderato.Hosting.Scope;

namespace Moderato.Contract;

/// <summary>How it stands: incidents, what people do about them, and protected channels.</summary>
internal static class IncidentOperations
{
    public const string IncidentExample = "08de7e7d0c1b2a00-5f1c22ab";

    private static readonly ChannelOf Channel = new("instagram", "bottega.demo");

    private static readonly IncidentView Open = new(
        IncidentExample, ScopeKind.Cause, IncidentState.Open, Level.Crisis, Level.Crisis, ["delivery"], ["pacco"], 14, 23, 0.61, [Channel, new("facebook", "1234")], 60, 0.4, 0.0000001,
        Examples.At.AddMinutes(-40), Examples.At, Examples.At, Examples.At, null, null, null, null, null, null, [Parameters.OutcomeExample],
        [new IncidentEventView(Examples.At, IncidentEventKind.Opened, Level.Crisis, null, null)]);

    private static readonly IncidentView Acknowledged = Open with { State = IncidentState.Acknowledged, Owner = "anna", AcknowledgedBy = "anna", AcknowledgedAt = Examples.At.AddMinutes(4) };

    private static readonly ProtectionView Protected = new("instagram", "bottega.demo", Examples.At, Examples.At.AddMinutes(60), null, "anna");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetMood", "See how it stands", "How it stands now with channels, causes, raids and people, with figures; only what is above calm.")
        {
            Scope = KeyScope.Read,
            Replies =
            [
                Reply.Ok("How it stands.", new MoodView(Examples.At, Level.Crisis, 312,
                    [new FindingView(ScopeKind.Cause, Level.Crisis, IncidentExample, ["delivery"], ["pacco"], 14, 23, 0.61, [Channel], 60, 0.4, 0.0000001, Examples.At.AddMinutes(-40), Examples.At, [Parameters.OutcomeExample])])),
            ],
        },
        new("GetIncidents", "List incidents", "Incidents, newest first; those of the last 30 days if no times are named.")
        {
            Scope = KeyScope.Read,
            Query =
            [
                new("state", Shape.OneOf<IncidentState>("Only in this state."), "open"),
                new("from", Shape.TimeOrDate("Only what opened at this time or later."), "2026-03-01T00:00:00Z"),
                new("to", Shape.TimeOrDate("Only what opened before this time."), "2026-04-01T00:00:00Z"),
                Parameters.Limit(20, 100), Parameters.Cursor,
            ],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of incidents.", new IncidentList([Open], Examples.Cursor))],
        },
        new("GetIncident", "Read an incident", "One incident with its figures and what happened.")
        {
            Scope = KeyScope.Read,
            Replies = [Reply.Ok("The incident.", Open)],
        },
        new("AcknowledgeIncident", "See to an incident", "Somebody sees to it: nobody else is alarmed for want of one. 409 where it is over, or somebody else said so first.")
        {
            Scope = KeyScope.Moderate,
            Body = Body.Json("IncidentToAcknowledge", Shape.Object(null, ("by!", By("Who says so.")), ("owner", By("Who sees to it; whoever says so if left out."))), """{ "by": "anna" }"""),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Ok("The incident.", Acknowledged)],
        },
        new("GiveIncident", "Hand an incident over", "Somebody else sees to it. 409 where it is over.")
        {
            Scope = KeyScope.Moderate,
            Body = Body.Json("IncidentToGive", Shape.Object(null, ("owner!", By("Who sees to it.")), ("by!", By("Who says so."))), """{ "owner": "luca", "by": "anna" }"""),
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Ok("The incident.", Acknowledged with { Owner = "luca" })],
        },
        new("NoteIncident", "Note something", "Puts a note into what happened.")
        {
            Scope = KeyScope.Moderate,
            Body = Body.Json("IncidentNote", Shape.Object(null, ("by!", By("Whose note it is.")), ("text!", Shape.Text(IncidentFunctions.LongestNote, "The note.", 1))), """{ "by": "anna", "text": "the courier is called" }"""),
            Replies = [Reply.Ok("The incident.", Acknowledged)],
        },
        new("CloseIncident", "Close an incident", "Closes it with a note. It opens again only if it becomes worse than it was. 409 where somebody else closed it.")
        {
            Scope = KeyScope.Moderate,
            Body = Body.Json("IncidentToClose", Shape.Object(null, ("by!", By("Who closes it.")), ("note!", Shape.Text(IncidentFunctions.LongestNote, "What it was, what was done.", 1))), """{ "by": "anna", "note": "parcels are on their way" }"""),
            Problems = [ProblemType.Conflict],
            Replies =
            [
                Reply.Ok("The incident.", Acknowledged with { State = IncidentState.Closed, ClosedAt = Examples.At.AddHours(1), ClosedBy = "anna", ClosingNote = "parcels are on their way" }),
            ],
        },
        new("GetIncidentPage", "The page of an incident", "Shows one incident to whoever got its link, in the community's language, with a form to see to it. Looking changes nothing. Who has the link needs no key.")
        {
            HasOwnRefusals = true,
            Replies = [Page(StatusCodes.Status200OK, "The page."), Page(StatusCodes.Status404NotFound, "This link is not valid, or no longer.")],
        },
        new("PostIncidentPage", "See to an incident on its page", "What the page's form sends.")
        {
            HasOwnRefusals = true,
            Body = new Body("application/x-www-form-urlencoded", Shape.Object(null,
                ("reaction!", Shape.OneOf("Somebody sees to it, closes it, or ends the protection of a raid's channel.", "acknowledge", "close", "end-protection")),
                ("name", By("Who.")), ("note", Shape.Text(IncidentFunctions.LongestNote, "For colleagues; needed to close."))),
                "reaction=acknowledge&name=Anna"),
            Problems = [ProblemType.Invalid, ProblemType.UnsupportedMediaType],
            Replies =
            [
                Page(StatusCodes.Status200OK, "Done, or what is missing."),
                Page(StatusCodes.Status404NotFound, "This link is not valid, or no longer."),
                Page(StatusCodes.Status409Conflict, "That had been done already, or cannot be done any more: nothing has changed."),
            ],
        },
        new("GetProtections", "See what is protected", "The channels on which newcomers and links wait for a person now.")
        {
            Scope = KeyScope.Read,
            Replies = [Reply.Ok("The channels.", new ProtectionList([Protected]))],
        },
        new("PostProtection", "Protect a channel", "From now on what newcomers write there, and what has links, waits for a person. One that lasts longer already goes on as long.")
        {
            Scope = KeyScope.Moderate,
            Body = Body.Json("ProtectionToBegin", Shape.Object(null, ("platform!", Shape.Platform()), ("channel!", Shape.Text(CommentLimits.Channel, "The page, profile or forum.", 1)),
                ("minutes!", Shape.Whole(5, 1_440, about: "For how long.")), ("by!", By("Who wants it."))), """{ "platform": "instagram", "channel": "bottega.demo", "minutes": 60, "by": "anna" }"""),
            Replies = [Reply.Ok("The protection.", Protected)],
        },
        new("DeleteProtection", "End a protection", "Ends it now; a raid that goes on does not begin it again. 404 where the channel is not protected.")
        {
            Scope = KeyScope.Moderate,
            Query = [Parameters.By],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.NoContent("It is over.")],
        },
    ];

    private static JsonObject By(string about) => Shape.Text(IncidentFunctions.LongestName, about, 1);

    private static Reply Page(int status, string about) => new(status, about, new Form("text/html", null, new JsonObject { ["type"] = "string" }, "<!doctype html>…"));
}
