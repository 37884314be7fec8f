using System.Text.Json;
using Moderato.Comments;
using Moderato.Scoring;

namespace Moderato.Outcomes;

/// <summary>Why a text scored what it did, in its own words.</summary>
public sealed class Reasons(Scorer scorer)
{
    /// <summary>How many words or amounts are named for each score.</summary>
    private const int Most = 5;

    /// <summary>Below this probability a flag's reasons are nobody's question.</summary>
    private const double ExplainFrom = 0.2;

    /// <summary>By what was found, what spoke for and against it most. Of the shipped model: a community's corrections are not taken apart.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReasonView>> Of(string text, Signals signals)
    {
        var reasons = new Dictionary<string, IReadOnlyList<ReasonView>>(StringComparer.Ordinal)
        {
            ["sentiment"] = Explain(text, HeadNames.Sentiment, HeadNames.Sentiments[(int)signals.Sentiment]),
        };
        foreach (var (head, label, probability) in FlagsOf(signals))
        {
            if (probability >= ExplainFrom)
                reasons[label] = Explain(text, head, label);
        }
        return reasons;
    }

    private IReadOnlyList<ReasonView> Explain(string text, string head, string label) =>
        [.. Explanation.Of(scorer.Model, text, head, label, Most).Select(r => new ReasonView(
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
}

/// <param name="Words">The words of the text; null where it is an amount.</param>
/// <param name="Amount">The amount, such as <c>capitals</c>; null where it is words.</param>
/// <param name="Start">Where they are in the text, in UTF-16 code units.</param>
/// <param name="End">Where they end.</param>
/// <param name="Share">What they add to the log-odds; negative if they speak against it.</param>
public sealed record ReasonView(string? Words, string? Amount, int Start, int End, double Share);
