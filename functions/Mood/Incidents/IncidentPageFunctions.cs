using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mood;

/// <summary>The page behind the link in alarms: who has the link sees the incident and can see to it, without a key.</summary>
public sealed class IncidentPageFunctions(
    IncidentLinks links, IIncidentStore store, IWatchedComments comments, Incidents incidents, Protections protections, IProtectionStore protectedChannels, Communities communities,
    Sources sources, IAuditLog audit, TimeProvider time)
{
    /// <summary><c>GET /api/incidents/{token}</c>: shows the incident. Changes nothing: mail programs open links by themselves.</summary>
    [Function("GetIncidentPage")]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "incidents/{token}")] HttpRequest request, string token, CancellationToken cancellationToken) =>
        await OpenAsync(token, cancellationToken) is var (community, incident)
            ? await PageAsync(community, incident, StatusCodes.Status200OK, PageNotice.None, cancellationToken)
            : HtmlPage.UnknownLink();

    /// <summary><c>POST /api/incidents/{token}</c>: a form with <c>reaction</c> (<c>acknowledge</c>, <c>close</c>, <c>end-protection</c>), <c>name</c> and <c>note</c>.</summary>
    [Function("PostIncidentPage")]
    public async Task<IResult> React(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "incidents/{token}")] HttpRequest request, string token, CancellationToken cancellationToken)
    {
        if (await OpenAsync(token, cancellationToken) is not var (community, incident))
            return HtmlPage.UnknownLink();
        if (!request.HasFormContentType)
            return Problem.UnsupportedMediaType("Send a form: application/x-www-form-urlencoded, with 'reaction' and 'name'.");
        if (await FormBody.ReadAsync(request, cancellationToken) is not { } form)
            return Problem.Invalid("body", "The form must have 'reaction', 'name' and, to close, 'note'.");
        var (reaction, name, note) = (form["reaction"].ToString(), form["name"].ToString().Trim(), form["note"].ToString().Trim());
        var errors = new List<FieldError>();
        if (reaction is not ("acknowledge" or "close" or "end-protection"))
            errors.Add(new FieldError("reaction", "'reaction' must be acknowledge, close or end-protection."));
        if (name.Length > IncidentFunctions.LongestName)
            errors.Add(new FieldError("name", $"'name' has at most {IncidentFunctions.LongestName} characters."));
        if (note.Length > IncidentFunctions.LongestNote)
            errors.Add(new FieldError("note", $"'note' has at most {IncidentFunctions.LongestNote} characters."));
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        // People see the page again, with what is missing, and not a problem document.
        if (name.Length == 0)
            return await PageAsync(community, incident, StatusCodes.Status200OK, PageNotice.NeedsName, cancellationToken);
        if (reaction == "close" && note.Length == 0)
            return await PageAsync(community, incident, StatusCodes.Status200OK, PageNotice.NeedsNote, cancellationToken);

        var done = await ReactAsync(community, incident, reaction, name, note, cancellationToken);
        var now = (await store.FindAsync(community.Id, incident.Id, cancellationToken))?.Incident ?? incident;
        return done
            ? await PageAsync(community, now, StatusCodes.Status200OK, PageNotice.Done, cancellationToken)
            : await PageAsync(community, now, StatusCodes.Status409Conflict, PageNotice.AlreadyDone, cancellationToken);
    }

    private async Task<bool> ReactAsync(Community community, Incident incident, string reaction, string name, string note, CancellationToken cancellationToken)
    {
        if (reaction == "end-protection")
        {
            if (await ProtectedChannelAsync(community.Id, incident, cancellationToken) is not { } channel)
                return false;
            await audit.AppendAsync(
                new AuditEntry(community.Id, time.GetUtcNow(), $"incident-page/{name}", Acts.ProtectionEnded, $"{channel.Platform}/{channel.Channel}", note.Length > 0 ? note : null), cancellationToken);
            return await protections.EndAsync(community, channel.Platform, channel.Channel, name, cancellationToken);
        }
        var changed = await incidents.ChangeAsync(
            community, incident.Id,
            current => reaction == "close"
                ? IncidentFunctions.Closed(current, name, note, time.GetUtcNow())
                : IncidentFunctions.Acknowledged(current, name, owner: null, time.GetUtcNow()),
            cancellationToken);
        return changed is { Incident: not null, Refusal: null };
    }

    private async Task<(Community Community, Incident Incident)?> OpenAsync(string token, CancellationToken cancellationToken) =>
        await links.OpenAsync(token, cancellationToken) is var (id, incident) && communities.Find(id) is { } community
        && await store.FindAsync(id, incident, cancellationToken) is { } standing ? (community, standing.Incident) : null;

    private async Task<IResult> PageAsync(Community community, Incident incident, int status, PageNotice notice, CancellationToken cancellationToken)
    {
        var outcomes = await comments.FindAsync(community.Id, incident.Outcomes, cancellationToken);
        var isProtected = await ProtectedChannelAsync(community.Id, incident, cancellationToken) is not null;
        return IncidentPage.Of(
            community, incident.Named(community.Id, sources), [.. outcomes.Where(o => !o.Removed && o.Comment.Text.Length > 0).Select(o => o.Comment with { Channel = sources.NameOf(community.Id, o.Key.Platform, o.Comment.Channel) })], isProtected, status, notice);
    }

    /// <summary>The raid's channel while it is protected; null otherwise.</summary>
    private async Task<EventChannel?> ProtectedChannelAsync(CommunityId community, Incident incident, CancellationToken cancellationToken) =>
        incident is { Scope.Kind: ScopeKind.Raid, Channels: [var channel, ..] }
        && (await protectedChannels.FindAsync(community, channel.Platform, channel.Channel, cancellationToken)).Protection?.Until > time.GetUtcNow()
            ? channel
            : null;
}
