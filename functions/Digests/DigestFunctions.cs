using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Policy;

namespace Moderato.Digests;

/// <summary>Digests over HTTP.</summary>
public sealed class DigestFunctions(IDigestStore store, DigestCompiler compiler, Policies policies, Cursors cursors, ApiKeys keys, TimeProvider time, Sources sources)
{
    private const int DefaultLimit = 30;
    private const int LargestLimit = 1_000;
    private const int LongestAgo = 365;

    /// <summary>Rows are kept by days in UTC: a local day at the edge may be half gone, and its digest must keep its counts.</summary>
    private const int DaysAtTheEdge = 2;
    private const int LongestTeam = 100;

    /// <summary><c>GET /api/communities/{community}/digests</c>: newest first; <c>limit</c> and <c>cursor</c>.</summary>
    [Function("GetDigests")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/digests")] HttpRequest request,
        string community,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;

        var (read, of) = (new AddressReader(request.Query, ["limit", "cursor"]), $"digests of {admitted.Id}");
        var limit = read.Limit(DefaultLimit, LargestLimit);
        var before = DateOf(await read.AfterAsync(cursors, of, cancellationToken));
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);

        var digests = await store.ReadDigestsAsync(admitted.Id, before, limit, cancellationToken);
        var next = digests.Count == limit
            ? await cursors.SealAsync(read.Question(of), digests[^1].Named.ToString(), cancellationToken)
            : null;
        return Answer.Json(new DigestList([.. digests.Select(DigestLine.Of)], next));
    }

    /// <summary>
    /// <c>GET /api/communities/{community}/digests/{date}</c>: a day or a week such as <c>2026-W11</c>; as JSON, or as HTML or plain text if the Accept header or
    /// <c>format=html|text|json</c> asks for it. <c>language=it|en</c>; <c>team</c>: that team's part.
    /// </summary>
    [Function("GetDigest")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/digests/{date}")] HttpRequest request,
        string community,
        string date,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var read = new AddressReader(request.Query, ["format", "language", "team"]);
        var format = read.OneOf("format", ["json", "html", "text"]) ?? Accepted(request);
        var (language, team) = (read.OneOf("language", ["it", "en"]) ?? admitted.Language, read.Text("team", LongestTeam));
        if (!DigestName.TryParse(date, out var name))
            read.Refuse("date", "must be a day such as 2026-03-01, or a week such as 2026-W09");
        if (read.Errors.Count > 0)
            return Problem.Invalid(read.Errors);
        if (await store.FindDigestAsync(admitted.Id, name, cancellationToken) is not { } digest)
            return Problem.NotFound("There is no digest of this day or week. It is compiled on the next morning, or at once by a POST to this address.");
        if (team is not null && !digest.Teams.ContainsKey(team))
            return Problem.NotFound("The digest has nothing of this team.");
        return await ShowAsync(digest, format, language, team, cancellationToken);
    }

    /// <summary>
    /// <c>POST /api/communities/{community}/digests/{date}</c>: compiles the day or the week now. While it is not over that is what there is so far; the final
    /// digest comes next morning as always. Mails go out by themselves, and never twice.
    /// </summary>
    [Function("CompileDigestNow")]
    public async Task<IResult> Compile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/digests/{date}")] HttpRequest request,
        string community,
        string date,
        CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Moderate, cancellationToken);
        if (admitted is null)
            return refusal!;
        var today = LocalDay.Of(time.GetUtcNow(), admitted.Zone);
        var earliest = today.Date.AddDays(-Math.Min(LongestAgo, admitted.OutcomeDays - DaysAtTheEdge));
        if (!DigestName.TryParse(date, out var name) || name.Date > today.Date || name.Date < earliest)
            return Problem.Invalid("date", $"'date' must be a day, or a week such as 2026-W09 that begins, from {DigestName.Day(earliest)} to today in the community's zone.");
        return await ShowAsync(await compiler.CompileAsync(admitted, name, cancellationToken), "json", admitted.Language, null, cancellationToken);
    }

    private async Task<IResult> ShowAsync(Digest digest, string format, string language, string? team, CancellationToken cancellationToken)
    {
        if (language != digest.Language)
            digest = digest with { RuleNames = DigestCompiler.RuleNames((await policies.InForceAsync(digest.Community, cancellationToken)).Policy, language) };
        var shown = team is null ? digest : digest with { Teams = new Dictionary<string, TeamPart> { [team] = digest.Teams[team] } };
        var quotes = await Quotes.ReadAsync(store, shown, cancellationToken);
        var letter = shown.Named(sources);
        return format switch
        {
            "html" => Results.Text(
                team is null ? DigestHtml.Render(letter, quotes, language, DigestLinks.None) : DigestHtml.RenderTeam(letter, team, quotes, language, DigestLinks.None), "text/html; charset=utf-8"),
            "text" => Results.Text(
                team is null ? DigestText.Render(letter, quotes, language, DigestLinks.None) : DigestText.RenderTeam(letter, team, quotes, language, DigestLinks.None), "text/plain; charset=utf-8"),
            _ => Answer.Json(DigestView.Of(shown, quotes, language)),
        };
    }

    private static string Accepted(HttpRequest request) =>
        // The first of ours that the caller names; browsers name HTML first, programs name none or JSON.
        request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1)
            .Select(a => a.MediaType.Value switch { "text/html" => "html", "text/plain" => "text", "application/json" => "json", _ => null })
            .FirstOrDefault(f => f is not null) ?? "json";

    private static DateOnly? DateOf(string? text) => DigestName.TryParse(text, out var name) && !name.IsWeek ? name.Date : null;
}
