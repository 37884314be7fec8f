using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Policy;

/// <summary>
/// A community's documents over HTTP: the policy and its guidelines. A change names the version that it is based on; every version is
/// kept with who, when and why; rolling back makes an old version the newest one.
/// </summary>
public sealed partial class DocumentFunctions(IPolicyStore store, Policies policies, PolicyTrial trial, ApiKeys keys, AuditTrail audit, TimeProvider time, ILogger<DocumentFunctions> logger)
{
    private const int LongestBody = 1024 * 1024;
    private const int LongestBy = 100;
    private const int LongestNote = 500;
    private const string Yaml = "application/yaml; charset=utf-8";
    private const string Markdown = "text/markdown; charset=utf-8";

    /// <summary><c>GET …/policy</c>: what is in force, with its ETag; the built-in policy, <c>"0"</c>, where the community has none.</summary>
    [Function("GetPolicy")]
    public Task<IResult> Policy(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/policy")] HttpRequest request, string community, CancellationToken cancellationToken) =>
        GetAsync(request, community, DocumentKinds.Policy, cancellationToken);

    /// <summary><c>PUT …/policy?by=anna&amp;note=…</c>: a new version, with <c>If-Match</c>. The body is the YAML document.</summary>
    [Function("PutPolicy")]
    public Task<IResult> PutPolicy(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "communities/{community}/policy")] HttpRequest request, string community, CancellationToken cancellationToken) =>
        PutAsync(request, community, DocumentKinds.Policy, (to, yaml) => trial.CheckAsync(to, yaml, cancellationToken), cancellationToken);

    [Function("GetPolicyVersions")]
    public Task<IResult> PolicyVersions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/policy/versions")] HttpRequest request, string community, CancellationToken cancellationToken) =>
        VersionsAsync(request, community, DocumentKinds.Policy, cancellationToken);

    [Function("GetPolicyVersion")]
    public Task<IResult> PolicyVersion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/policy/versions/{number}")] HttpRequest request,
        string community, string number, CancellationToken cancellationToken) =>
        VersionAsync(request, community, DocumentKinds.Policy, number, cancellationToken);

    /// <summary><c>POST …/policy/versions/{n}/restore?by=anna</c>: rolls back. Once more is no new version.</summary>
    [Function("RestorePolicyVersion")]
    public Task<IResult> RestorePolicy(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/policy/versions/{number}/restore")] HttpRequest request,
        string community, string number, CancellationToken cancellationToken) =>
        RestoreAsync(request, community, DocumentKinds.Policy, number, (to, yaml) => trial.CheckAsync(to, yaml, cancellationToken), cancellationToken);

    [Function("GetGuidelines")]
    public Task<IResult> GetGuidelines(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/guidelines/{language}")] HttpRequest request,
        string community, string language, CancellationToken cancellationToken) =>
        OfLanguage(language) is { } kind ? GetAsync(request, community, kind, cancellationToken) : NoSuchLanguageAsync(request, community, Scope.Read, cancellationToken);

    /// <summary><c>PUT …/guidelines/{it or en}?by=anna&amp;note=…</c>: a new version, with <c>If-Match</c>. The body is the Markdown document.</summary>
    [Function("PutGuidelines")]
    public Task<IResult> PutGuidelines(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "communities/{community}/guidelines/{language}")] HttpRequest request,
        string community, string language, CancellationToken cancellationToken) =>
        OfLanguage(language) is { } kind
            ? PutAsync(request, community, kind, (to, text) => policies.CheckGuidelinesAsync(to, language, text, cancellationToken), cancellationToken)
            : NoSuchLanguageAsync(request, community, Scope.Admin, cancellationToken);

    [Function("GetGuidelinesVersions")]
    public Task<IResult> GuidelinesVersions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/guidelines/{language}/versions")] HttpRequest request,
        string community, string language, CancellationToken cancellationToken) =>
        OfLanguage(language) is { } kind ? VersionsAsync(request, community, kind, cancellationToken) : NoSuchLanguageAsync(request, community, Scope.Read, cancellationToken);

    [Function("GetGuidelinesVersion")]
    public Task<IResult> GuidelinesVersion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/guidelines/{language}/versions/{number}")] HttpRequest request,
        string community, string language, string number, CancellationToken cancellationToken) =>
        OfLanguage(language) is { } kind ? VersionAsync(request, community, kind, number, cancellationToken) : NoSuchLanguageAsync(request, community, Scope.Read, cancellationToken);

    [Function("RestoreGuidelinesVersion")]
    public Task<IResult> RestoreGuidelines(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/guidelines/{language}/versions/{number}/restore")] HttpRequest request,
        string community, string language, string number, CancellationToken cancellationToken) =>
        OfLanguage(language) is { } kind
            ? RestoreAsync(request, community, kind, number, (to, text) => policies.CheckGuidelinesAsync(to, language, text, cancellationToken), cancellationToken)
            : NoSuchLanguageAsync(request, community, Scope.Admin, cancellationToken);

    private async Task<IResult> GetAsync(HttpRequest request, string community, string kind, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var documents = await store.CurrentAsync(admitted.Id, cancellationToken);
        if (documents.TryGetValue(kind, out var document))
            return Answer.Document(document.Content, TypeOf(kind), TagOf(document.Number));
        return kind == DocumentKinds.Policy ? Answer.Document(BuiltInPolicy.Text, Yaml, TagOf(0)) : Problem.NotFound("There are no guidelines in this language yet; send them with If-Match: \"0\".");
    }

    private async Task<IResult> PutAsync(
        HttpRequest request, string community, string kind, Func<Community, string, Task<IReadOnlyList<PolicyProblem>>> check, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (text, unreadable) = await RequestBody.ReadTextAsync(request, LongestBody, cancellationToken);
        if (text is null)
            return unreadable!;
        var (by, note, wrong) = ReadWho(request);
        if (wrong.Count > 0)
            return Problem.Invalid(wrong);
        if (request.Headers.IfMatch is not [{ Length: > 0 } tag])
            return Problem.PreconditionRequired("Send the header If-Match with the ETag of the version that you changed; \"0\" if there was none.");

        policies.Forget(admitted.Id);
        var problems = await check(admitted, text);
        if (problems.Any(p => p.IsError))
            return Problem.Invalid(ProblemView.ErrorsOf(problems, request, admitted));
        var standing = (await store.CurrentAsync(admitted.Id, cancellationToken)).GetValueOrDefault(kind);
        if (tag != TagOf(standing?.Number ?? 0))
        {
            // The very same sent again, because the first answer got lost, is no conflict.
            return standing is not null && standing.Content == text && tag == TagOf(standing.Number - 1)
                ? Saved(standing, problems, request, admitted)
                : Overtaken(standing);
        }
        if (standing?.Content == text)
            return Saved(standing, problems, request, admitted);
        var version = new DocumentVersion((standing?.Number ?? 0) + 1, text, by, note, time.GetUtcNow());
        return await SaveAsync(admitted, kind, version, problems, request, cancellationToken);
    }

    private async Task<IResult> RestoreAsync(
        HttpRequest request, string community, string kind, string number, Func<Community, string, Task<IReadOnlyList<PolicyProblem>>> check, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Admin, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (by, note, wrong) = ReadWho(request);
        if (wrong.Count > 0)
            return Problem.Invalid(wrong);
        if (await FindAsync(admitted, kind, number, cancellationToken) is not { } old)
            return Problem.NotFound("There is no version of this number.");
        var standing = (await store.CurrentAsync(admitted.Id, cancellationToken))[kind];
        policies.Forget(admitted.Id);
        var problems = await check(admitted, old.Content);
        if (problems.Any(p => p.IsError))
            return Problem.Invalid(ProblemView.ErrorsOf(problems, request, admitted));
        if (standing.Content == old.Content)
            return Saved(standing, problems, request, admitted);
        return await SaveAsync(admitted, kind, new DocumentVersion(standing.Number + 1, old.Content, by, note, time.GetUtcNow()) { Restores = old.Number }, problems, request, cancellationToken);
    }

    private async Task<IResult> SaveAsync(
        Community community, string kind, DocumentVersion version, IReadOnlyList<PolicyProblem> problems, HttpRequest request, CancellationToken cancellationToken)
    {
        await audit.NoteAsync(request, community.Id, ActOf(kind, version), string.Create(CultureInfo.InvariantCulture, $"{kind}/{version.Number}"), version.By, version.Note.Length > 0 ? version.Note : null, cancellationToken);
        if (!await store.AddAsync(community.Id, kind, version, cancellationToken))
            return Overtaken((await store.CurrentAsync(community.Id, cancellationToken)).GetValueOrDefault(kind));
        policies.Forget(community.Id);
        Log.Changed(logger, kind, community.Id, version.Number);
        return Saved(version, problems, request, community);
    }

    private static string ActOf(string kind, DocumentVersion version) => (kind == DocumentKinds.Policy, version.Restores is null) switch
    {
        (true, true) => Acts.PolicyChanged,
        (true, false) => Acts.PolicyRestored,
        (false, true) => Acts.GuidelinesChanged,
        (false, false) => Acts.GuidelinesRestored,
    };

    private async Task<IResult> VersionsAsync(HttpRequest request, string community, string kind, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var versions = await store.VersionsAsync(admitted.Id, kind, cancellationToken);
        return Answer.Json(new VersionList([.. versions.Select(VersionView.Of)]));
    }

    private async Task<IResult> VersionAsync(HttpRequest request, string community, string kind, string number, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        return await FindAsync(admitted, kind, number, cancellationToken) is { } version
            ? Answer.Document(version.Content, TypeOf(kind), TagOf(version.Number))
            : Problem.NotFound("There is no version of this number.");
    }

    private async Task<DocumentVersion?> FindAsync(Community community, string kind, string number, CancellationToken cancellationToken) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? await store.FindAsync(community.Id, kind, n, cancellationToken) : null;

    private static IResult Saved(DocumentVersion version, IReadOnlyList<PolicyProblem> problems, HttpRequest request, Community community)
    {
        request.HttpContext.Response.Headers.ETag = TagOf(version.Number);
        var language = ProblemView.LanguageOf(request, community);
        return Answer.Json(new SavedAnswer(VersionView.Of(version), [.. problems.Where(p => !p.IsError).Select(p => ProblemView.Of(p, language))]));
    }

    private static IResult Overtaken(DocumentVersion? standing) => Problem.PreconditionFailed(
        standing is null ? "There is no version yet: send If-Match: \"0\"." : $"Version {standing.Number} is in force now; read it, put your change into it, and send If-Match: {TagOf(standing.Number)}.");

    private static (string By, string Note, IReadOnlyList<FieldError> Wrong) ReadWho(HttpRequest request)
    {
        var (by, note, wrong) = (request.Query["by"].ToString(), request.Query["note"].ToString(), new List<FieldError>());
        if (by.Length is 0 or > LongestBy)
            wrong.Add(new FieldError("by", $"'by' says who changes it, in 1 to {LongestBy} characters: ?by=anna"));
        if (note.Length > LongestNote)
            wrong.Add(new FieldError("note", $"'note' has at most {LongestNote} characters."));
        return (by, note, wrong);
    }

    private async Task<IResult> NoSuchLanguageAsync(HttpRequest request, string community, Scope scope, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, scope, cancellationToken);
        return admitted is null ? refusal! : Problem.NotFound($"Guidelines are kept in these languages: {string.Join(", ", PolicyLanguages.All)}.");
    }

    private static string? OfLanguage(string language) => PolicyLanguages.All.Contains(language) ? DocumentKinds.Guidelines(language) : null;

    private static string TypeOf(string kind) => kind == DocumentKinds.Policy ? Yaml : Markdown;

    private static string TagOf(int number) => string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The {Kind} of {Community} has a new version: {Version}.")]
        public static partial void Changed(ILogger logger, string kind, CommunityId community, int version);
    }
}

