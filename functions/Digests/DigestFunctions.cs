using System.Globalization;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Digests;

/// <summary>Digests over HTTP.</summary>
public sealed class DigestFunctions(IDigestStore store, DigestCompiler compiler, Cursors cursors, ApiKeys keys, TimeProvider time)
{
    private const int DefaultLimit = 30;
    private const int LargestLimit = 1_000;
    private const int LongestAgo = 365;

    /// <summary>Rows are kept by days in UTC: a local day at the edge may be half gone, and its digest must keep its counts.</summary>
    private const int DaysAtTheEdge = 2;
    private const string DateFormat = "yyyy-MM-dd";

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
            ? await cursors.SealAsync(read.Question(of), digests[^1].Date.ToString(DateFormat, CultureInfo.InvariantCulture), cancellationToken)
            : null;
        return Answer.Json(new DigestList([.. digests.Select(DigestLine.Of)], next));
    }

    /// <summary>
    /// <c>GET /api/communities/{community}/digests/{date}</c>: as JSON, or as HTML or plain text if the Accept header or
    /// <c>format=html|text|json</c> asks for it.
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
        if (DateOf(date) is not { } day)
            return Problem.Invalid("date", "'date' must be a day such as 2026-03-01.");
        if (FormatOf(request) is not { } format)
            return Problem.Invalid("format", "'format' must be json, html or text.");
        if (await store.FindDigestAsync(admitted.Id, day, cancellationToken) is not { } digest)
            return Problem.NotFound("There is no digest of this day. A day's digest is compiled on the next morning, or at once by a POST to this address.");
        return await ShowAsync(digest, format, cancellationToken);
    }

    /// <summary>
    /// <c>POST /api/communities/{community}/digests/{date}</c>: compiles the day now. For today that is the day so far; its final digest
    /// comes next morning as always. A day that is over is never mailed twice.
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
        if (DateOf(date) is not { } day || day > today.Date || day < earliest)
            return Problem.Invalid("date", $"'date' must be a day from {earliest.ToString(DateFormat, CultureInfo.InvariantCulture)} to today in the community's zone.");
        return await ShowAsync(await compiler.CompileAsync(admitted, today with { Date = day }, cancellationToken), "json", cancellationToken);
    }

    private async Task<IResult> ShowAsync(Digest digest, string format, CancellationToken cancellationToken)
    {
        var quotes = await Quotes.ReadAsync(store, digest, cancellationToken);
        return format switch
        {
            "html" => Results.Text(DigestHtml.Render(digest, quotes, digest.Language, DigestLinks.None), "text/html; charset=utf-8"),
            "text" => Results.Text(DigestText.Render(digest, quotes, digest.Language, DigestLinks.None), "text/plain; charset=utf-8"),
            _ => Answer.Json(DigestView.Of(digest, quotes)),
        };
    }

    private static string? FormatOf(HttpRequest request)
    {
        if (request.Query.TryGetValue("format", out var named))
            return named.ToString() is "json" or "html" or "text" ? named.ToString() : null;
        // The first of ours that the caller names; browsers name HTML first, programs name none or JSON.
        return request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1)
            .Select(a => a.MediaType.Value switch { "text/html" => "html", "text/plain" => "text", "application/json" => "json", _ => null })
            .FirstOrDefault(f => f is not null) ?? "json";
    }

    private static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
