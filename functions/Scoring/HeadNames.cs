using Moderato.Comments;

namespace Moderato.Scoring;

/// <summary>What a model is asked, and the labels it answers with, in the order of its columns.</summary>
public static class HeadNames
{
    public const string Language = "language";
    public const string Sentiment = "sentiment";
    public const string Anger = "anger";
    public const string Toxicity = "toxicity";
    public const string Spam = "spam";
    public const string Intent = "intent";
    public const string Distress = "distress";

    public static IReadOnlyList<string> Languages { get; } = ["it", "en", "es", "fr", "de", "pt", "other"];

    public static IReadOnlyList<string> Sentiments { get; } = [.. Enum.GetNames<Sentiment>().Select(name => name.ToLowerInvariant())];

    public static IReadOnlyList<string> Harms { get; } = [Toxicity, "insult", "identity-attack", "threat", "obscenity", "sexual"];

    /// <summary>In the order of <see cref="Comments.Intent"/>.</summary>
    public static IReadOnlyList<string> Intents => IntentNames.All;
}
