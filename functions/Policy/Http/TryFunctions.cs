using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Policy;

/// <summary>Checking and trying over HTTP: nothing is stored.</summary>
public sealed class TryFunctions(Policies policies, PolicyTrial trial, IReplayStore replays, ApiKeys keys)
{
    private const int LongestBody = 1024 * 1024;
    private const int LongestReply = 8_000;

    /// <summary><c>GET /api/policy.schema.json</c>: for editors. Needs no key: it is the same for all.</summary>
    [Function("GetPolicySchema")]
    public static IResult Schema([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "policy.schema.json")] HttpRequest request) =>
        Answer.Document(EmbeddedText.Read("Moderato.Policy.policy.schema.json"), "application/schema+json; charset=utf-8", null);

    /// <summary><c>GET /api/presets</c>: ready policies by their files. Needs no key.</summary>
    [Function("GetPresets")]
    public static IResult ListPresets([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "presets")] HttpRequest request) =>
        Answer.Json(new PresetList([.. Presets.Names.Select(name => new PresetView(name, Presets.FilesOf(name)))]));

    /// <summary><c>GET /api/presets/{name}/{file}</c>: one file of them.</summary>
    [Function("GetPreset")]
    public static IResult GetPreset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "presets/{name}/{file}")] HttpRequest request, string name, string file) =>
        Presets.FilesOf(name).Contains(file)
            ? Answer.Document(Presets.Read(name, file), file.EndsWith(".yaml", StringComparison.Ordinal) ? "application/yaml; charset=utf-8" : "text/markdown; charset=utf-8", null)
            : Problem.NotFound($"There is no such file. Presets are {string.Join(", ", Presets.Names)}; each has {string.Join(", ", Presets.FilesOf(Presets.Names[0]))}.");

    /// <summary><c>POST …/policy/check</c>: the body is a YAML document.</summary>
    [Function("CheckPolicy")]
    public async Task<IResult> Check(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/policy/check")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (yaml, unreadable) = await RequestBody.ReadTextAsync(request, LongestBody, cancellationToken);
        if (yaml is null)
            return unreadable!;
        var problems = await trial.CheckAsync(admitted, yaml, cancellationToken);
        var language = ProblemView.LanguageOf(request, admitted);
        return Answer.Json(new CheckAnswer(
            !problems.Any(p => p.IsError),
            [.. problems.Where(p => p.IsError).Select(p => ProblemView.Of(p, language))],
            [.. problems.Where(p => !p.IsError).Select(p => ProblemView.Of(p, language))]));
    }

    /// <summary>
    /// <c>POST …/policy/try</c>: <c>comment</c> with <c>text</c> and, if wanted, <c>platform</c>, <c>channel</c>, <c>author</c>,
    /// <c>stars</c>, <c>firstComment</c>; <c>policy</c>, a draft, else the one in force.
    /// </summary>
    [Function("TryPolicy")]
    public async Task<IResult> Try(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/policy/try")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, body, refusal) = await ReadAsync(request, community, "{\"comment\": {\"text\": \"…\"}}", cancellationToken);
        if (admitted is null || body is null)
            return refusal!;
        var errors = new List<FieldError>();
        var comment = TriedComment.Read(body.Value.Object("comment") ?? default, errors);
        var (policy, version, broken) = await DraftAsync(admitted, body.Value, request, cancellationToken);
        errors.AddRange(broken);
        if (errors.Count > 0 || policy is null || comment is null)
            return Problem.Invalid(errors);
        return Answer.Json(trial.Try(policy, version, admitted, comment));
    }

    /// <summary><c>POST …/policy/which</c>: which rule of a draft would have decided these outcomes? <c>ids</c>, at most 200; <c>policy</c>.</summary>
    [Function("WhichRule")]
    public async Task<IResult> Which(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/policy/which")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        const int most = 200;
        var (admitted, body, refusal) = await ReadAsync(request, community, "{\"ids\": [\"…\"]}", cancellationToken);
        if (admitted is null || body is null)
            return refusal!;
        var errors = new List<FieldError>();
        var ids = new List<OutcomeId>();
        foreach (var (i, id) in body.Value.List("ids").Index())
        {
            if (id.ValueKind == JsonValueKind.String && OutcomeId.TryParse(id.GetString(), out var parsed))
                ids.Add(parsed.Value);
            else
                errors.Add(new FieldError($"ids[{i}]", "This is no outcome's id."));
        }
        if (ids.Count + errors.Count is 0 or > most)
            errors.Add(new FieldError("ids", $"'ids' must be a list of 1 to {most} outcomes' ids."));
        var (policy, version, broken) = await DraftAsync(admitted, body.Value, request, cancellationToken);
        errors.AddRange(broken);
        if (errors.Count > 0 || policy is null)
            return Problem.Invalid(errors);

        var caught = new List<CaughtView>();
        foreach (var id in ids)
        {
            var outcome = await replays.FindOutcomeAsync(admitted.Id, id, cancellationToken);
            var whole = outcome is not null && Replaying.NeedsWholeText(outcome) ? await replays.FindCommentAsync(admitted.Id, id.Key, cancellationToken) : null;
            var verdict = outcome is null ? null : Replaying.Ask(policy, version, admitted, outcome, whole, null);
            caught.Add(new CaughtView(id.ToString(), verdict?.Decision, verdict?.Rule, verdict?.Because, verdict?.AlsoRules));
        }
        return Answer.Json(new CaughtList(caught));
    }

    /// <summary><c>POST …/tone</c>: <c>text</c> of an answer; <c>language</c> (<c>it</c>, <c>en</c>), <c>address</c> (<c>tu</c>, <c>lei</c>), <c>toAngryPerson</c>, <c>apologyOwed</c>.</summary>
    [Function("CheckTone")]
    public async Task<IResult> Tone(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/tone")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, body, refusal) = await ReadAsync(request, community, "{\"text\": \"…\"}", cancellationToken);
        if (admitted is null || body is null)
            return refusal!;
        var errors = new List<FieldError>();
        var text = body.Value.Text("text");
        if (text is not { Length: > 0 and <= LongestReply })
            errors.Add(new FieldError("text", $"'text' is required and has at most {LongestReply} characters."));
        var language = body.Value.Text("language") ?? admitted.Language;
        if (!PolicyLanguages.All.Contains(language))
            errors.Add(new FieldError("language", $"'language' must be one of: {string.Join(", ", PolicyLanguages.All)}."));
        Address? address = body.Value.Text("address") switch { "tu" => Address.Tu, "lei" => Address.Lei, _ => null };
        if (address is null && body.Value.Has("address"))
            errors.Add(new FieldError("address", "'address' must be tu or lei."));
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        var findings = ToneCheck.Check(text!, new ToneSituation(language, address, body.Value.IsTrue("toAngryPerson"), body.Value.IsTrue("apologyOwed")));
        var told = ProblemView.LanguageOf(request, admitted);
        return Answer.Json(new ToneAnswer([.. findings.Select(f => new ToneView(f.Rule, f.Found, told == "it" ? f.Italian : f.English))]));
    }

    private async Task<(Community? Community, JsonElement? Body, IResult? Refusal)> ReadAsync(HttpRequest request, string community, string example, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return (null, null, refusal);
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, example, cancellationToken);
        return body is null ? (null, null, unreadable) : (admitted, body, null);
    }

    private async Task<(CommunityPolicy? Policy, string Version, IReadOnlyList<FieldError> Errors)> DraftAsync(Community community, JsonElement body, HttpRequest request, CancellationToken cancellationToken)
    {
        if (body.Text("policy") is not { } yaml)
        {
            var inForce = await policies.InForceAsync(community.Id, cancellationToken);
            return (inForce.Policy, inForce.Version, []);
        }
        var reading = await policies.CheckAsync(community, yaml, cancellationToken);
        return (reading.Policy, "draft", ProblemView.ErrorsOf(reading.Problems, request, community, "policy"));
    }
}

