using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Scoring;

namespace Moderato.Outcomes;

/// <summary>
/// Perspective's analyze call, for software that loses Perspective on 31 December 2026: it changes one address. Requests, answers and
/// errors have the shape of Google's Comment Analyzer API v1alpha1, as its public reference and error pages describe them; what its scores
/// mean here is in PERSPECTIVE.md. Nothing is stored, whatever <c>doNotStore</c> says.
/// </summary>
public sealed class PerspectiveFunctions(Scorer scorer, ApiKeys keys)
{
    /// <summary>20 KB, as there.</summary>
    public const int LongestText = 20 * 1024;

    private const string Probability = "PROBABILITY";
    private const string ErrorDetail = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error";

    /// <summary>From this probability on another language is believed; short comments are often taken for one.</summary>
    private const double SureOfLanguageFrom = 0.9;

    private static readonly string[] Languages = ["it", "en"];

    private static readonly Dictionary<string, Func<Harm, double>> Attributes = new(StringComparer.Ordinal)
    {
        ["TOXICITY"] = h => h.Toxicity,
        // No model of ours was trained on it: that it is toxic, and insults, threatens or attacks people for what they are.
        ["SEVERE_TOXICITY"] = h => h.Toxicity * Math.Max(h.Insult, Math.Max(h.Threat, h.IdentityAttack)),
        ["IDENTITY_ATTACK"] = h => h.IdentityAttack,
        ["INSULT"] = h => h.Insult,
        ["PROFANITY"] = h => h.Obscenity,
        ["THREAT"] = h => h.Threat,
        ["SEXUALLY_EXPLICIT"] = h => h.Sexual,
    };

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [Function("AnalyzeComment")]
    public async Task<IResult> Analyze(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1alpha1/comments:analyze")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await RefuseAsync(request, cancellationToken) is { } refusal)
            return refusal;
        var (text, _) = await RequestBody.ReadTextAsync(request, 4 * LongestText, cancellationToken);
        JsonElement body;
        try
        {
            using var document = JsonText.Parse(Encoding.UTF8.GetBytes(text ?? ""));
            body = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Invalid("INVALID_REQUEST", "Invalid JSON payload received.");
        }
        return Answer(body);
    }

    private async Task<IResult?> RefuseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var token = request.Query["key"].ToString() is { Length: > 0 } inQuery ? inQuery
            : request.Headers["X-Goog-Api-Key"].ToString() is { Length: > 0 } inHeader ? inHeader
            : ApiKeys.TokenOf(request);
        if (token is null)
            return Error(StatusCodes.Status403Forbidden, "PERMISSION_DENIED", "The request is missing a valid API key.", null);
        if (await keys.FindAsync(token, cancellationToken) is not { } key)
            return Error(StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", null);
        if (keys.Take(key) is { } seconds)
        {
            request.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Error(StatusCodes.Status429TooManyRequests, "RESOURCE_EXHAUSTED", "Quota exceeded for this key's requests per minute.", null);
        }
        return key.Scopes.Contains(Scope.Read) ? null : Error(StatusCodes.Status403Forbidden, "PERMISSION_DENIED", "This key has no scope 'read'.", null);
    }

    private IResult Answer(JsonElement body)
    {
        var comment = body.Object("comment");
        if (comment?.Text("text") is not { } text || text.Trim().Length == 0)
            return Invalid("COMMENT_EMPTY", "Comment must be non-empty.");
        if (Encoding.UTF8.GetByteCount(text) > LongestText)
            return Invalid("COMMENT_TOO_LONG", "Comment text too long.");
        if (comment.Value.Text("type") is not (null or "PLAIN_TEXT" or "TEXT_TYPE_UNSPECIFIED"))
            return Invalid("INVALID_REQUEST", "Currently, only 'PLAIN_TEXT' comments are supported");
        if (body.Object("requestedAttributes") is not { } requested || !requested.EnumerateObject().Any())
            return Invalid("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes");
        foreach (var attribute in requested.EnumerateObject())
        {
            if (!Attributes.ContainsKey(attribute.Name))
                return Invalid("INVALID_REQUEST", $"Unknown requested attribute: {Shown(attribute.Name)}");
            if (attribute.Value.Text("scoreType") is { } type and not (Probability or "SCORE_TYPE_UNSPECIFIED"))
                return Invalid("INVALID_REQUEST", $"Requested score type {Shown(type)} is not supported by attribute {attribute.Name}");
        }

        var signals = scorer.Score(text);
        var letters = signals.Language != "other" || signals.LanguageProbability < 1;
        var detected = letters ? signals.Language : "und";
        var languages = body.List("languages").Where(l => l.ValueKind == JsonValueKind.String).Select(l => l.GetString()!.Split('-')[0].ToLowerInvariant()).ToList();
        var unknown = languages.Count > 0 ? languages.Where(l => !Languages.Contains(l)).ToList()
            : letters && !Languages.Contains(signals.Language) && signals.LanguageProbability >= SureOfLanguageFrom ? [detected] : [];
        if (unknown.Count > 0)
            return Unsupported(requested.EnumerateObject().First().Name, unknown, languages.Count == 0);
        return Scores(body, text, requested, signals.Harm, languages.Count > 0 ? languages : [detected], detected);
    }

    private static IResult Scores(JsonElement body, string text, JsonElement requested, Harm harm, IReadOnlyList<string> languages, string detected)
    {
        var scores = new Dictionary<string, PerspectiveScores>(StringComparer.Ordinal);
        foreach (var attribute in requested.EnumerateObject())
        {
            var value = Math.Round(Attributes[attribute.Name](harm), 7);
            if (attribute.Value.IsObject() && attribute.Value.TryGetProperty("scoreThreshold", out var threshold) && threshold.TryGetDouble(out var least) && value < least)
                continue;
            var score = new PerspectiveScore(value, Probability);
            scores[attribute.Name] = new PerspectiveScores([new PerspectiveSpan(0, text.Length, score)], score);
        }
        return Results.Json(new PerspectiveAnswer(scores.Count > 0 ? scores : null, languages, [detected], body.Text("clientToken")), Shape);
    }

    private static IResult Unsupported(string attribute, IReadOnlyList<string> languages, bool areDetected)
    {
        var listed = languages.Select(Shown).ToList();
        return Error(StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", $"Attribute {attribute} does not support request languages: {string.Join(", ", listed)}", new PerspectiveErrorDetail(
            ErrorDetail, "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE", new PerspectiveLanguages(attribute, areDetected ? listed : null, areDetected ? null : listed)));
    }

    private static IResult Invalid(string type, string message) => Error(
        StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", message, new PerspectiveErrorDetail(ErrorDetail, type, null));

    private static IResult Error(int code, string status, string message, PerspectiveErrorDetail? detail) =>
        Results.Json(new PerspectiveRefusal(new PerspectiveError(code, message, status, detail is null ? null : [detail])), Shape, statusCode: code);

    /// <summary>What was asked for, as far as an answer should repeat it.</summary>
    private static string Shown(string asked) => asked.Length <= 40 ? asked : asked[..40];
}
