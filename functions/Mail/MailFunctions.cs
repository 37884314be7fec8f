using System.Globalization;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mail;

/// <summary>Mails over HTTP: what became of each, sending one again.</summary>
public sealed class MailFunctions(IMailStore store, Cursors cursors, ApiKeys keys, AuditTrail audit)
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 1_000;

    /// <summary><c>GET /api/communities/{community}/mails?state&amp;limit&amp;cursor</c>: newest first, of the last 90 days.</summary>
    [Function("GetMails")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/mails")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (read, of) = (new AddressReader(request.Query, ["state", "limit", "cursor"]), $"mails of {admitted.Id}");
        var (state, limit) = (read.Name<MailState>("state"), read.Limit(DefaultLimit, LargestLimit));
        var after = await read.AfterAsync(cursors, of, cancellationToken);
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);

        // A season of one community's few readers: sorted here, since ids come from what is mailed and not from the time.
        var newest = (await store.ReadAsync(admitted.Id, state, cancellationToken)).OrderByDescending(PositionOf, StringComparer.Ordinal);
        var shown = newest.Where(m => after is null || string.CompareOrdinal(PositionOf(m), after) < 0).Take(limit + 1).ToList();
        var next = shown.Count > limit ? await cursors.SealAsync(read.Question(of), PositionOf(shown[limit - 1]), cancellationToken) : null;
        return Answer.Json(new MailList([.. shown.Take(limit).Select(MailView.From)], next));
    }

    /// <summary><c>POST /api/communities/{community}/mails/{id}/resend</c>: one that is parked or bounced, or waits for its next try.</summary>
    [Function("ResendMail")]
    public async Task<IResult> Resend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/mails/{id}/resend")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        if (await store.FindAsync(admitted.Id, id, cancellationToken) is not { } standing)
            return Problem.NotFound("There is no such mail, or it was forgotten after 90 days.");
        var of = standing.Mail.Request;
        if (standing.Mail.State is MailState.Sent or MailState.Skipped)
            return Problem.Conflict($"This mail is {standing.Mail.State.ToString().ToLowerInvariant()}; one that is parked, bounced or waiting can be sent again.");
        if ((await store.AboutAsync(of.Community, of.Address, cancellationToken)).WhyNot(of.Edition) is { } why)
            return Problem.Conflict($"It would not be sent: {why}. A bounce is cleared by POST …/recipients/clear.");

        var again = standing.Mail with { State = MailState.Waiting, Attempts = 0, NextAt = null };
        await audit.NoteAsync(request, admitted.Id, Acts.MailResent, id, null, null, cancellationToken);
        if (!await store.ReplaceAsync(standing, again, cancellationToken))
            return Problem.Conflict("It is being sent at this moment.");
        // Stopped here, it waits without a turn: asked again, it gets one.
        await store.EnqueueAsync(new MailTurn(admitted.Id, id, 0), TimeSpan.Zero, cancellationToken);
        return Answer.Json(MailView.From(again), StatusCodes.Status202Accepted);
    }

    private static string PositionOf(PostedMail mail) => string.Create(CultureInfo.InvariantCulture, $"{mail.PostedAt.UtcTicks:d19} {mail.Id}");
}
