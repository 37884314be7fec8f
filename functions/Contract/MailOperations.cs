using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Mail;

namespace Moderato.Contract;

/// <summary>Mails to people: what became of them, who receives them, ending them.</summary>
internal static class MailOperations
{
    private static readonly MailView Mail = new(
        "2b1f0c9d8e7a65544332211000ffeedd", "digest", "2026-03-09", Editions.Daily, "anna@example.org", MailState.Parked, 27, "no connection", Examples.At, Examples.At.AddDays(1), null);

    private static readonly RecipientView Recipient = new(
        "anna@example.org", "it", 8, [new EditionView(Editions.Daily, SubscriptionState.Subscribed), new EditionView(Editions.Alarms, SubscriptionState.Unsubscribed)], null, null);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetMails", "List mails", "What was mailed to whom and what became of it, newest first; the last 90 days are kept.")
        {
            Scope = Scope.Admin,
            Query = [new("state", Shape.OneOf<MailState>("Only in this state."), "parked"), Parameters.Limit(50, 1_000), Parameters.Cursor],
            Problems = [ProblemType.Invalid],
            Replies = [Reply.Ok("A page of mails.", new MailList([Mail], Examples.Cursor))],
        },
        new("ResendMail", "Send one again", "Sends a mail that is parked or bounced again, or one that waits at once. 409 where it was sent, or its recipient wants it no longer, or no mail reaches the address.")
        {
            Scope = Scope.Admin,
            Problems = [ProblemType.Conflict],
            Replies = [Reply.Json(StatusCodes.Status202Accepted, "It is on its way.", Mail with { State = MailState.Waiting, Attempts = 0 })],
        },
        new("GetRecipients", "List recipients", "Who receives mails by the settings, and whether they unsubscribed or their address bounced.")
        {
            Scope = Scope.Admin,
            Replies = [Reply.Ok("The recipients.", new RecipientList([Recipient]))],
        },
        new("NoteBounce", "Note a bounce", "No mail reaches an address: none is sent to it until it is cleared. For a mail provider's hook, or a person. 404 where it is no recipient's.")
        {
            Scope = Scope.Admin,
            Body = AddressBody("MailBounce", """{ "address": "anna@example.org", "reason": "the mailbox is gone" }"""),
            Replies = [Reply.Ok("The recipient.", Bounced())],
        },
        new("ClearRecipient", "Clear a bounce", "Mails reach the address again. What its owner unsubscribed from stays so.")
        {
            Scope = Scope.Admin,
            Body = AddressBody("RecipientToClear", """{ "address": "anna@example.org" }"""),
            Replies = [Reply.Ok("The recipient.", Recipient)],
        },
        new("GetUnsubscribe", "The page for whoever wants no more mails", "Says which mails go to which address, with a button that ends them. Looking changes nothing. Who has the link needs no key.")
        {
            HasOwnRefusals = true,
            Replies = [Reply.Page(StatusCodes.Status200OK, "The page."), Reply.Page(StatusCodes.Status404NotFound, "This link is not valid, or no longer.")],
        },
        new("PostUnsubscribe", "End mails, or want them again", "What the page's button sends, or a mail program with one click (RFC 8058).")
        {
            HasOwnRefusals = true,
            Body = new Body("application/x-www-form-urlencoded", Shape.Object("One of the two.",
                ("List-Unsubscribe", Shape.OneOf("What mail programs send.", "One-Click")), ("action", Shape.OneOf("What the page sends.", "unsubscribe", "subscribe"))), "List-Unsubscribe=One-Click"),
            Problems = [ProblemType.Invalid, ProblemType.UnsupportedMediaType],
            Replies = [Reply.Page(StatusCodes.Status200OK, "Done."), Reply.Page(StatusCodes.Status404NotFound, "This link is not valid, or no longer.")],
        },
    ];

    private static RecipientView Bounced() => Recipient with
    {
        Editions = [.. Recipient.Editions.Select(e => e with { State = SubscriptionState.Bounced })],
        BouncedAt = Examples.At,
        BouncedBecause = "the mailbox is gone",
    };

    private static Body AddressBody(string name, string example) => Body.Json(
        name, Shape.Object(null, ("address!", Shape.Text(320, "The address of a recipient of the settings.")), ("reason", Shape.Text(RecipientFunctions.LongestReason, "Why, for the audit.").OrNull())), example);
}