/// <summary>What a draft says of one past outcome; everything but the id is null where it cannot be asked.</summary>
public sealed record CaughtView(string OutcomeId, Decision? Decision, string? Rule, string? Because, IReadOnlyList<string>? AlsoRules);

/// <summary>What a draft says of past outcomes, in the order asked for.</summary>
public sealed record CaughtList(IReadOnlyList<CaughtView> Outcomes);

/// <summary>Ready policies.</summary>
public sealed record PresetList(IReadOnlyList<PresetView> Presets);

/// <summary>A ready policy by its files.</summary>
public sealed record PresetView(string Name, IReadOnlyList<string> Files);

/// <summary>What is wrong with a draft.</summary>
/// <param name="Valid">Whether it could be put in force.</param>
/// <param name="Errors">What must be mended before.</param>
/// <param name="Warnings">What should be looked at.</param>
public sealed record CheckAnswer(bool Valid, IReadOnlyList<ProblemView> Errors, IReadOnlyList<ProblemView> Warnings);

/// <summary>What does not sound as it should.</summary>
public sealed record ToneAnswer(IReadOnlyList<ToneView> Findings);

/// <summary>One thing that does not sound as it should.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Found">The words of the answer that it is about.</param>
/// <param name="Message">What is wrong, in the language asked for.</param>
public sealed record ToneView(ToneRule Rule, string Found, string Message);
