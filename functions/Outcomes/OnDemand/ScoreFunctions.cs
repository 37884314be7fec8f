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

    /// <summary>How many words or amounts are named for each score.</summary>
    private const int Reasons = 5;

    /// <summary>Below this probability a flag's reasons are nobody's question.</summary>
    private const double ExplainFrom = 0.2;

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
        return Answer.Json(new { model = scorer.ModelVersion, scores = texts.Select(text => Score(text, correction)) });
    }

    private ScoreView Score(string text, Correction? correction)
    {
        var signals = scorer.Score(text, correction);
        var reasons = new Dictionary<string, IReadOnlyList<ReasonView>>(StringComparer.Ordinal)
        {
            ["sentiment"] = Explain(text, HeadNames.Sentiment, HeadNames.Sentiments[(int)signals.Sentiment]),
        };
        foreach (var (head, label, probability) in FlagsOf(signals))
        {
            if (probability >= ExplainFrom)
                reasons[label] = Explain(text, head, label);
        }
        return new ScoreView(SentimentView.Of(signals), SignalsView.Of(signals), signals.ModelVersion, reasons);
    }

    private IReadOnlyList<ReasonView> Explain(string text, string head, string label) =>
        [.. Explanation.Of(scorer.Model, text, head, label, Reasons).Select(r => new ReasonView(
            r.Signal is null ? text[r.Start..Math.Min(r.End, text.Length)] : null,
            r.Signal is { } signal ? JsonNamingPolicy.CamelCase.ConvertName(signal.ToString()) : null,
            r.Start,
            Math.Min(r.End, text.Length),
            Math.Round(r.Share, 3)))];

    private static IEnumerable<(string Head, string Label, double Probability)> FlagsOf(Signals signals)
    {
        var harm = signals.Harm;
        double[] harms = [harm.Toxicity, harm.Insult, harm.IdentityAttack, harm.Threat, harm.Obscenity, harm.Sexual];
        for (var i = 0; i < harms.Length; i++)
            yield return (HeadNames.Toxicity, HeadNames.Harms[i], harms[i]);
        yield return (HeadNames.Anger, HeadNames.Anger, signals.Anger);
        yield return (HeadNames.Spam, HeadNames.Spam, signals.Spam);
        yield return (HeadNames.Distress, HeadNames.Distress, signals.Distress);
        foreach (var intent in signals.Intents)
            yield return (HeadNames.Intent, intent.Intent.Name(), intent.Probability);
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

/// <param name="Words">The words of the text; null where it is an amount.</param>
/// <param name="Amount">The amount, such as <c>capitals</c>; null where it is words.</param>
/// <param name="Start">Where they are in the text, in UTF-16 code units.</param>
/// <param name="End">Where they end.</param>
/// <param name="Share">What they add to the log-odds; negative if they speak against it.</param>
public sealed record ReasonView(string? Words, string? Amount, int Start, int End, double Share);
