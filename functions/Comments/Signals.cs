namespace Moderato.Comments;

/// <summary>How a text feels. The order is the model's class order and must not change within a model format.</summary>
public enum Sentiment
{
    Negative,
    Neutral,
    Positive,
}

/// <summary>What scoring found in a text: everything a policy may ask about. Values only; the text itself is not here.</summary>
public sealed record Signals
{
    /// <summary>Probability of each sentiment, 0 to 1; the three sum to 1.</summary>
    public required double Negative { get; init; }

    /// <inheritdoc cref="Negative"/>
    public required double Neutral { get; init; }

    /// <inheritdoc cref="Negative"/>
    public required double Positive { get; init; }

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

    /// <summary>How many words of the built-in list of insults and obscenities the text has.</summary>
    public int RudeWords { get; init; }

    /// <summary>Version of the model that gave the probabilities.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The likeliest sentiment; of equals the more cautious one.</summary>
    public Sentiment Sentiment =>
        Negative >= Neutral && Negative >= Positive ? Sentiment.Negative
        : Neutral >= Positive ? Sentiment.Neutral
        : Sentiment.Positive;

    /// <summary>Probability of the likeliest sentiment.</summary>
    public double Confidence => Math.Max(Negative, Math.Max(Neutral, Positive));
}
