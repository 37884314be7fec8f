namespace Moderato.Scoring;

/// <summary>The words that feature extraction knows. Part of the model: other words would be other features.</summary>
public sealed record Vocabulary(Lexicon Lexicon, RudeWords Rude)
{
    public static Vocabulary Empty { get; } = new(new Lexicon([]), new RudeWords([]));
}
