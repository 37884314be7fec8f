using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <summary>
/// What a word list alone would say of a text's mood: good where good words prevail, bad where bad ones do, neutral where there are
/// none, and where somebody asks. It learns nothing, so no source can spoil it: on Reddit and chat texts it beats every model that was trained elsewhere
/// (EXPERIMENTS.md), and as a third voice it makes the model better there.
/// </summary>
public static class WordListRule
{
    /// <summary>Log-odds of negative, neutral and positive for a signal of 1.</summary>
    private static readonly (Signal Signal, float Negative, float Neutral, float Positive)[] Votes =
    [
        (Signal.GoodPrevails, -0.5f, 0, 1),
        (Signal.BadPrevails, 1, 0, -0.5f),
        (Signal.OnlyGood, 0, 0, 0.7f),
        (Signal.OnlyBad, 0.7f, 0, 0),
        (Signal.NoMood, 0, 0.7f, 0),
        (Signal.GoodAndBad, 0, 0.5f, 0),
        (Signal.EndsAsking, 0, 1, 0),
    ];

    public static void AddTo(TrainedWeights sentiment)
    {
        foreach (var (signal, negative, neutral, positive) in Votes)
        {
            var row = sentiment.Signals.AsSpan((int)signal * sentiment.Labels, sentiment.Labels);
            row[0] += negative;
            row[1] += neutral;
            row[2] += positive;
        }
    }
}
