using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Scoring;
using Moderato.Scoring.Feedback;

namespace Moderato.Outcomes;

/// <summary>Every signal of texts that nobody posted here, with reasons. Nothing is stored.</summary>
public sealed class ScoreFunctions(Scorer scorer, Corrections corrections, ApiKeys keys)
{
    public const int MostTexts = 100;

    private readonly Reasons _reasons = new(scorer);

    /// <summary><c>POST /api/score</c>: <c>text</c>, or <c>texts</c>, at most 100; <c>community</c>, whose corrections are then used.</summary>
    [Function("PostScore")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "score")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (await keys.AdmitAsync(request, Scope.Read, cancellationToken) is { } refusal)
            return refusal;
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"text\": \"…\"}", cancellationToken);
        if (body is null)
            return unreadable!;
        var (texts, errors) = Read(body.Value);
        if (errors.Count > 0)
            return Problem.Invalid(errors);
        Correction? correction = null;
        if (body.Value.Text("community") is { } community)
        {
            var (admitted, refused) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
            if (admitted is null)
                return refused!;
            correction = await corrections.CurrentAsync(admitted.Id, cancellationToken);
        }
        return Answer.Json(new ScoreAnswer(scorer.ModelVersion, [.. texts.Select(text => Score(text, correction))]));
    }

    private ScoreView Score(string text, Correction? correction)
    {
        var signals = scorer.Score(text, correction);
        return new ScoreView(SentimentView.Of(signals), SignalsView.Of(signals), signals.ModelVersion, _reasons.Of(text, signals));
    }

    private static (IReadOnlyList<string> Texts, IReadOnlyList<FieldError> Errors) Read(JsonElement body)
    {
        var (texts, errors) = (new List<string>(), new List<FieldError>());
        if (body.TryGetProperty("text", out var one))
            Take("text", one);
        foreach (var (i, text) in body.List("texts").Index())
            Take($"texts[{i}]", text);
        if (texts.Count + errors.Count is 0 or > MostTexts)
            errors.Add(new FieldError("texts", $"Send 'text', or 'texts' with at most {MostTexts}."));
        return (texts, errors);

        void Take(string field, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= CommentLimits.Text)
                texts.Add(value.GetString()!);
            else
                errors.Add(new FieldError(field, $"This must be a text of at most {CommentLimits.Text} characters."));
        }
    }
}

/// <summary>What a text would score.</summary>
/// <param name="Sentiment">The likeliest sentiment, and the probability of each.</param>
/// <param name="Signals">Everything else.</param>
/// <param name="Model">The model's version, with the correction's behind it if one spoke.</param>
/// <param name="Reasons">By what was found, what spoke for and against it most.</param>
public sealed record ScoreView(SentimentView Sentiment, SignalsView Signals, string Model, IReadOnlyDictionary<string, IReadOnlyList<ReasonView>> Reasons);

/// <summary>What texts would score.</summary>
/// <param name="Model">The shipped model's version.</param>
/// <param name="Scores">One for each text, in their order.</param>
public sealed record ScoreAnswer(string Model, IReadOnlyList<ScoreView> Scores);
