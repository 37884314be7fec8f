using Moderato.Comments;
using Moderato.Scoring.Feedback;

namespace Moderato.Scoring;

/// <summary>Text to signals. Holds no state that changes: one instance serves every thread for the life of the process.</summary>
public sealed class Scorer
{
    private const string OtherLanguage = "other";

    private static readonly Intent[] Intents = Enum.GetValues<Intent>();

    private readonly LinearModel _model;
    private readonly IReadOnlyList<float> _intentThresholds;
    private readonly int _language;
    private readonly int _sentiment;
    private readonly int _anger;
    private readonly int _harm;
    private readonly int _spam;
    private readonly int _intent;
    private readonly int _distress;

    /// <exception cref="ModelFileException">The model does not answer what scoring asks.</exception>
    public Scorer(LinearModel model)
    {
        _model = model;
        _language = model.Find(HeadNames.Language, HeadNames.Languages).Column;
        _sentiment = model.Find(HeadNames.Sentiment, HeadNames.Sentiments).Column;
        _anger = model.Find(HeadNames.Anger, HeadNames.Anger).Column;
        _harm = model.Find(HeadNames.Toxicity, HeadNames.Harms).Column;
        _spam = model.Find(HeadNames.Spam, HeadNames.Spam).Column;
        (var intent, _intent) = model.Find(HeadNames.Intent, HeadNames.Intents);
        _intentThresholds = intent.Thresholds;
        _distress = model.Find(HeadNames.Distress, HeadNames.Distress).Column;
    }

    public LinearModel Model => _model;

    public string ModelVersion => _model.Version;

    /// <summary>A scorer with the model that was built in. Takes some milliseconds: make one and keep it.</summary>
    /// <exception cref="ModelFileException">The built-in model is damaged.</exception>
    public static Scorer Default()
    {
        using var stream = typeof(Scorer).Assembly.GetManifestResourceStream("Moderato.Scoring.model.bin")
            ?? throw new InvalidOperationException("The assembly was built without model.bin.");
        return new Scorer(LinearModel.Load(stream));
    }

    /// <summary>
    /// Scores one comment. Never throws for a text, however broken; time grows with its length, 20,000 characters take about a
    /// millisecond. Allocates nothing but its result.
    /// </summary>
    /// <param name="text">As its author wrote it.</param>
    /// <param name="correction">What the community's own decisions taught; one of another model is left aside.</param>
    public Signals Score(string text, Correction? correction = null)
    {
        using var normalized = NormalizedText.Of(text);
        using var features = _model.FeaturesOf(normalized.Chars);
        Span<float> p = stackalloc float[LinearModel.MostColumns];
        _model.Predict(features, p, correction);

        var language = p.Slice(_language, HeadNames.Languages.Count);
        var likeliest = 0;
        for (var i = 1; i < language.Length; i++)
            if (language[i] > language[likeliest]) likeliest = i;
        var counts = features.Counts;
        return new Signals
        {
            Negative = p[_sentiment],
            Neutral = p[_sentiment + 1],
            Positive = p[_sentiment + 2],
            // A row of emoji is in no language.
            Language = counts.Letters == 0 ? OtherLanguage : HeadNames.Languages[likeliest],
            LanguageProbability = counts.Letters == 0 ? 1 : language[likeliest],
            Anger = p[_anger],
            Harm = new Harm(p[_harm], p[_harm + 1], p[_harm + 2], p[_harm + 3], p[_harm + 4], p[_harm + 5]),
            Spam = p[_spam],
            Distress = p[_distress],
            Intents = Holding(p.Slice(_intent, Intents.Length)),
            LinkHosts = features.Hosts,
            Mentions = counts.Mentions,
            Emoji = counts.Emoji,
            Capitals = counts.Capitals,
            Length = text.Length,
            RudeWords = counts.RudeWords,
            ModelVersion = correction?.ModelVersion == _model.Version ? $"{_model.Version}/{correction.Version}" : _model.Version,
        };
    }

    private IntentScore[] Holding(ReadOnlySpan<float> probabilities)
    {
        var count = 0;
        Span<IntentScore> holding = stackalloc IntentScore[probabilities.Length];
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] >= _intentThresholds[i]) holding[count++] = new IntentScore(Intents[i], probabilities[i]);
        }

        holding = holding[..count];
        holding.Sort((one, other) => other.Probability.CompareTo(one.Probability));
        return holding.ToArray();
    }
}
