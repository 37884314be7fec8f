using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;
using KeyScope = Moderato.Hosting.Scope;

namespace Moderato.Mood;

/// <summary>Incidents over HTTP: the list, one, how it stands now, and what people do about them.</summary>
public sealed class IncidentFunctions(IIncidentStore store, Incidents incidents, MoodWatch watch, Cursors cursors, ApiKeys keys, TimeProvider time)
{
    /// <summary>The longest name of a person.</summary>
    public const int LongestName = 100;

    /// <summary>The longest note.</summary>
    public const int LongestNote = 500;

    private const int DefaultLimit = 20;
    private const int LargestLimit = 100;

    /// <summary><c>GET /api/communities/{community}/incidents?state&amp;from&amp;to&amp;limit&amp;cursor</c>: newest first; the last 30 days without times.</summary>
    [Function("GetIncidents")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/incidents")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, KeyScope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (read, of) = (new AddressReader(request.Query, ["state", "from", "to", "limit", "cursor"]), $"incidents of {admitted.Id}");
        var to = read.Time("to") ?? time.GetUtcNow().AddMinutes(1);
        var query = new IncidentQuery(read.Time("from") ?? to.AddDays(-30), to, read.Limit(DefaultLimit, LargestLimit))
        {
            State = read.Name<IncidentState>("state"),
            After = await read.AfterAsync(cursors, of, cancellationToken),
        };
        if (query.From >= query.To)
            read.Refuse("from", "must be before 'to'");
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);
        var (found, next) = await store.PageAsync(admitted.Id, query, cancellationToken);
        return Answer.Json(new IncidentList([.. found.Select(IncidentView.Of)], next is null ? null : await cursors.SealAsync(read.Question(of), next, cancellationToken)));
    }

    /// <summary><c>GET …/incidents/{id}</c>: one.</summary>
    [Function("GetIncident")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/incidents/{id}")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, KeyScope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        return await store.FindAsync(admitted.Id, id, cancellationToken) is { } standing ? Answer.Json(IncidentView.Of(standing.Incident)) : NoSuch();
    }

    /// <summary><c>GET …/mood</c>: how it stands now with channels, causes, raids and people, with figures.</summary>
    [Function("GetMood")]
    public async Task<IResult> Mood(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/mood")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, KeyScope.Read, cancellationToken);
        return admitted is null ? refusal! : Answer.Json(await watch.ViewAsync(admitted.Id, cancellationToken));
    }

    /// <summary><c>POST …/incidents/{id}/acknowledge</c>: <c>by</c>, <c>owner</c>. 409 where it is over, or somebody else sees to it.</summary>
    [Function("AcknowledgeIncident")]
    public Task<IResult> Acknowledge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/incidents/{id}/acknowledge")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken) => ChangeAsync(
        request, community, id, "{\"by\": \"anna\"}", body => [Needed(body, "by", LongestName), Optional(body, "owner", LongestName)],
        (incident, body) => Acknowledged(incident, body.Text("by")!, body.Text("owner"), time.GetUtcNow()), cancellationToken);

    /// <summary><c>POST …/incidents/{id}/owner</c>: <c>owner</c>, <c>by</c>. 409 where it is over.</summary>
    [Function("GiveIncident")]
    public Task<IResult> Give(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/incidents/{id}/owner")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken) => ChangeAsync(
        request, community, id, "{\"owner\": \"luca\", \"by\": \"anna\"}", body => [Needed(body, "owner", LongestName), Needed(body, "by", LongestName)],
        (incident, body) => !incident.IsLive ? (null, "It is over: nobody needs to see to it.")
            : (incident.Owner == body.Text("owner") ? incident : incident.Give(body.Text("owner")!, body.Text("by")!, time.GetUtcNow()), null), cancellationToken);

    /// <summary><c>POST …/incidents/{id}/note</c>: <c>by</c>, <c>text</c>.</summary>
    [Function("NoteIncident")]
    public Task<IResult> Note(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/incidents/{id}/note")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken) => ChangeAsync(
        request, community, id, "{\"by\": \"anna\", \"text\": \"the courier is called\"}", body => [Needed(body, "by", LongestName), Needed(body, "text", LongestNote)],
        (incident, body) => (Noted(incident, body.Text("by")!, body.Text("text")!, time.GetUtcNow()), null), cancellationToken);

    /// <summary><c>POST …/incidents/{id}/close</c>: <c>by</c>, <c>note</c>. 409 where somebody closed it.</summary>
    [Function("CloseIncident")]
    public Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/incidents/{id}/close")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken) => ChangeAsync(
        request, community, id, "{\"by\": \"anna\", \"note\": \"parcels are on their way\"}", body => [Needed(body, "by", LongestName), Needed(body, "note", LongestNote)],
        (incident, body) => Closed(incident, body.Text("by")!, body.Text("note")!, time.GetUtcNow()), cancellationToken);

    /// <summary>Who said it first sees to it; saying it twice is saying it once.</summary>
    internal static (Incident? Next, string? Refusal) Acknowledged(Incident incident, string by, string? owner, DateTimeOffset now) =>
        !incident.IsLive ? (null, "It is over: nobody needs to see to it.")
        : incident.State == IncidentState.Open ? (incident.Acknowledge(by, owner, now), null)
        : incident.AcknowledgedBy == by && (owner is null || owner == incident.Owner) ? (incident, null)
        : (null, $"{incident.AcknowledgedBy} said so first, and {incident.Owner} sees to it. Use …/owner to hand it over.");

    /// <summary>The same note sent again, as a client does that had no answer, is one note.</summary>
    private static Incident Noted(Incident incident, string by, string text, DateTimeOffset now) =>
        incident.Timeline[^1] is { What: IncidentEventKind.Noted } last && last.By == by && last.Note == text ? incident : incident.Note(text, by, now);

    internal static (Incident? Next, string? Refusal) Closed(Incident incident, string by, string note, DateTimeOffset now) =>
        incident.State != IncidentState.Closed ? (incident.Close(by, note, now), null)
        : incident.ClosedBy == by && incident.ClosingNote == note ? (incident, null)
        : (null, $"{incident.ClosedBy} closed it already.");

    private async Task<IResult> ChangeAsync(
        HttpRequest request, string community, string id, string example, Func<JsonElement, IReadOnlyList<FieldError?>> check,
        Func<Incident, JsonElement, (Incident? Next, string? Refusal)> change, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, KeyScope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, example, cancellationToken);
        if (body is null)
            return unreadable!;
        if (check(body.Value).OfType<FieldError>().ToList() is { Count: > 0 } errors)
            return Problem.Invalid(errors);
        var changed = await incidents.ChangeAsync(admitted, id, incident => change(incident, body.Value), cancellationToken);
        return changed.Incident is not { } standing ? NoSuch()
            : changed.Refusal is { } why ? Problem.Conflict(why)
            : Answer.Json(IncidentView.Of(standing.Incident));
    }

    private static FieldError? Needed(JsonElement body, string field, int longest) =>
        body.Text(field) is { } text && !string.IsNullOrWhiteSpace(text) && text.Length <= longest ? null : new FieldError(field, $"'{field}' must have 1 to {longest} characters.");

    private static FieldError? Optional(JsonElement body, string field, int longest) => body.Has(field) ? Needed(body, field, longest) : null;

    private static IResult NoSuch() => Problem.NotFound("There is no incident with this id. Ids come from the list of incidents, or from a webhook.");
}
