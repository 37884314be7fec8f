using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>Tells criticism that a community should be able to read from abuse.</summary>
public static class FairCriticism
{
    private const double HarmFrom = 0.5;

    /// <summary>It is negative, a complaint or a suggestion, and neither harmful nor spam nor rude.</summary>
    public static bool Is(Signals signals)
    {
        var harm = signals.Harm;
        return (signals.Sentiment == Sentiment.Negative || signals.Intents.Any(i => i.Intent is Intent.Complaint or Intent.Suggestion))
            && signals is { RudeWords: 0, Spam: < HarmFrom }
            && harm is { Toxicity: < HarmFrom, Insult: < HarmFrom, IdentityAttack: < HarmFrom, Threat: < HarmFrom, Obscenity: < HarmFrom, Sexual: < HarmFrom };
    }
}
