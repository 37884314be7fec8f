using Moderato.Comments;

namespace Moderato.Scoring;

/// <summary>Text to signals. Holds no state that changes: one instance serves every thread for the life of the process.</summary>
public sealed class Scorer
{
    private const string SentimentHead = "sentiment";

    private readonly LinearModel _model;
    private readonly LinearHead _sentiment;
    private readonly RudeWords _rudeWords;

    /// <exception cref="ModelFileException">The model does not answer what scoring asks.</exception>
    public Scorer(LinearModel model, RudeWords rudeWords)
    {
        (_model, _rudeWords) = (model, rudeWords);
        _sentiment = model.Head(SentimentHead);
        if (!_sentiment.Labels.SequenceEqual(SentimentLabels))
            throw new ModelFileException($"Model {model.Version}: the labels of '{SentimentHead}' must be {string.Join(", ", SentimentLabels)}.");
    }

    /// <summary>The labels a sentiment head must have, in order.</summary>
    public static IReadOnlyList<string> SentimentLabels { get; } = [.. Enum.GetNames<Sentiment>().Select(name => name.ToLowerInvariant())];

    public string ModelVersion => _model.Version;

    /// <summary>A scorer with the model and the word list that were built in. Takes some milliseconds: make one and keep it.</summary>
    /// <exception cref="ModelFileException">The built-in model is damaged.</exception>
    public static Scorer Default()
    {
        using var stream = typeof(Scorer).Assembly.GetManifestResourceStream("Moderato.Scoring.model.bin")
            ?? throw new InvalidOperationException("The assembly was built without model.bin.");
        return new Scorer(LinearModel.Load(stream), RudeWords.BuiltIn());
    }

    /// <summary>Scores one comment. Never throws for a text, however broken; time grows with its length, 20,000 characters take milliseconds.</summary>
    public Signals Score(string text)
    {
        var surface = SurfaceSignals.Of(text);
        using var folded = FoldedText.Of(text);
        var rudeWords = _rudeWords.Count(folded.Chars);
        using var features = FeatureSet.Of(folded.Chars, _model.Features);
        Span<double> sentiment = stackalloc double[SentimentLabels.Count];
        _sentiment.Predict(features, sentiment);

        return new Signals
        {
            Negative = sentiment[(int)Sentiment.Negative],
            Neutral = sentiment[(int)Sentiment.Neutral],
            Positive = sentiment[(int)Sentiment.Positive],
            LinkHosts = surface.LinkHosts,
            Mentions = surface.Mentions,
            Emoji = surface.Emoji,
            Capitals = surface.Capitals,
            Length = text.Length,
            RudeWords = rudeWords,
            ModelVersion = _model.Version,
        };
    }
}