/// <summary>A version as the HTTP interface shows it.</summary>
public sealed record VersionView(int Number, string By, string Note, DateTimeOffset At, int? Restores)
{
    public static VersionView Of(DocumentVersion version) => new(version.Number, version.By, version.Note, version.At, version.Restores);
}

/// <summary>The answer to a change.</summary>
public sealed record SavedAnswer(VersionView Version, IReadOnlyList<ProblemView> Warnings);

/// <summary>An error or a warning as the HTTP interface shows it.</summary>
public sealed record ProblemView(int Line, int Column, string Message)
{
    public static ProblemView Of(PolicyProblem problem, string language) => new(problem.Line, problem.Column, problem.In(language));

    /// <summary>The errors among them, each under its place in the document.</summary>
    /// <param name="problems">Errors and warnings.</param>
    /// <param name="request">Says in which language.</param>
    /// <param name="community">Whose language it is else.</param>
    /// <param name="field">The field that holds the document; empty where it is the whole body.</param>
    public static IReadOnlyList<FieldError> ErrorsOf(IEnumerable<PolicyProblem> problems, HttpRequest request, Community community, string field = "")
    {
        var (language, before) = (LanguageOf(request, community), field.Length > 0 ? $"{field}: " : "");
        return [.. problems.Where(p => p.IsError).Select(p => new FieldError(string.Create(CultureInfo.InvariantCulture, $"{before}line {p.Line}, column {p.Column}"), p.In(language)))];
    }

    /// <summary>What the header asks for, if it is one of ours; else the community's.</summary>
    public static string LanguageOf(HttpRequest request, Community community)
    {
        var asked = request.Headers.AcceptLanguage.ToString().Split(',').Select(l => l.Split(';')[0].Trim().Split('-')[0].ToLowerInvariant());
        return asked.FirstOrDefault(PolicyLanguages.All.Contains) ?? community.Language;
    }
}

/// <summary>Every version of a document.</summary>
public sealed record VersionList(IReadOnlyList<VersionView> Versions);
