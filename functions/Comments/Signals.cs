using System.Runtime.InteropServices;

namespace Moderato.Comments;

/// <summary>How a text feels. The order is the model's class order and must not change within a model format.</summary>
public enum Sentiment
{
    Negative,
    Neutral,
    Positive,
}

/// <summary>What a comment wants of whoever reads it; several may hold.</summary>
public enum Intent
{
    /// <summary>How something works, or why it does not.</summary>
    QuestionTechnical,

    /// <summary>About something ordered, booked or returned.</summary>
    QuestionOrder,

    /// <summary>Prices, sizes, opening hours, availability: before buying.</summary>
    QuestionPresale,

    Complaint,

    Praise,

    Suggestion,

    /// <summary>None of these: talk, a friend's tag, an opinion about the world.</summary>
    Other,
}

/// <summary>The names of intents outside the program.</summary>
public static class IntentNames
{
    private static readonly string[] Names = [.. Enum.GetNames<Intent>().Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>Such as <c>question-order</c>.</summary>
    public static string Name(this Intent intent) => Names[(int)intent];

    /// <exception cref="FormatException">There is no such intent.</exception>
    public static Intent Parse(string name) => Array.IndexOf(Names, name) is >= 0 and var at ? (Intent)at : throw new FormatException($"There is no intent '{name}'.");
}

/// <param name="Toxicity">Probability that it is rude or hurtful enough to drive somebody out of a conversation, 0 to 1.</param>
/// <param name="Insult">That it insults a person, a team, a firm or another commenter.</param>
/// <param name="IdentityAttack">That it attacks people for what they are: origin, religion, gender, orientation, disability, age.</param>
/// <param name="Threat">That it threatens or wishes violence.</param>
/// <param name="Obscenity">That it has vulgar words, whoever they are aimed at.</param>
/// <param name="Sexual">That it is sexual or harasses sexually.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Harm(double Toxicity, double Insult, double IdentityAttack, double Threat, double Obscenity, double Sexual);

/// <param name="Intent">What it wants.</param>
/// <param name="Probability">How likely, 0 to 1; the probabilities of several intents do not sum to 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IntentScore(Intent Intent, double Probability);

/// <summary>What scoring found in a text: everything a policy may ask about. Values only; the text itself is not here.</summary>
public sealed record Signals
{
    /// <summary>Probability of each sentiment, 0 to 1; the three sum to 1.</summary>
    public required double Negative { get; init; }

    /// <inheritdoc cref="Negative"/>
    public required double Neutral { get; init; }

    /// <inheritdoc cref="Negative"/>
    public required double Positive { get; init; }

    /// <summary>The likeliest language, ISO 639-1, of it, en, es, fr, de and pt; <c>other</c> for another one or none.</summary>
    public string Language { get; init; } = "other";

    /// <summary>Its probability, 0 to 1.</summary>
    public double LanguageProbability { get; init; }

    /// <summary>How angry it sounds, 0 (not at all) to 1 (furious).</summary>
    public double Anger { get; init; }

    public Harm Harm { get; init; }

    /// <summary>Probability that it is advertising nobody asked for, a swindle or bait for clicks, 0 to 1.</summary>
    public double Spam { get; init; }

    /// <summary>
    /// Probability of personal distress that a person should see: despair, self-harm, illness, grief. Never counts against the author.
    /// </summary>
    public double Distress { get; init; }

    /// <summary>The intents that hold, likeliest first.</summary>
    public IReadOnlyList<IntentScore> Intents { get; init; } = [];

    /// <summary>Hosts of the links in the text, lower case, without <c>www.</c>, each once, in order of appearance.</summary>
    public IReadOnlyList<string> LinkHosts { get; init; } = [];

    /// <summary>How many @mentions the text has.</summary>
    public int Mentions { get; init; }

    /// <summary>How many emoji the text has.</summary>
    public int Emoji { get; init; }

    /// <summary>Share of the letters that are capitals, 0 to 1. 0 for texts with fewer than 8 letters, where it says nothing.</summary>
    public double Capitals { get; init; }

    /// <summary>Length of the text in UTF-16 code units.</summary>
    public int Length { get; init; }

    /// <summary>How many insults and obscenities of the model's list the text has, disguised ones included.</summary>
    public int RudeWords { get; init; }

    /// <summary>
    /// A review's stars say the opposite of its words: one or two stars with a positive text, four or five with a negative one, the
    /// text's sentiment being at least <see cref="StarsDisagreeFrom"/> likely.
    /// </summary>
    public bool StarsDisagree { get; init; }

    public const double StarsDisagreeFrom = 0.6;

    /// <summary>The text in 64 bits, for finding others that say nearly the same; 0 where it is too short to say.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>Version of the model that gave the probabilities.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The likeliest sentiment; of equals the more cautious one.</summary>
    public Sentiment Sentiment =>
        Negative >= Neutral && Negative >= Positive ? Sentiment.Negative
        : Neutral >= Positive ? Sentiment.Neutral
        : Sentiment.Positive;

    /// <summary>The same signals for a review with these stars.</summary>
    public Signals WithStars(int? stars) =>
        this with { StarsDisagree = (stars <= 2 && Positive >= StarsDisagreeFrom) || (stars >= 4 && Negative >= StarsDisagreeFrom) };

    /// <summary>Probability of the likeliest sentiment.</summary>
    public double Confidence => Math.Max(Negative, Math.Max(Neutral, Positive));
}
