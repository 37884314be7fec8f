using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <summary>How each task is learned and how much a source counts in it, chosen by leaving sources out (EXPERIMENTS.md).</summary>
public static class TaskSettings
{
    public static TrainingSettings Of(string task, ulong seed) => task switch
    {
        HeadNames.Sentiment => new TrainingSettings(Epochs: 4, Rate: 0.5f, Floor: 1, Seed: seed) { SignalVoice = 1 },
        // What people feel and sell says nothing about their language.
        HeadNames.Language => new TrainingSettings(Epochs: 4, Rate: 0.2f, Floor: 0.001f, Seed: seed)
        {
            SignalVoice = 0,
            Signals = [Signal.ForeignScript, Signal.Italian, Signal.English],
        },
        // Few texts know their intent, nearly all of them our own: they are gone through more often.
        _ when HeadNames.Intents.Contains(task) => new TrainingSettings(Epochs: 20, Rate: 4, Floor: 10, Seed: seed) { SignalVoice = 0.3f },
        _ => new TrainingSettings(Epochs: 10, Rate: 1, Floor: 1, Seed: seed),
    };
}
